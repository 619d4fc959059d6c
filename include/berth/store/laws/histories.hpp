#pragma once

/// \file
/// The law that covers the others: no history of requests, small or random, tells a store from the `model`.

#include <berth/core/random.hpp>
#include <berth/store/laws/model.hpp>
#include <berth/store/laws/scene.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store::laws {

/// How much is tried. The defaults take well under a second in memory.
struct effort {
    std::uint64_t seed = 1;
    std::size_t histories = 40; ///< random ones
    std::size_t steps = 120;    ///< requests in each of those
    std::size_t depth = 4;      ///< all histories of so many requests out of ten are tried
};

/// A store and the model of it, which must answer alike, and watches that must tell the model's story.
template <store_maker F> class twins {
public:
    using value_type = typename scene<F>::value_type;
    using cursor = typename scene<F>::store_type::cursor;

    explicit twins(scene<F>& stage) : scene_(stage) {}

    auto commit(txn<value_type> const& t) -> void {
        same(scene_.commit(t), model_.commit(t), "a transaction");
        scene_.expect(scene_.store.revision() == model_.revision(), said("the revision"));
    }
    auto commit(std::vector<txn<value_type>> const& batch) -> void {
        auto const seen = scene_.store.commit(batch);
        scene_.expect(seen.size() == batch.size(), said("the size of a batch's answer"));
        for (std::size_t i = 0; i < std::min(seen.size(), batch.size()); ++i)
            same(seen[i], model_.commit(batch[i]), "a transaction of a batch");
        scene_.expect(scene_.store.revision() == model_.revision(), said("the revision after a batch"));
    }
    auto range(range_request const& q) -> void { same(scene_.store.range(q), model_.range(q), "a range"); }
    auto compact(revision_number at) -> void {
        auto const seen = scene_.store.compact(at);
        auto const expected = model_.compact(at);
        scene_.expect(seen.has_value() == expected.has_value() &&
                          (seen || seen.error().code == expected.error().code),
                      said("a compaction"));
        scene_.expect(scene_.store.compacted() == model_.compacted(), said("the compacted revision"));
    }

    auto grant(lease_request wish) -> void {
        auto const seen = scene_.store.grant(wish);
        if (seen && wish.id == 0) {
            auto const taken = model_.leases();
            scene_.expect(seen->id != 0 && std::find(taken.begin(), taken.end(), seen->id) == taken.end(),
                          said("a lease was chosen that is there"));
            wish.id = seen->id;
        }
        same(seen, model_.grant(wish), "a grant");
    }
    auto keep_alive(lease_id id) -> void {
        same(scene_.store.keep_alive(id), model_.keep_alive(id), "a sign of life");
    }
    auto revoke(lease_id id) -> void {
        same(scene_.store.revoke(id), model_.revoke(id), "a revocation");
        scene_.expect(scene_.store.revision() == model_.revision(), said("the revision after it"));
    }
    auto time_to_live(lease_id id, bool with_keys) -> void {
        auto seen = scene_.store.time_to_live(id, with_keys);
        auto const expected = model_.time_to_live(id, with_keys);
        if (seen && expected && seen->ttl >= 0 && seen->ttl <= expected->ttl) seen->ttl = expected->ttl;
        same(seen, expected, "a time to live");
    }
    auto leases() -> void {
        auto const seen = scene_.store.leases();
        scene_.expect(seen && *seen == model_.leases(), said("the leases"));
    }
    [[nodiscard]] auto known_leases() const -> std::vector<lease_id> { return model_.leases(); }
    /// A lease that is there, or once in a while any number.
    [[nodiscard]] auto some_lease(random_engine& draw) const -> lease_id {
        auto const known = model_.leases();
        if (known.empty() || draw.below(6) == 0) return static_cast<lease_id>(draw.below(5));
        return known[draw.below(known.size())];
    }

    auto watch(watch_request const& w) -> void {
        auto made = scene_.store.watch(w);
        if (!made) {
            auto const too_old = w.start > 0 && w.start < model_.compacted();
            scene_.expect(too_old && made.error().code == error_code::expired, said("a watch was refused"));
            return;
        }
        auto const begin = w.start > 0 ? w.start - 1 : model_.revision();
        scene_.expect(made->progress() == begin, said("a watch's first progress"));
        watches_.push_back({w, std::move(*made)});
    }

    /// Pulls once from a watch and compares what came with what had to come.
    auto pull(std::size_t index, std::size_t at_most) -> bool {
        auto& [request, c] = watches_[index % watches_.size()];
        auto const before = c.progress();
        auto const seen = [&] {
            if constexpr (requires { c.next(at_most); }) return c.next(at_most);
            else return c.next();
        }();
        if (!seen) {
            scene_.expect(before + 1 < model_.compacted() && seen.error().code == error_code::expired,
                          said("a watch broke off"));
            return false;
        }
        scene_.expect(before + 1 >= model_.compacted(), said("a watch went on over a gap"));
        scene_.expect(c.progress() >= before, said("progress went back"));
        scene_.expect(!seen->empty() || c.progress() == std::max(before, model_.revision()),
                      said("idle too early"));
        auto const expected = model_.events(request, before + 1, c.progress());
        auto equal = seen->size() == expected.size();
        for (std::size_t i = 0; equal && i < expected.size(); ++i) equal = alike((*seen)[i], expected[i]);
        scene_.expect(equal, said("a watch's events"));
        return !seen->empty();
    }

    /// Compares everything that can be observed: each revision, and a watch from each.
    auto compare_all() -> void {
        for (auto at = revision_number{0}; at <= model_.revision() + 1; ++at) {
            range(everything(at));
            watch(watch_everything(at, true));
        }
        leases();
        for (auto const id : model_.leases()) time_to_live(id, true);
        for (std::size_t i = 0; i < watches_.size(); ++i) {
            while (pull(i, 2)) {}
        }
    }

    [[nodiscard]] auto now() const -> revision_number { return model_.revision(); }
    [[nodiscard]] auto watch_count() const -> std::size_t { return watches_.size(); }

    std::string label{}; ///< which history this is, for messages

private:
    struct followed {
        watch_request request;
        cursor c;
    };

    [[nodiscard]] auto said(std::string_view what) const -> std::string {
        return std::string{what} + " in " + label;
    }

    /// Equal, except that the pair before an event at the compacted revision may have been forgotten.
    [[nodiscard]] auto alike(event<value_type> const& seen, event<value_type> const& expected) const -> bool {
        auto const forgotten = seen.kv.mod_revision() <= model_.compacted() && !seen.previous;
        return seen.type == expected.type && seen.kv == expected.kv &&
               (forgotten || seen.previous == expected.previous);
    }

    template <class T> auto same(result<T> const& seen, result<T> const& expected, std::string_view what)
        -> void {
        if (seen.has_value() != expected.has_value()) {
            scene_.expect(false,
                          said(what) + (seen ? " was not refused" : " was refused: " + seen.error().message));
        } else if (seen) {
            scene_.expect(*seen == *expected, said(what) + " was answered differently");
        } else {
            scene_.expect(seen.error().code == expected.error().code,
                          said(what) + " was refused differently");
        }
    }

    scene<F>& scene_;
    model<value_type> model_{};
    std::vector<followed> watches_{};
};

/// Draws requests on few keys and values, so that they meet each other.
template <store_maker F> class request_source {
public:
    using value_type = typename scene<F>::value_type;

    request_source(F const& maker, std::uint64_t seed) : maker_(&maker), draw(seed) {}

    [[nodiscard]] auto key() -> std::string {
        constexpr auto keys = std::array<std::string_view, 7>{"a", "aa", "ab", "b", "ba", "c", "\xff"};
        return std::string{keys[draw.below(keys.size())]};
    }
    [[nodiscard]] auto end() -> std::string {
        switch (draw.below(4)) {
        case 0: return std::string{unbounded};
        case 1: return key();
        case 2: return "b";
        default: return {};
        }
    }
    /// etcd does not see that an unbounded deletion meets the puts beside it, and can crash on that.
    [[nodiscard]] auto bounded_end() -> std::string {
        auto out = end();
        return out == unbounded ? std::string{"\xff\xff"} : out;
    }
    [[nodiscard]] auto value() -> value_type { return maker_->value(std::to_string(draw.below(4))); }
    [[nodiscard]] auto chance(std::uint64_t one_in) -> bool { return draw.below(one_in) == 0; }
    [[nodiscard]] auto revision(revision_number now) -> revision_number {
        return static_cast<revision_number>(draw.below(static_cast<std::uint64_t>(now) + 3));
    }

    [[nodiscard]] auto range(revision_number now) -> range_request {
        return {.key = chance(30) ? std::string{} : key(),
                .range_end = end(),
                .revision = !reads_the_past || chance(2) ? 0 : revision(now),
                .limit = static_cast<std::int64_t>(draw.below(4)),
                .keys_only = chance(5),
                .count_only = chance(5),
                .sort_by = chance(2) ? sort_target::key : static_cast<sort_target>(draw.below(5)),
                .order = static_cast<sort_order>(draw.below(3))};
    }
    [[nodiscard]] auto watch(revision_number now) -> watch_request {
        return {.key = chance(4) ? std::string{} : key(),
                .range_end = end(),
                .start = chance(3) ? 0 : revision(now),
                .want_previous = chance(2),
                .skip_puts = chance(6),
                .skip_deletes = chance(6)};
    }
    [[nodiscard]] auto condition(revision_number now) -> compare<value_type> {
        auto const target = static_cast<compare_target>(draw.below(5));
        auto const by_value = target == compare_target::value;
        return {.key = key(),
                .range_end = end(),
                .target = target,
                .is = by_value && !model<value_type>::ordered
                          ? (chance(2) ? comparison::equal : comparison::not_equal)
                          : static_cast<comparison>(draw.below(4)),
                .number = chance(2) ? static_cast<std::int64_t>(draw.below(4)) : revision(now),
                .value = by_value ? value() : value_type{}};
    }
    [[nodiscard]] auto step(revision_number now, int nesting) -> operation<value_type> {
        auto const kind = draw.below(nesting > 0 ? 10 : 9);
        if (kind < 2) {
            auto q = range(now);
            if (q.key.empty()) q.key = "a";
            return q;
        }
        if (kind < 7) {
            auto const keep = chance(8);
            auto const keep_lease = chance(8);
            return put_request<value_type>{.key = key(),
                                           .value = keep ? value_type{} : value(),
                                           .lease = !keep_lease && chance(3) ? lease() : 0,
                                           .want_previous = chance(3),
                                           .ignore_value = keep,
                                           .ignore_lease = keep_lease};
        }
        if (kind < 9)
            return erase_request{.key = key(), .range_end = bounded_end(), .want_previous = chance(2)};
        return transaction(now, nesting - 1);
    }
    /// At most one nested transaction per branch: of two, etcd does not compare the first one's puts with the
    /// second one's deletes.
    [[nodiscard]] auto branch(revision_number now, int nesting) -> std::vector<operation<value_type>> {
        auto out = std::vector<operation<value_type>>{};
        for (auto n = draw.below(4); n > 0; --n) {
            out.push_back(step(now, nesting));
            if (std::holds_alternative<txn<value_type>>(out.back().request)) nesting = 0;
        }
        return out;
    }
    [[nodiscard]] auto transaction(revision_number now, int nesting) -> txn<value_type> {
        auto out = txn<value_type>{};
        for (auto n = draw.below(3); n > 0; --n) out.when.push_back(condition(now));
        out.then = branch(now, nesting);
        out.otherwise = branch(now, nesting);
        return out;
    }

    [[nodiscard]] auto lease() -> lease_id {
        return chance(20) || leases.empty() ? static_cast<lease_id>(draw.below(5))
                                            : leases[draw.below(leases.size())];
    }

private:
    F const* maker_;

public:
    random_engine draw;
    bool reads_the_past = true;     ///< whether ranges are of other revisions than the newest, too
    std::vector<lease_id> leases{}; ///< that puts may hang their keys on
};

/// Grants, revokes or looks at a lease.
template <store_maker F> auto lease_step(twins<F>& both, request_source<F>& source) -> void {
    auto const id = both.some_lease(source.draw);
    switch (source.draw.below(7)) {
    case 0: both.grant({.ttl = source.chance(20) ? greatest_ttl + 1 : 1'000, .id = 0}); break;
    case 1:
    case 2: both.grant({.ttl = 1'000'000, .id = 1 + static_cast<lease_id>(source.draw.below(4))}); break;
    case 3: both.revoke(id); break;
    case 4: both.keep_alive(id); break;
    default: both.time_to_live(id, source.chance(2));
    }
    both.leases();
    source.leases = both.known_leases();
}

template <store_maker F, judge R>
auto random_histories(F const& maker, R& report, effort const& work) -> void {
    for (std::size_t i = 0; i < work.histories; ++i) {
        law("no random history tells the store from the model", maker, report, [&](auto& s) {
            auto source = request_source<F>{maker, work.seed + i};
            auto both = twins<F>{s};
            both.label = "the history with seed " + std::to_string(work.seed + i);
            for (std::size_t step = 0; step < work.steps && s.broken.empty(); ++step) {
                both.commit(source.transaction(both.now(), 2));
                both.range(source.range(both.now()));
                if (source.chance(5)) lease_step(both, source);
                if (source.chance(10)) {
                    auto batch = std::vector<txn<typename scene<F>::value_type>>{};
                    for (auto n = source.draw.below(4); n > 0; --n)
                        batch.push_back(source.transaction(both.now(), 1));
                    both.commit(batch);
                }
                if (source.chance(6)) both.watch(source.watch(both.now()));
                if (source.chance(25)) both.compact(source.revision(both.now()));
                if (both.watch_count() > 0 && source.chance(2)) {
                    auto const which = source.draw.below(both.watch_count());
                    static_cast<void>(both.pull(which, 1 + source.draw.below(6)));
                }
            }
            if (s.broken.empty()) both.compare_all();
        });
    }
}

inline constexpr std::size_t small_requests = 10;

/// One of `small_requests` small requests on two keys and a lease.
template <store_maker F> auto small_request(twins<F>& both, F const& maker, std::size_t which) -> void {
    using value_type = typename scene<F>::value_type;
    auto t = txn<value_type>{};
    auto const put = [&](char const* key) {
        t.then.emplace_back(put_request<value_type>{key, maker.value("1")});
    };
    auto const erase = [&](char const* key, char const* end) {
        t.then.emplace_back(erase_request{key, end});
    };
    switch (which) {
    case 0: put("a"); break;
    case 1: put("b"); break;
    case 2: erase("a", ""); break;
    case 3: erase("a", "z"); break;
    case 4: put("b"), erase("a", ""); break;
    case 5: put("a"), put("b"); break;
    case 6: both.compact(both.now()); return;
    case 7: both.compact(both.now() - 1); return;
    case 8:
        both.grant({.ttl = 1'000, .id = 1});
        t.then.emplace_back(put_request<value_type>{.key = "b", .value = maker.value("2"), .lease = 1});
        break;
    default: both.revoke(1); return;
    }
    both.commit(t);
}

template <store_maker F, judge R>
auto small_histories(F const& maker, R& report, effort const& work) -> void {
    auto end = std::size_t{1};
    for (std::size_t i = 0; i < work.depth; ++i) end *= small_requests;
    auto first_failure = finding{"no small history tells the store from the model", true};
    auto const listen = [&](finding const& f) {
        if (first_failure.holds && !f.holds) first_failure = f;
    };
    for (std::size_t number = 0; number < end && first_failure.holds; ++number) {
        law(first_failure.law, maker, listen, [&](auto& s) {
            auto both = twins<F>{s};
            both.label = "the small history " + std::to_string(number) + " (decimal digits, last first)";
            both.watch(watch_everything(0, true));
            for (auto rest = number, i = std::size_t{0}; i < work.depth; ++i, rest /= small_requests)
                small_request(both, maker, rest % small_requests);
            both.compare_all();
        });
    }
    report(first_failure);
}

} // namespace berth::store::laws
