/// \file
/// What several threads see of a store at the same time is one history, and recordings find out stores for
/// which it is not.

#include "store/recorder.hpp"

#include "store/etcd/server.hpp"
#include "store/lmdb/maker.hpp"

#include <berth/store/etcd.hpp>
#include <berth/store/lmdb.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

using namespace berth;
using namespace berth::tests;

namespace {

using memory = store::memory<std::string>;

/// Records on fresh stores and expects nothing wrong.
template <class Make> auto check_recordings(Make make, std::size_t count, recording_plan plan = {}) -> void {
    for (std::size_t i = 0; i < count; ++i) {
        plan.seed = i + 1;
        plan.compacts = i % 2 == 1;
        auto s = make();
        auto const seen = record(s, plan);
        auto const complaints = judge_recording(seen);
        CHECK(seen.watches.size() >= plan.watchers);
        INFO("seed " << plan.seed << ": " << (complaints.empty() ? "" : complaints.front()));
        CHECK(complaints.empty());
    }
}

enum class flaw {
    none,
    reads_the_past,
    loses_a_write,
    ignores_conditions,
    tears_transactions,
    forgets_leases,
    repeats_an_event,
    skips_an_event,
    turns_events_round,
    tears_revisions,
    leaves_out_previous,
    boasts_of_progress,
    resumes_late
};

/// A memory store that is wrong once in a while.
template <flaw Flaw> class flawed {
public:
    using value_type = std::string;
    using events = std::vector<store::event<std::string>>;

    class cursor {
    public:
        explicit cursor(memory::cursor inner) : inner_(std::move(inner)) {}

        auto next() -> store::batch<std::string> {
            if (!held_.empty()) return std::exchange(held_, {});
            auto out = inner_.next();
            if (!out || out->empty() || ++pulls_ % 2 != 0) return out;
            if (Flaw == flaw::repeats_an_event) out->push_back(out->back());
            if (Flaw == flaw::skips_an_event) out->erase(out->begin());
            if (Flaw == flaw::turns_events_round) std::swap(out->front(), out->back());
            if (Flaw == flaw::leaves_out_previous) {
                for (auto& e : *out) e.previous = {};
            }
            if (Flaw == flaw::tears_revisions && out->size() > 1) {
                held_.assign(out->begin() + 1, out->end());
                out->resize(1);
            }
            return out;
        }
        [[nodiscard]] auto progress() const -> store::revision_number {
            return inner_.progress() + (Flaw == flaw::boasts_of_progress && pulls_ % 2 == 1 ? 1 : 0);
        }
        auto on_wake(berth::waker w) -> void { inner_.on_wake(w); }

    private:
        memory::cursor inner_;
        events held_{};
        int pulls_ = 0;
    };

    [[nodiscard]] auto revision() const { return inner_.revision(); }
    [[nodiscard]] auto compacted() const { return inner_.compacted(); }
    [[nodiscard]] auto range(store::range_request q) const {
        auto out = inner_.range(q);
        auto const past = inner_.revision() - 1;
        if (Flaw != flaw::reads_the_past || !out || !sometimes() ||
            past < std::max(inner_.compacted(), store::revision_number{1}))
            return out;
        q.revision = past;
        out = inner_.range(q);
        if (out) out->revision = past;
        return out;
    }
    auto commit(std::span<text_txn const> batch) {
        auto changed = std::vector(batch.begin(), batch.end());
        auto const bad = sometimes();
        if (Flaw == flaw::ignores_conditions && bad) changed.front().when.clear();
        if (Flaw == flaw::loses_a_write && bad) return pretend(changed);
        if (Flaw == flaw::tears_transactions && bad && changed.front().then.size() > 1 &&
            changed.front().when.empty()) {
            auto rest = changed.front();
            rest.then.erase(rest.then.begin());
            changed.front().then.resize(1, rest.then.front());
            auto out = inner_.commit(changed);
            auto more = inner_.commit(std::span{&rest, 1});
            if (!out.front() || !more.front()) return out;
            auto& replies = more.front()->replies;
            replies.insert(replies.begin(), out.front()->replies.begin(), out.front()->replies.end());
            return more;
        }
        return inner_.commit(changed);
    }
    auto compact(store::revision_number at) { return inner_.compact(at); }
    auto watch(store::watch_request w) -> result<cursor> {
        if (Flaw == flaw::resumes_late && w.start > 0) ++w.start;
        auto made = inner_.watch(w);
        if (!made) return std::unexpected(made.error());
        return cursor{std::move(*made)};
    }
    auto changed() -> berth::wake_signal& { return inner_.changed(); }
    auto grant(store::lease_request const& wish) { return inner_.grant(wish); }
    auto keep_alive(store::lease_id id) { return inner_.keep_alive(id); }
    auto revoke(store::lease_id id) {
        if (Flaw == flaw::forgets_leases) {
            auto const status = inner_.time_to_live(id, true);
            if (status && !status->keys.empty()) {
                static_cast<void>(inner_.put({.key = status->keys.front(), .ignore_value = true}));
            }
        }
        return inner_.revoke(id);
    }
    [[nodiscard]] auto time_to_live(store::lease_id id, bool with_keys) const {
        return inner_.time_to_live(id, with_keys);
    }
    [[nodiscard]] auto leases() const { return inner_.leases(); }

private:
    [[nodiscard]] auto sometimes() const -> bool { return ++calls_ % 17 == 0; }
    /// Says what it would have said, and does nothing.
    auto pretend(std::vector<text_txn> batch) -> std::vector<result<store::txn_reply<std::string>>> {
        auto t = batch.front();
        for (auto* branch : {&t.then, &t.otherwise}) {
            std::erase_if(*branch, [](auto const& step) {
                return !std::holds_alternative<store::put_request<std::string>>(step.request);
            });
        }
        batch.front() = t;
        auto const before = inner_.revision();
        auto out = inner_.commit(std::span{&t, 1});
        if (out.front() && inner_.revision() > before) {
            for (auto const& step : out.front()->succeeded ? t.then : t.otherwise)
                static_cast<void>(
                    inner_.erase({.key = std::get<store::put_request<std::string>>(step.request).key}));
        }
        return out;
    }

    memory inner_;
    mutable std::atomic<int> calls_{0};
};

/// Whether one of some recordings of a flawed store is found to be wrong.
template <flaw Flaw> auto is_found_out() -> bool {
    for (auto seed = std::uint64_t{1}; seed <= 25; ++seed) {
        auto s = flawed<Flaw>{};
        auto const r = record(
            s, {.seed = seed, .workers = 3, .watchers = 3, .calls = 150, .compacts = false, .patience = 1});
        if (!judge_recording(r).empty()) return true;
    }
    return false;
}

} // namespace

TEST_CASE("a memory store has one history for all threads", "[store][threads][linearizability]") {
    check_recordings([] { return memory{}; }, 12);
}

TEST_CASE("a durable store has one history for all threads", "[store][threads][linearizability]") {
    auto const place = folder{};
    auto count = 0;
    check_recordings([&] { return store::lmdb::open(place / std::to_string(count++)).value(); }, 4);
}

TEST_CASE("a store on etcd has one history for all threads", "[store][etcd][threads][linearizability]") {
    auto supply = store::testing::etcd_supply{};
    auto server = std::unique_ptr<store::testing::etcd_server>{};
    auto const make = [&] {
        server = supply.take();
        return store::etcd::connect({.endpoints = {server->url()}}).value();
    };
    check_recordings(make, 4, {.workers = 6, .watchers = 3, .calls = 100});
}

TEST_CASE("a recording of few is judged like one of many", "[store][linearizability]") {
    check_recordings([] { return memory{}; }, 4, {.workers = 1, .watchers = 1});
    check_recordings([] { return memory{}; }, 4, {.workers = 8, .watchers = 1, .calls = 100});
}

TEST_CASE("recordings find out stores that answer wrongly", "[store][threads][linearizability]") {
    CHECK_FALSE(is_found_out<flaw::none>());
    CHECK(is_found_out<flaw::reads_the_past>());
    CHECK(is_found_out<flaw::loses_a_write>());
    CHECK(is_found_out<flaw::ignores_conditions>());
    CHECK(is_found_out<flaw::tears_transactions>());
    CHECK(is_found_out<flaw::forgets_leases>());
}

TEST_CASE("recordings find out watches that tell another story", "[store][threads][linearizability]") {
    CHECK(is_found_out<flaw::repeats_an_event>());
    CHECK(is_found_out<flaw::skips_an_event>());
    CHECK(is_found_out<flaw::turns_events_round>());
    CHECK(is_found_out<flaw::tears_revisions>());
    CHECK(is_found_out<flaw::leaves_out_previous>());
    CHECK(is_found_out<flaw::boasts_of_progress>());
    CHECK(is_found_out<flaw::resumes_late>());
}
