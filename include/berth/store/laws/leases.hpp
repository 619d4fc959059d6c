#pragma once

/// \file
/// Laws of leases. All but `expiry` hold whether or not time can be made to pass: they grant leases that
/// outlive any test.

#include <berth/core/time.hpp>
#include <berth/store/laws/scene.hpp>
#include <berth/store/lease.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace berth::store::laws {

/// Shorthand for what the laws of leases do to a scene's store.
template <class Scene> struct lease_words {
    using value_type = typename std::remove_cvref_t<Scene>::value_type;

    /// Longer than any test takes.
    static constexpr std::int64_t long_ttl = 100'000;

    static auto grant(Scene& s, lease_id id) -> void {
        s.expect(s.store.grant({.ttl = long_ttl, .id = id}).has_value());
    }
    static auto put(Scene& s, std::string key, lease_id id) -> result<put_reply<value_type>> {
        return store::put(s.store, {.key = std::move(key), .value = s.value("1"), .lease = id});
    }
    /// The keys on a lease, separated by spaces.
    static auto keys(Scene& s, lease_id id) -> std::string {
        auto out = std::string{};
        auto const status = s.store.time_to_live(id, true).value();
        for (auto const& key : status.keys) out.append(out.empty() ? "" : " ").append(key);
        return out;
    }
};

template <class Scene> using lease_words_of = lease_words<std::remove_reference_t<Scene>>;

constexpr auto no_such_lease = "requested lease not found";

template <store_maker F, judge R> auto grants(F const& maker, R& report) -> void {
    law("a lease that is too short is raised to the least", maker, report, [](auto& s) {
        auto const none = s.store.grant({.ttl = 0, .id = 1}).value();
        auto const negative = s.store.grant({.ttl = -5, .id = 2}).value();
        s.expect(none.id == 1 && none.ttl > 0 && negative.ttl == none.ttl);
        auto const enough = s.store.grant({.ttl = none.ttl + 1, .id = 3}).value();
        s.expect(enough.ttl == none.ttl + 1);
        s.expect(s.store.revision() == 1, "a lease alone is no change");
    });
    law("a lease that is too long is refused", maker, report, [](auto& s) {
        s.refuses(s.store.grant({.ttl = greatest_ttl + 1, .id = 1}), error_code::bad_request,
                  "too large lease TTL");
        s.expect(s.store.leases().value().empty());
        s.expect(s.store.grant({.ttl = greatest_ttl, .id = 1}).value().ttl == greatest_ttl);
        s.refuses(s.store.grant({.ttl = greatest_ttl + 1, .id = 1}), error_code::bad_request,
                  "too large lease TTL");
    });
    law("an id is taken once, and free again after its lease", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 7);
        s.expect(w::put(s, "a", 7).has_value());
        s.refuses(s.store.grant({.ttl = 10, .id = 7}), error_code::already_exists, "lease already exists");
        s.expect(s.store.time_to_live(7, false).value().granted_ttl == w::long_ttl && w::keys(s, 7) == "a");
        s.expect(s.store.revoke(7).has_value());
        s.expect(s.store.grant({.ttl = 2 * w::long_ttl, .id = 7}).value().ttl == 2 * w::long_ttl);
        s.expect(w::keys(s, 7).empty(), "nothing hangs on a new lease");
    });
    law("the store chooses an id that is free", maker, report, [](auto& s) {
        auto ids = std::vector<lease_id>{};
        for (auto i = 0; i < 20; ++i) ids.push_back(s.store.grant({.ttl = 1'000}).value().id);
        std::sort(ids.begin(), ids.end());
        s.expect(ids.front() != 0 && std::adjacent_find(ids.begin(), ids.end()) == ids.end());
        s.expect(s.store.leases().value() == ids, "all leases are listed, in order of their ids");
    });
    law("the leases are listed in ascending order", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        for (auto const id : {5, 1'000'000, 3, 77}) w::grant(s, id);
        s.expect(s.store.leases().value() == std::vector<lease_id>{3, 5, 77, 1'000'000});
        s.expect(s.store.revoke(5).has_value());
        s.expect(s.store.leases().value() == std::vector<lease_id>{3, 77, 1'000'000});
    });
    law("an unknown lease is unknown to everybody", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        s.expect(s.store.revoke(1).has_value());
        for (auto const id : {0, 1, 2}) {
            s.refuses(s.store.keep_alive(id), error_code::not_found, no_such_lease);
            s.refuses(s.store.revoke(id), error_code::not_found, no_such_lease);
            s.refuses(s.store.time_to_live(id, true), error_code::not_found, no_such_lease);
            s.refuses(s.store.time_to_live(id, false), error_code::not_found, no_such_lease);
            if (id != 0) s.refuses(w::put(s, "a", id), error_code::not_found, no_such_lease);
        }
        s.expect(s.store.revision() == 1 && s.store.leases().value().empty());
    });
    law("a lease that is kept alive has its whole time again", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        s.expect(s.store.keep_alive(1).value() == lease_grant{.id = 1, .ttl = w::long_ttl});
        auto const status = s.store.time_to_live(1, false).value();
        s.expect(status.id == 1 && status.granted_ttl == w::long_ttl);
        s.expect(status.ttl >= 0 && status.ttl <= w::long_ttl);
        s.expect(s.store.revision() == 1, "a sign of life is no change");
    });
}

template <store_maker F, judge R> auto attachments(F const& maker, R& report) -> void {
    law("a put hangs its key on a lease, and the last put decides", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        w::grant(s, 2);
        for (auto const* key : {"c", "a", "b"}) s.expect(w::put(s, key, 1).has_value());
        s.expect(w::keys(s, 1) == "a b c" && w::keys(s, 2).empty());
        s.expect(s.store.time_to_live(1, false).value().keys.empty(), "keys come only if asked for");
        s.expect(s.get("a").lease() == 1);
        s.expect(w::put(s, "b", 2).has_value());
        s.expect(w::keys(s, 1) == "a c" && w::keys(s, 2) == "b", "a key hangs on one lease at most");
        s.expect(w::put(s, "a", 0).has_value());
        s.expect(w::keys(s, 1) == "c" && s.get("a").lease() == 0, "no lease takes it off the one it had");
        s.expect(s.get("a", 3).lease() == 1, "what was, stays");
        s.expect(s.store.revoke(1).has_value());
        s.expect(s.keys(everything()) == "a b");
    });
    law("a put may keep the lease of a key", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        s.expect(w::put(s, "a", 1).has_value());
        auto keep = put_request<typename w::value_type>{
            .key = "a", .value = s.value("2"), .want_previous = true, .ignore_lease = true};
        s.expect(store::put(s.store, keep).value().previous.lease() == 1);
        s.expect(s.get("a").lease() == 1 && s.get("a").value() == s.value("2") && w::keys(s, 1) == "a");
        keep = {.key = "a", .lease = 0, .ignore_value = true};
        s.expect(store::put(s.store, keep).has_value());
        s.expect(s.get("a").lease() == 0 && s.get("a").value() == s.value("2") && w::keys(s, 1).empty());
        keep = {.key = "a", .ignore_value = true, .ignore_lease = true};
        s.expect(store::put(s.store, keep).has_value() && s.get("a").lease() == 0);
    });
    law("a deletion takes a key off its lease", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        for (auto const* key : {"a", "b"}) s.expect(w::put(s, key, 1).has_value());
        s.erase("a");
        s.expect(w::keys(s, 1) == "b");
        s.put("a", "2");
        s.expect(w::keys(s, 1) == "b" && s.get("a").lease() == 0, "a new life has no lease");
        s.expect(s.store.revoke(1).has_value());
        s.expect(s.keys(everything()) == "a");
    });
}

template <store_maker F, judge R> auto refused_attachments(F const& maker, R& report) -> void {
    law("a refused put hangs nothing on a lease", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        s.expect(w::put(s, "a", 1).has_value());
        s.refuses(w::put(s, "a", 9), error_code::not_found, no_such_lease);
        s.refuses(w::put(s, "b", 9), error_code::not_found, no_such_lease);
        s.expect(s.store.revision() == 2 && s.get("a").lease() == 1 && w::keys(s, 1) == "a");
        auto t = txn<typename w::value_type>{};
        t.then.emplace_back(put_request<typename w::value_type>{.key = "b", .lease = 1});
        t.then.emplace_back(range_request{.key = "a", .revision = 99});
        s.refuses(s.commit(t), error_code::future_revision);
        t.then.pop_back();
        t.then.emplace_back(put_request<typename w::value_type>{.key = "c", .lease = 9});
        s.refuses(s.commit(t), error_code::not_found, no_such_lease);
        s.expect(s.store.revision() == 2 && w::keys(s, 1) == "a");
        t.when.push_back({.key = "a", .number = 9});
        s.expect(s.commit(t).has_value() && w::keys(s, 1) == "a", "a branch not taken hangs nothing either");
    });
    law("puts are judged before reads, wherever they stand", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        auto t = txn<typename w::value_type>{};
        t.then.emplace_back(range_request{.key = "a", .revision = 99});
        t.then.emplace_back(put_request<typename w::value_type>{.key = "b", .lease = 9});
        s.refuses(s.commit(t), error_code::not_found, no_such_lease);
    });
    law("a comparison of leases looks at the lease", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 5);
        s.expect(w::put(s, "a", 5).has_value());
        auto const holds = [&](comparison is, lease_id id, std::string key = "a") {
            auto t = txn<typename w::value_type>{};
            t.when.push_back(
                {.key = std::move(key), .target = compare_target::lease, .is = is, .number = id});
            return s.commit(t).value().succeeded;
        };
        s.expect(holds(comparison::equal, 5) && !holds(comparison::equal, 4));
        s.expect(holds(comparison::not_equal, 4) && !holds(comparison::not_equal, 5));
        s.expect(holds(comparison::greater, 4) && !holds(comparison::greater, 5));
        s.expect(holds(comparison::less, 6) && !holds(comparison::less, 5));
        s.expect(holds(comparison::equal, 0, "b"), "a missing key hangs on none");
    });
}

template <store_maker F, judge R> auto revocations(F const& maker, R& report) -> void {
    law("a revoked lease takes its keys with it, in one revision and in their order", maker, report,
        [](auto& s) {
            using w = lease_words_of<decltype(s)>;
            w::grant(s, 1);
            for (auto const* key : {"d", "b", "c"}) s.expect(w::put(s, key, 1).has_value());
            s.put("a", "1");
            auto c = s.store.watch(watch_everything(0, true)).value();
            s.expect(s.store.revoke(1).value() == 6 && s.store.revision() == 6);
            s.expect(s.keys(everything()) == "a" && s.keys(everything(5)) == "a b c d");
            auto const seen = c.next().value();
            s.expect(seen.size() == 3, "the events of one revision come at once");
            auto text = std::string{};
            for (auto const& e : seen) {
                s.expect(e.type == event_type::erase && e.kv.mod_revision() == 6 && e.previous.lease() == 1);
                text += e.kv.key();
            }
            s.expect(text == "bcd");
            s.expect(c.progress() == 6);
        });
    law("a lease without keys goes without a revision", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        s.expect(w::put(s, "a", 1).has_value());
        s.erase("a");
        s.expect(s.store.revoke(1).value() == 3 && s.store.revision() == 3);
        s.expect(s.store.leases().value().empty());
    });
    law("a key that comes back after its lease is a new one", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        s.expect(w::put(s, "a", 1).has_value());
        s.expect(s.store.revoke(1).has_value());
        s.put("a", "2");
        s.expect(s.get("a").version() == 1 && s.get("a").create_revision() == 4 && s.get("a").lease() == 0);
    });
    law("compaction leaves keys on their leases", maker, report, [](auto& s) {
        using w = lease_words_of<decltype(s)>;
        w::grant(s, 1);
        for (auto const* key : {"a", "b"}) s.expect(w::put(s, key, 1).has_value());
        s.put("c", "1");
        s.put("a", "2");
        s.expect(s.store.compact(5).has_value());
        s.expect(w::keys(s, 1) == "b");
        s.expect(s.store.revoke(1).value() == 6);
        s.expect(s.keys(everything()) == "a c" && s.keys(everything(5)) == "a b c");
    });
}

/// Laws of leases on any store.
template <store_maker F, judge R> auto leases(F const& maker, R& report) -> void {
    grants(maker, report);
    attachments(maker, report);
    refused_attachments(maker, report);
    revocations(maker, report);
}

/// A maker that can also let time pass for the leases of a store: at least so much, and everything whose time
/// is up by then has expired when it returns.
template <class F>
concept time_maker =
    store_maker<F> && requires(F const& f, typename scene<F>::store_type& s, duration d) { f.pass(s, d); };

/// Laws of leases that run out. Leases here live for few multiples of the least time that the store grants.
template <time_maker F, judge R> auto expiry(F const& maker, R& report) -> void {
    law("a lease that nobody keeps alive goes with its keys, one that is kept alive stays", maker, report,
        [&](auto& s) {
            using w = lease_words_of<decltype(s)>;
            auto const least = s.store.grant({.ttl = 0, .id = 1}).value().ttl;
            s.expect(s.store.grant({.ttl = 60 + 3 * least, .id = 2}).has_value());
            for (auto const* key : {"b", "a"}) s.expect(w::put(s, key, 1).has_value());
            s.expect(w::put(s, "c", 2).has_value());
            auto c = s.store.watch(watch_everything()).value();
            maker.pass(s.store, seconds(least));
            s.expect(s.store.leases().value() == std::vector<lease_id>{2});
            s.expect(s.keys(everything()) == "c" && s.store.revision() == 5);
            s.expect(s.next(c) == "-a@5 -b@5");
            s.refuses(s.store.keep_alive(1), error_code::not_found, no_such_lease);
            s.refuses(s.store.time_to_live(1, false), error_code::not_found, no_such_lease);
            s.refuses(w::put(s, "d", 1), error_code::not_found, no_such_lease);
            s.expect(s.store.grant({.ttl = 1'000, .id = 1}).has_value(), "its id is free again");
        });
    law("leases that end at once are a revision each", maker, report, [&](auto& s) {
        using w = lease_words_of<decltype(s)>;
        auto least = std::int64_t{0};
        for (auto const id : {1, 2, 3}) {
            least = s.store.grant({.ttl = 0, .id = id}).value().ttl;
            for (auto const* key : {"x", "y"}) s.expect(w::put(s, key + std::to_string(id), id).has_value());
        }
        maker.pass(s.store, seconds(least));
        s.expect(s.store.leases().value().empty() && s.keys(everything()).empty());
        s.expect(s.store.revision() == 7 + 3);
        for (auto const at : {8, 9, 10}) {
            auto const left = s.range(everything(at));
            s.expect(left.count == 2 * (10 - at), "each went as a whole");
        }
    });
    law("what was taken off a lease outlives it", maker, report, [&](auto& s) {
        using w = lease_words_of<decltype(s)>;
        auto const least = s.store.grant({.ttl = 0, .id = 1}).value().ttl;
        for (auto const* key : {"a", "b", "c"}) s.expect(w::put(s, key, 1).has_value());
        s.put("a", "2");
        s.erase("b");
        s.put("b", "2");
        maker.pass(s.store, seconds(least));
        s.expect(s.keys(everything()) == "a b" && s.get("a").version() == 2);
    });
}

} // namespace berth::store::laws
