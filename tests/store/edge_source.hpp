#pragma once

/// \file
/// Draws requests that love edges: of revisions, ranges, limits, leases, bytes and flags.

#include "store/calls.hpp"

#include <berth/core/random.hpp>
#include <berth/store/key_range.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::tests {

/// What a source knows of the stores that its requests are for.
struct edges {
    store::revision_number now = 1;
    store::revision_number compacted = 0;
    std::vector<store::lease_id> leases{}; ///< that there are
    std::vector<store::lease_id> gone{};   ///< that there were
};

class edge_source {
public:
    explicit edge_source(std::uint64_t seed) : draw_(seed) {}

    edges known{};

    [[nodiscard]] auto chance(std::uint64_t one_in) -> bool { return draw_.below(one_in) == 0; }
    [[nodiscard]] auto below(std::size_t n) -> std::size_t { return draw_.below(n); }

    [[nodiscard]] auto key() -> std::string {
        using namespace std::string_view_literals;
        constexpr auto keys = std::array{"a"sv, "aa"sv,    "ab"sv, "b"sv,  "b\0"sv,  "ba"sv,
                                         "c"sv, "c\xff"sv, "d"sv,  "\0"sv, "\xff"sv, "\xff\xff"sv};
        return std::string{keys[below(keys.size())]};
    }
    [[nodiscard]] auto end(bool may_be_unbounded = true) -> std::string {
        switch (below(7)) {
        case 0: return may_be_unbounded ? std::string{store::unbounded} : "\xff\xff\xff";
        case 1:
        case 2: return key() + (chance(3) ? "\xff" : "");
        case 3: return "c";
        case 4: return store::prefix_end(std::string_view{"abc"}.substr(below(3), 1));
        default: return {};
        }
    }
    [[nodiscard]] auto value() -> std::string {
        using namespace std::string_view_literals;
        constexpr auto values = std::array{""sv, "1"sv, "2"sv, "2\0"sv, "3"sv, "\xff\xfe"sv, "long value"sv};
        return std::string{values[below(values.size())]};
    }
    [[nodiscard]] auto revision() -> store::revision_number {
        auto const& k = known;
        switch (below(12)) {
        case 0: return static_cast<store::revision_number>(below(3)) - 1;
        case 1: return k.compacted - 1;
        case 2: return k.compacted;
        case 3: return k.compacted + 1;
        case 4: return k.now;
        case 5: return k.now + 1;
        case 6: return chance(3) ? k.now + 1'000'000'000'000 : k.now - 1;
        default: {
            auto const span =
                static_cast<std::uint64_t>(std::max<store::revision_number>(k.now - k.compacted, 1));
            return k.compacted + static_cast<store::revision_number>(draw_.below(span));
        }
        }
    }
    [[nodiscard]] auto lease() -> store::lease_id {
        if (chance(12)) return static_cast<store::lease_id>(below(4)) - 1;
        if (chance(12) && !known.gone.empty()) return known.gone[below(known.gone.size())];
        return known.leases.empty() ? 0 : known.leases[below(known.leases.size())];
    }

    [[nodiscard]] auto range() -> store::range_request {
        auto out = store::range_request{.key = key(), .range_end = end()};
        if (!chance(3)) out.revision = chance(4) ? revision() : 0;
        else out.revision = std::clamp<store::revision_number>(revision(), known.compacted, known.now);
        if (chance(2)) out.limit = static_cast<std::int64_t>(below(6)) - 1;
        out.keys_only = chance(5);
        out.count_only = chance(7);
        if (chance(2)) out.sort_by = static_cast<store::sort_target>(below(5));
        if (chance(2)) out.order = static_cast<store::sort_order>(below(3));
        return out;
    }
    [[nodiscard]] auto put(std::string key) -> text_put {
        auto out = text_put{.key = std::move(key), .value = value(), .want_previous = chance(3)};
        if (chance(4)) out.lease = lease();
        if (chance(12)) {
            out.ignore_value = true;
            if (!chance(12)) out.value.clear();
        }
        if (chance(12)) {
            out.ignore_lease = true;
            if (!chance(12)) out.lease = 0;
        }
        return out;
    }
    /// Never unbounded: etcd does not see that an unbounded deletion meets puts beside it, and can crash.
    [[nodiscard]] auto erase() -> store::erase_request {
        return {
            .key = key(), .range_end = chance(2) ? std::string{} : end(false), .want_previous = chance(2)};
    }
    [[nodiscard]] auto condition() -> store::compare<std::string> {
        auto out = store::compare<std::string>{.key = key(), .range_end = chance(2) ? std::string{} : end()};
        out.target = static_cast<store::compare_target>(below(5));
        out.is = static_cast<store::comparison>(below(4));
        switch (out.target) {
        case store::compare_target::value: out.value = value(); break;
        case store::compare_target::version: out.number = static_cast<std::int64_t>(below(5)) - 1; break;
        case store::compare_target::lease: out.number = lease(); break;
        default: out.number = chance(3) ? 0 : revision();
        }
        return out;
    }

    /// A transaction of about `size` steps a branch. Most are without what would refuse them as a whole.
    [[nodiscard]] auto transaction(std::size_t size, int nesting = 2) -> text_txn {
        auto out = text_txn{};
        for (auto n = below(3); n > 0; --n) out.when.push_back(condition());
        for (auto* branch : {&out.then, &out.otherwise}) {
            for (auto n = branch == &out.then ? 1 + below(2 * size) : below(size); n > 0; --n)
                branch->push_back(step(size / 3, nesting));
            if (!chance(6)) tame(*branch);
        }
        return out;
    }

    /// Any request but those that let time pass.
    [[nodiscard]] auto any() -> request {
        switch (below(28)) {
        case 0: return with_odd_key(range());
        case 1: return with_odd_key(range());
        case 2: return with_odd_key(put(key()));
        case 3: return with_odd_key(erase());
        case 4: return everything_erased();
        case 5: return store::lease_request{.ttl = ttl(), .id = static_cast<store::lease_id>(below(6)) + 1};
        case 6: return chance(3) ? request{revoke_call{lease()}} : keep_alive_call{lease()};
        case 7: return time_to_live_call{.id = lease(), .with_keys = chance(2)};
        case 8: return chance(2) ? request{leases_call{}} : request{revision_call{}};
        case 9:
            return compact_call{chance(2) ? revision()
                                          : known.now - static_cast<store::revision_number>(below(40))};
        default: return transaction(6);
        }
    }
    [[nodiscard]] auto watch() -> store::watch_request {
        return {.key = chance(6) ? std::string{} : key(),
                .range_end = chance(3) ? std::string{store::unbounded} : end(),
                .start = chance(3) ? 0 : revision(),
                .want_previous = chance(2),
                .skip_puts = chance(6),
                .skip_deletes = chance(6)};
    }

private:
    [[nodiscard]] auto ttl() -> std::int64_t {
        if (chance(10)) return store::greatest_ttl + 1 - static_cast<std::int64_t>(below(2));
        return 100'000 + static_cast<std::int64_t>(below(1'000));
    }
    [[nodiscard]] auto step(std::size_t size, int nesting) -> text_operation {
        auto const kind = below(nesting > 0 ? 12 : 11);
        if (kind < 4) return with_present(range());
        if (kind < 9) return put(key());
        if (kind < 11) return erase();
        return transaction(size, nesting - 1);
    }
    /// Reads in transactions are mostly of what can be read, or the whole is refused.
    [[nodiscard]] auto with_present(store::range_request r) -> store::range_request {
        auto const readable = r.revision <= 0 || (r.revision >= known.compacted && r.revision <= known.now);
        if (!readable && !chance(20)) r.revision = 0;
        return r;
    }
    template <class R> [[nodiscard]] auto with_odd_key(R r) -> R {
        if (chance(30)) r.key.clear();
        return r;
    }
    [[nodiscard]] auto everything_erased() -> store::erase_request {
        return {.key = key(), .range_end = std::string{store::unbounded}, .want_previous = chance(2)};
    }
    [[nodiscard]] auto is_known(store::lease_id id) const -> bool {
        return std::find(known.leases.begin(), known.leases.end(), id) != known.leases.end();
    }

    /// Takes out what writes a key twice or hangs it on a lease that is not there.
    auto tame(std::vector<text_operation>& steps) -> void {
        auto kept = std::vector<text_operation>{};
        auto written = std::vector<text_operation const*>{};
        for (auto& s : steps) {
            if (auto* const p = std::get_if<text_put>(&s.request)) {
                if (!is_known(p->lease)) p->lease = 0;
                if (p->ignore_value) p->value.clear();
                if (p->ignore_lease) p->lease = 0;
                if (meets(kept, {p->key, {}}, true)) continue;
            } else if (auto const* const e = std::get_if<store::erase_request>(&s.request)) {
                if (meets(kept, e->keys(), false)) continue;
            } else if (std::holds_alternative<text_txn>(s.request) && !chance(3)) {
                continue; // what is in there may meet anything
            }
            kept.push_back(std::move(s));
        }
        steps = std::move(kept);
    }
    [[nodiscard]] static auto meets(std::vector<text_operation> const& steps, store::key_range keys,
                                    bool is_put) -> bool {
        return std::any_of(steps.begin(), steps.end(), [&](text_operation const& s) {
            if (auto const* const p = std::get_if<text_put>(&s.request)) return keys.contains(p->key);
            auto const* const e = std::get_if<store::erase_request>(&s.request);
            return is_put && e != nullptr && e->keys().contains(keys.begin);
        });
    }

    random_engine draw_;
};

/// How many operations a request is: a transaction as many as it has steps and comparisons.
[[nodiscard]] inline auto operations_in(text_txn const& t) -> std::size_t {
    auto out = t.when.size();
    for (auto const* branch : {&t.then, &t.otherwise}) {
        for (auto const& s : *branch) {
            auto const* const nested = std::get_if<text_txn>(&s.request);
            out += nested != nullptr ? operations_in(*nested) : 1;
        }
    }
    return out;
}
[[nodiscard]] inline auto operations_in(request const& r) -> std::size_t {
    auto const* const t = std::get_if<text_txn>(&r);
    return t != nullptr ? operations_in(*t) : 1;
}

} // namespace berth::tests
