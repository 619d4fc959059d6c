/// \file
/// The law suite holds for stores of handles, and finds out stores that are broken.

#include "foldable.hpp"

#include <berth/sim/virtual_clock.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;

namespace {

/// A value as an API server keeps it: a shared handle, equal if what it points to is, and without an order.
struct handle {
    std::shared_ptr<std::string const> text{};

    friend auto operator==(handle const& a, handle const& b) -> bool {
        return a.text == b.text || (a.text && b.text && *a.text == *b.text);
    }
};

/// What can be wrong with a store.
enum class flaw {
    none,
    ignores_limit,
    loses_revisions,
    skips_an_event,
    splits_revisions,
    boasts_of_progress,
    forgets_to_sort,
    sorts_what_is_left,
    keeps_keys_on_old_leases,
    revokes_key_by_key,
    lists_leases_at_will,
    reads_late
};

/// A store in front of a memory store that has a flaw, and no members beyond the concept's.
template <flaw Flaw> class flawed {
public:
    using value_type = handle;

    class cursor {
    public:
        explicit cursor(store::memory<handle>::cursor inner) : inner_(std::move(inner)) {}

        auto next() -> store::batch<handle> {
            auto out = held_.empty() ? inner_.next() : std::exchange(held_, {});
            if (!out || out->empty()) return out;
            if (Flaw == flaw::skips_an_event && ++count_ % 3 == 0) out->erase(out->begin());
            if (Flaw == flaw::splits_revisions && out->size() > 1) {
                held_.assign(out->begin() + 1, out->end());
                out->resize(1);
            }
            return out;
        }
        [[nodiscard]] auto progress() const -> store::revision_number {
            return inner_.progress() + (Flaw == flaw::boasts_of_progress ? 1 : 0);
        }
        auto on_wake(waker w) -> void { inner_.on_wake(w); }

    private:
        store::memory<handle>::cursor inner_;
        std::vector<store::event<handle>> held_{};
        int count_ = 0;
    };

    [[nodiscard]] auto revision() const -> store::revision_number { return inner_.revision(); }
    [[nodiscard]] auto compacted() const -> store::revision_number { return inner_.compacted(); }
    [[nodiscard]] auto range(store::range_request q) const -> result<store::range_reply<handle>> {
        if (Flaw == flaw::ignores_limit) q.limit = 0;
        if (Flaw == flaw::loses_revisions && q.revision < inner_.revision()) q.revision = 0;
        if (Flaw == flaw::reads_late && q.revision <= 0 && ++reads_ % 5 == 0) q.revision = late();
        if (Flaw == flaw::forgets_to_sort) q.order = store::sort_order::ascend;
        auto const limit = std::exchange(q.limit, Flaw == flaw::sorts_what_is_left ? 0 : q.limit);
        auto out = inner_.range(q);
        if (Flaw == flaw::sorts_what_is_left && out && limit > 0 && out->count > limit) {
            if (q.order == store::sort_order::descend) std::reverse(out->kvs.begin(), out->kvs.end());
            out->kvs.resize(static_cast<std::size_t>(limit));
            if (q.order == store::sort_order::descend) std::reverse(out->kvs.begin(), out->kvs.end());
            out->more = true;
        }
        return out;
    }
    auto commit(std::span<store::txn<handle> const> batch) {
        if (Flaw == flaw::keeps_keys_on_old_leases) {
            auto changed = std::vector(batch.begin(), batch.end());
            for (auto& t : changed) {
                for (auto& step : t.then) {
                    auto* const put = std::get_if<store::put_request<handle>>(&step.request);
                    if (put != nullptr && put->lease == 0 && store::get(inner_, put->key))
                        put->ignore_lease = true;
                }
            }
            return inner_.commit(changed);
        }
        return inner_.commit(batch);
    }
    auto compact(store::revision_number at) -> result<void> { return inner_.compact(at); }
    auto watch(store::watch_request const& w) -> result<cursor> {
        auto made = inner_.watch(w);
        if (!made) return std::unexpected(made.error());
        return cursor{std::move(*made)};
    }
    auto changed() -> wake_signal& { return inner_.changed(); }
    auto grant(store::lease_request const& wish) { return inner_.grant(wish); }
    auto keep_alive(store::lease_id id) { return inner_.keep_alive(id); }
    auto revoke(store::lease_id id) {
        auto const status = inner_.time_to_live(id, Flaw == flaw::revokes_key_by_key);
        if (status) {
            for (auto const& key : status->keys) static_cast<void>(inner_.erase({.key = key}));
        }
        return inner_.revoke(id);
    }
    [[nodiscard]] auto time_to_live(store::lease_id id, bool with_keys) const {
        return inner_.time_to_live(id, with_keys);
    }
    [[nodiscard]] auto leases() const {
        auto out = inner_.leases();
        if (Flaw == flaw::lists_leases_at_will && out) std::reverse(out->begin(), out->end());
        return out;
    }

private:
    /// A revision that is not the newest, and can be read.
    [[nodiscard]] auto late() const -> store::revision_number {
        return std::max({store::revision_number{1}, inner_.compacted(), inner_.revision() - 1});
    }

    store::memory<handle> inner_;
    mutable int reads_ = 0;
};

template <flaw Flaw> struct handles {
    [[nodiscard]] auto make() const -> flawed<Flaw> { return {}; }
    [[nodiscard]] auto value(std::string_view text) const -> handle {
        return {std::make_shared<std::string const>(text)};
    }
};

/// How many laws a flawed store breaks; the suite must not hang or crash on it.
template <flaw Flaw> auto laws_broken() -> std::size_t {
    auto out = std::size_t{0};
    auto const count = [&](laws::finding const& f) { out += f.holds ? 0U : 1U; };
    auto const maker = handles<Flaw>{};
    laws::reads_of_the_past(maker, count);
    laws::counts(maker, count);
    laws::sorting(maker, count);
    laws::leases(maker, count);
    laws::watched_events(maker, count);
    laws::small_histories(maker, count, {.depth = 2});
    laws::random_histories(maker, count, {.histories = 3});
    return out;
}

/// Memory stores on a clock that is moved by hand.
struct timed {
    std::shared_ptr<sim::virtual_clock> clock = std::make_shared<sim::virtual_clock>();

    [[nodiscard]] auto make() const -> store::memory<std::string> {
        return store::memory<std::string>{{.clock = *clock}};
    }
    [[nodiscard]] auto value(std::string_view text) const -> std::string { return std::string{text}; }
    auto pass(store::memory<std::string>& s, duration d) const -> void {
        clock->advance(d);
        REQUIRE(s.expire());
    }
};

} // namespace

TEST_CASE("a store of shared handles with the concept's members alone obeys the laws", "[store][laws]") {
    auto const judge = [](laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    laws::all(handles<flaw::none>{}, judge);
}

TEST_CASE("a store that puts superseded versions aside obeys the laws", "[store][laws]") {
    auto const judge = [](laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto const made = tests::foldable::made.load();
    laws::sequential(tests::foldable_maker{}, judge, {.histories = 100, .steps = 150});
    CHECK(tests::foldable::made > made + 1'000);
    laws::concurrency(tests::foldable_maker{}, judge);
    CHECK(tests::foldable::kept == 0);
}

TEST_CASE("the suite finds out flawed stores", "[store][laws]") {
    CHECK(laws_broken<flaw::none>() == 0);
    CHECK(laws_broken<flaw::ignores_limit>() > 0);
    CHECK(laws_broken<flaw::loses_revisions>() > 0);
    CHECK(laws_broken<flaw::skips_an_event>() > 0);
    CHECK(laws_broken<flaw::splits_revisions>() > 0);
    CHECK(laws_broken<flaw::boasts_of_progress>() > 0);
    CHECK(laws_broken<flaw::forgets_to_sort>() > 0);
    CHECK(laws_broken<flaw::sorts_what_is_left>() > 0);
    CHECK(laws_broken<flaw::keeps_keys_on_old_leases>() > 0);
    CHECK(laws_broken<flaw::revokes_key_by_key>() > 0);
    CHECK(laws_broken<flaw::lists_leases_at_will>() > 0);
    CHECK(laws_broken<flaw::reads_late>() > 0);
}

TEST_CASE("leases in memory run out when the clock says so", "[store][laws]") {
    auto const judge = [](laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    laws::expiry(timed{}, judge);
}
