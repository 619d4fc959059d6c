#pragma once

/// \file
/// Laws of transactions and batches.

#include <berth/store/laws/scene.hpp>

#include <array>
#include <cstdint>
#include <utility>

namespace berth::store::laws {

/// Shorthand for the parts of transactions on one value type.
template <class V> struct txn_words {
    using t = txn<V>;
    static auto put(std::string key, V value) -> operation<V> {
        return put_request<V>{.key = std::move(key), .value = std::move(value)};
    }
    static auto erase(std::string key, std::string end = {}) -> operation<V> {
        return erase_request{.key = std::move(key), .range_end = std::move(end)};
    }
    static auto read(std::string key, revision_number at = 0) -> operation<V> {
        return range_request{.key = std::move(key), .revision = at};
    }
    static auto number(std::string key, compare_target what, comparison is, std::int64_t n) -> compare<V> {
        return {.key = std::move(key), .target = what, .is = is, .number = n};
    }
    static auto worth(std::string key, comparison is, V value) -> compare<V> {
        return {.key = std::move(key), .target = compare_target::value, .is = is, .value = std::move(value)};
    }
};

template <class Scene> using words_of = txn_words<typename std::remove_cvref_t<Scene>::value_type>;

template <store_maker F, judge R> auto comparisons(F const& maker, R& report) -> void {
    using enum compare_target;
    using enum comparison;
    law("each comparison looks at its number and at nothing else", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        s.put("x", "1");
        s.put("a", "1");
        s.put("a", "2"); // created at 3, modified at 4, version 2
        auto const numbers =
            std::array{std::pair{version, 2}, std::pair{create, 3}, std::pair{mod, 4}, std::pair{lease, 0}};
        for (auto const& [target, n] : numbers) {
            auto const holds = [&](comparison is, std::int64_t operand) {
                return s.commit({.when = {w::number("a", target, is, operand)}}).value().succeeded;
            };
            s.expect(holds(equal, n) && !holds(equal, n + 1));
            s.expect(!holds(not_equal, n) && holds(not_equal, n + 1));
            s.expect(holds(greater, n - 1) && !holds(greater, n) && !holds(greater, n + 1));
            s.expect(holds(less, n + 1) && !holds(less, n) && !holds(less, n - 1));
        }
    });
    law("a missing key compares as zero, and its value as nothing", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        for (auto const target : {version, create, mod, lease}) {
            s.expect(s.commit({.when = {w::number("a", target, equal, 0)}}).value().succeeded);
            s.expect(s.commit({.when = {w::number("a", target, less, 1)}}).value().succeeded);
            s.expect(!s.commit({.when = {w::number("a", target, greater, 0)}}).value().succeeded);
        }
        s.expect(!s.commit({.when = {w::worth("a", equal, s.value("1"))}}).value().succeeded);
        s.expect(!s.commit({.when = {w::worth("a", not_equal, s.value("1"))}}).value().succeeded);
    });
    law("values compare by equality, and by order where they have one", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        s.put("a", "5");
        auto const holds = [&](comparison is, std::string_view text) {
            return s.commit({.when = {w::worth("a", is, s.value(text))}});
        };
        s.expect(holds(equal, "5")->succeeded && !holds(equal, "6")->succeeded);
        s.expect(!holds(not_equal, "5")->succeeded && holds(not_equal, "6")->succeeded);
        if (auto const ordered = holds(less, "6")) {
            s.expect(ordered->succeeded && !holds(less, "5")->succeeded && !holds(less, "4")->succeeded);
            s.expect(holds(greater, "4")->succeeded && !holds(greater, "5")->succeeded);
        } else {
            s.refuses(ordered, error_code::bad_request);
        }
    });
}

template <store_maker F, judge R> auto conjunctions(F const& maker, R& report) -> void {
    using enum compare_target;
    using enum comparison;
    law("a comparison of a range must hold for each key", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        s.put("a", "1");
        s.put("b", "1");
        s.put("b", "2");
        auto const holds = [&](auto c, std::string end) {
            c.range_end = std::move(end);
            return s.commit({.when = {c}}).value().succeeded;
        };
        s.expect(holds(w::number("a", version, greater, 0), "z"));
        s.expect(!holds(w::number("a", version, equal, 1), "z"));
        s.expect(holds(w::number("a", version, equal, 1), "b"));
        s.expect(holds(w::number("c", version, equal, 0), "z"), "an empty range is one missing key");
        s.expect(!holds(w::worth("c", not_equal, s.value("1")), "z"));
        s.expect(!holds(w::number("a", mod, greater, 2), std::string{unbounded}));
    });
    law("all comparisons must hold; none always do", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        auto const yes = w::number("a", mod, equal, 0);
        auto const no = w::number("a", mod, equal, 1);
        s.expect(s.commit({}).value().succeeded);
        s.expect(s.commit({.when = {yes, yes}}).value().succeeded);
        s.expect(!s.commit({.when = {yes, no}}).value().succeeded);
        s.expect(s.store.revision() == 1, "a transaction without writes leaves the revision");
    });
}

template <store_maker F, judge R> auto branches(F const& maker, R& report) -> void {
    using enum compare_target;
    using enum comparison;
    law("a transaction is one revision, and its later steps see its earlier ones", maker, report,
        [](auto& s) {
            using w = words_of<decltype(s)>;
            s.put("old", "1");
            auto const done = s.commit({.then = {w::read("a"), w::put("a", s.value("1")), w::read("a"),
                                                 w::erase("old"), w::read("old"), w::read("old", 2)}});
            s.expect(done->succeeded && done->revision == 3 && s.store.revision() == 3);
            s.expect(done->replies.size() == 6);
            s.expect(done->replies[0].range().count == 0);
            s.expect(done->replies[1].put().revision == 3);
            s.expect(done->replies[2].range().kvs.at(0).mod_revision() == 3);
            s.expect(done->replies[3].erase().deleted == 1);
            s.expect(done->replies[4].range().count == 0);
            s.expect(done->replies[5].range().count == 1, "a read of the past sees the past");
        });
    law("only the branch that was taken is done", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        auto const create_once = txn<typename std::remove_reference_t<decltype(s)>::value_type>{
            .when = {w::number("a", mod, equal, 0)},
            .then = {w::put("a", s.value("1"))},
            .otherwise = {w::read("a")}};
        s.expect(s.commit(create_once)->succeeded);
        auto const again = s.commit(create_once);
        s.expect(!again->succeeded && again->revision == 2);
        s.expect(again->replies.at(0).range().kvs.at(0).value() == s.value("1"));
        s.expect(s.get("a").version() == 1);
    });
    law("nested transactions judge the state before the outermost one", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        using txn_type = typename w::t;
        auto const inner = txn_type{.when = {w::number("a", mod, equal, 0)},
                                    .then = {w::put("b", s.value("before"))},
                                    .otherwise = {w::put("b", s.value("after"))}};
        auto const done = s.commit({.then = {w::put("a", s.value("1")), inner, w::read("b")}});
        s.expect(done->replies.at(1).nested().succeeded);
        s.expect(done->replies.at(2).range().kvs.at(0).value() == s.value("before"));
        s.expect(s.store.revision() == 2 && s.get("b").mod_revision() == 2);
    });
}

template <store_maker F, judge R> auto put_options(F const& maker, R& report) -> void {
    law("the previous pairs are those before the step", maker, report, [](auto& s) {
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        s.put("a", "1");
        auto request = put_request<value_type>{.key = "a", .value = s.value("2"), .want_previous = true};
        s.expect(store::put(s.store, request)->previous.value() == s.value("1"));
        request.key = "new";
        s.expect(!store::put(s.store, request)->previous);
        auto const gone = store::erase(s.store, {.key = "a", .range_end = "b", .want_previous = true});
        s.expect(gone->previous.size() == 1 && gone->previous[0].version() == 2);
        s.expect(store::erase(s.store, erase_request{.key = "new"})->previous.empty(), "not asked for");
    });
    law("a put may keep the value of a key that exists", maker, report, [](auto& s) {
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        auto request = put_request<value_type>{.key = "a", .ignore_value = true};
        s.refuses(store::put(s.store, request), error_code::bad_request, "key not found");
        s.put("a", "1");
        s.expect(store::put(s.store, request).has_value());
        s.expect(s.get("a").value() == s.value("1") && s.get("a").version() == 2);
        request.value = s.value("2");
        s.refuses(store::put(s.store, request), error_code::bad_request, "value is provided");
        request = {.key = "b", .value = s.value("2"), .ignore_lease = true};
        s.refuses(store::put(s.store, request), error_code::bad_request, "key not found");
        request.lease = 7;
        s.refuses(store::put(s.store, request), error_code::bad_request, "lease is provided");
        s.expect(s.store.revision() == 3, "refused puts change nothing");
    });
}

template <store_maker F, judge R> auto refusals(F const& maker, R& report) -> void {
    law("a key is written once per branch", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        using txn_type = typename w::t;
        constexpr auto words = "duplicate key given in txn request";
        auto const p = [&](char const* key) { return w::put(key, s.value("1")); };
        auto const refused = [&](txn_type const& t) {
            s.refuses(s.commit(t), error_code::bad_request, words);
        };
        refused({.then = {p("a"), p("a")}});
        refused({.otherwise = {p("a"), p("a")}});
        refused({.then = {p("k"), w::erase("a", "z")}});
        refused({.then = {w::erase("k"), p("k")}});
        refused({.then = {p("a"), txn_type{.then = {p("a")}}}});
        refused({.then = {p("a"), txn_type{.otherwise = {p("a")}}}});
        refused({.then = {w::erase("a"), txn_type{.then = {p("a")}}}});
        refused({.then = {txn_type{.then = {p("a"), p("a")}}}});
        s.expect(s.store.revision() == 1, "refused transactions change nothing");
        s.expect(s.commit({.then = {p("a")}, .otherwise = {p("a")}}).has_value(),
                 "branches exclude each other");
        s.expect(s.commit({.then = {txn_type{.then = {p("a")}, .otherwise = {p("a")}}}}).has_value());
        s.expect(s.commit({.then = {w::erase("a", "z"), w::erase("b", "y")}}).has_value(),
                 "deletes may overlap");
        s.expect(s.commit({.then = {p("z"), w::erase("a", "z")}}).has_value(), "a range's end is not in it");
    });
    law("a refused step refuses the whole transaction", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        using txn_type = typename w::t;
        s.put("a", "1");
        auto const p = w::put("b", s.value("1"));
        s.refuses(s.commit({.then = {p, w::read("a", 9)}}), error_code::future_revision);
        s.refuses(s.commit({.then = {p, w::read("")}}), error_code::bad_request);
        s.refuses(s.commit({.then = {p, txn_type{.then = {w::read("a", 9)}}}}), error_code::future_revision);
        s.refuses(s.commit({.then = {p, w::erase("")}}), error_code::bad_request);
        s.refuses(s.commit({.when = {w::number("", compare_target::mod, comparison::equal, 0)}}),
                  error_code::bad_request, "key is not provided");
        s.expect(s.commit({.then = {p}, .otherwise = {w::read("a", 9)}}).has_value(),
                 "what the state refuses matters only in the branch taken");
        s.expect(s.store.revision() == 3);
    });
}

template <store_maker F, judge R> auto limits(F const& maker, R& report) -> void {
    law("a lease that nobody granted is refused", maker, report, [](auto& s) {
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        auto const leased = put_request<value_type>{.key = "a", .value = s.value("1"), .lease = 12345};
        s.refuses(store::put(s.store, leased), error_code::not_found, "requested lease not found");
        s.expect(s.store.revision() == 1);
    });
    law("too many operations are refused", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        auto big = typename w::t{};
        for (auto i = 0; i < 128; ++i) big.then.push_back(w::put("k" + std::to_string(i), s.value("1")));
        s.expect(s.commit(big).has_value());
        big.then.push_back(w::put("one more", s.value("1")));
        s.refuses(s.commit(big), error_code::request_too_large, "too many operations in txn request");
        s.expect(s.store.revision() == 2 && s.range(everything()).count == 128);
    });
}

template <store_maker F, judge R> auto batches(F const& maker, R& report) -> void {
    law("a batch is its transactions in order, each on its own", maker, report, [](auto& s) {
        using w = words_of<decltype(s)>;
        using txn_type = typename w::t;
        auto const only_once = txn_type{.when = {w::number("a", compare_target::mod, comparison::equal, 0)},
                                        .then = {w::put("a", s.value("1"))}};
        auto const bad = txn_type{.then = {w::put("", s.value("1"))}};
        auto const batch =
            std::vector{only_once, only_once, bad, txn_type{.then = {w::put("b", s.value("1"))}}};
        auto const done = s.store.commit(batch);
        s.expect(done.size() == 4);
        s.expect(done.at(0)->succeeded && done.at(0)->revision == 2);
        s.expect(!done.at(1)->succeeded && done.at(1)->revision == 2);
        s.refuses(done.at(2), error_code::bad_request);
        s.expect(done.at(3)->succeeded && done.at(3)->revision == 3);
        s.expect(s.store.commit({}).empty());
    });
    law("an optimistic write succeeds only on the expected revision", maker, report, [](auto& s) {
        auto const created = put_if(s.store, "a", 0, s.value("1"));
        s.expect(created->succeeded && created->revision == 2);
        auto const late = put_if(s.store, "a", 0, s.value("2"));
        s.expect(!late->succeeded && late->current.value() == s.value("1"));
        s.expect(put_if(s.store, "a", 2, s.value("2"))->revision == 3);
        s.expect(!erase_if(s.store, "a", 2)->succeeded);
        s.expect(erase_if(s.store, "a", 3)->succeeded && !s.get("a"));
        auto const none = put_if(s.store, "a", 3, s.value("3"));
        s.expect(!none->succeeded && !none->current);
    });
}

} // namespace berth::store::laws
