#pragma once

/// \file
/// Laws of sorted ranges.

#include <berth/store/laws/model.hpp>
#include <berth/store/laws/scene.hpp>

#include <cstddef>
#include <string>

namespace berth::store::laws {

/// Six keys whose five orders all differ, with ties: `a` to `f`, at revision 10.
template <class Scene> auto arrange(Scene& s) -> void {
    for (auto const* key : {"d", "b", "f", "a"}) s.put(key, "3"); // revisions 2 to 5
    s.put("b", "1");                                              // 6
    s.put("c", "2");
    s.put("e", "1");
    s.put("d", "9");
    s.put("b", "2"); // 10
}

/// Every target: its name in a message, and the keys in ascending order of it, ties in key order.
struct sorted_keys {
    sort_target by;
    std::string_view ascending;
    std::string_view descending; ///< ties are in key order here, too
};
inline constexpr sorted_keys orders[] = {
    {sort_target::key, "a b c d e f", "f e d c b a"},    {sort_target::version, "a c e f d b", "b d a c e f"},
    {sort_target::create, "d b f a c e", "e c a f b d"}, {sort_target::mod, "f a c e d b", "b d e c a f"},
    {sort_target::value, "e b c a f d", "d a f b c e"},
};

template <store_maker F, judge R> auto sorting(F const& maker, R& report) -> void {
    constexpr auto orderless = !model<typename scene<F>::value_type>::ordered;
    law("a range is sorted by what was asked for, ties in key order", maker, report, [](auto& s) {
        arrange(s);
        for (auto const& o : orders) {
            if (orderless && o.by == sort_target::value) continue;
            auto q = everything();
            q.sort_by = o.by;
            s.expect(s.keys(q) == o.ascending, "no order is ascending: " + s.keys(q));
            q.order = sort_order::ascend;
            s.expect(s.keys(q) == o.ascending, "ascending: " + s.keys(q));
            q.order = sort_order::descend;
            s.expect(s.keys(q) == o.descending, "descending: " + s.keys(q));
        }
    });
    law("sorting comes before the limit, and the count is of all", maker, report, [](auto& s) {
        arrange(s);
        for (auto const& o : orders) {
            if (orderless && o.by == sort_target::value) continue;
            for (auto limit = std::int64_t{-1}; limit <= 7; ++limit) {
                auto q = everything();
                q.sort_by = o.by;
                q.order = sort_order::descend;
                q.limit = limit;
                auto const whole = limit < 1 || limit > 5;
                auto const size = whole ? o.descending.size() : static_cast<std::size_t>(limit) * 2 - 1;
                auto const found = s.range(q);
                s.expect(found.count == 6 && found.more == !whole);
                s.expect(s.keys(q) == o.descending.substr(0, size));
            }
        }
    });
}

template <store_maker F, judge R> auto sorted_reads(F const& maker, R& report) -> void {
    constexpr auto orderless = !model<typename scene<F>::value_type>::ordered;
    law("sorting by values works without returning them", maker, report, [](auto& s) {
        arrange(s);
        auto q = everything();
        q.sort_by = sort_target::value;
        q.keys_only = true;
        q.limit = 4;
        if (orderless) return s.refuses(s.store.range(q), error_code::bad_request, "no order");
        auto const found = s.range(q);
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        s.expect(s.keys(q) == "e b c a" && found.more && found.count == 6);
        for (auto const& kv : found.kvs) s.expect(kv.value() == value_type{} && kv.version() > 0);
    });
    law("a past revision is sorted as it was", maker, report, [](auto& s) {
        arrange(s);
        auto q = everything(7);
        q.sort_by = sort_target::mod;
        q.order = sort_order::descend;
        s.expect(s.keys(q) == "c b a f d");
        q.sort_by = sort_target::version;
        s.expect(s.keys(q) == "b a c d f");
        q.limit = 2;
        s.expect(s.keys(q) == "b a" && s.range(q).count == 5 && s.range(q).revision == 10);
        s.expect(s.store.compact(7).has_value());
        s.expect(s.keys(q) == "b a");
    });
    law("a sorted count is a count", maker, report, [](auto& s) {
        arrange(s);
        auto q = everything();
        q.sort_by = sort_target::mod;
        q.count_only = true;
        q.limit = 2;
        auto const found = s.range(q);
        s.expect(found.count == 6 && found.kvs.empty() && !found.more);
    });
    law("a transaction sorts what it sees", maker, report, [](auto& s) {
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        arrange(s);
        auto t = txn<value_type>{};
        t.then.emplace_back(put_request<value_type>{.key = "f", .value = s.value("0")});
        auto q = everything();
        q.sort_by = sort_target::mod;
        q.order = sort_order::descend;
        q.limit = 2;
        t.then.emplace_back(q);
        auto const found = s.commit(t).value().replies.at(1).range();
        s.expect(found.kvs.size() == 2 && found.kvs[0].key() == "f" && found.kvs[1].key() == "b");
        s.expect(found.more && found.count == 6);
    });
}

} // namespace berth::store::laws
