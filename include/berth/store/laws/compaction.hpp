#pragma once

/// \file
/// Laws of compaction, also as watches see it.

#include <berth/store/laws/scene.hpp>

#include <string>

namespace berth::store::laws {

template <store_maker F, judge R> auto compaction(F const& maker, R& report) -> void {
    law("what is before the compacted revision cannot be read, the rest can", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("b", "1");
        s.put("a", "2");
        s.erase("b");
        s.put("c", "1");
        s.expect(s.store.compact(4).has_value());
        s.expect(s.store.compacted() == 4);
        constexpr auto words = "mvcc: required revision has been compacted";
        for (auto const at : {1, 2, 3}) s.refuses(s.store.range(everything(at)), error_code::expired, words);
        s.expect(s.keys(everything(4)) == "a b", "the compacted revision itself stays");
        s.expect(s.keys(everything(5)) == "a");
        s.expect(s.keys(everything()) == "a c");
        s.expect(s.get("a", 4).version() == 2);
        s.expect(s.store.revision() == 6, "compaction is no change");
    });
    law("a compaction goes forward and not beyond the present", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("a", "2");
        s.refuses(s.store.compact(4), error_code::future_revision, "future revision");
        s.expect(s.store.compact(2).has_value());
        s.refuses(s.store.compact(2), error_code::expired, "compacted");
        s.refuses(s.store.compact(1), error_code::expired, "compacted");
        s.expect(s.store.compact(3).has_value());
        s.expect(s.store.compacted() == 3 && s.get("a").version() == 2);
    });
    law("there is nothing to compact before the first revision", maker, report, [](auto& s) {
        for (auto const at : {0, -1}) s.refuses(s.store.compact(at), error_code::expired, "compacted");
        s.expect(s.store.compact(1).has_value(), "a fresh store is a revision like any other");
        s.refuses(s.store.compact(0), error_code::expired, "compacted");
        s.expect(s.store.compacted() == 1 && s.keys(everything(1)).empty());
    });
}

template <store_maker F, judge R> auto reads_after_compaction(F const& maker, R& report) -> void {
    law("no revision, or one below, means the newest, after a compaction too", maker, report, [](auto& s) {
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        s.put("a", "1");
        s.put("a", "2");
        s.expect(s.store.compact(3).has_value());
        for (auto const at : {0, -1, -2}) {
            s.expect(s.get("a", at).version() == 2);
            auto t = txn<value_type>{};
            t.then.emplace_back(range_request{.key = "a", .revision = at});
            auto const seen = s.commit(t);
            s.expect(seen && seen->replies.at(0).range().count == 1, "in a transaction, too");
        }
    });
    law("versions go on counting across a compaction", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("a", "2");
        s.expect(s.store.compact(3).has_value());
        s.put("a", "3");
        s.expect(s.get("a").version() == 3 && s.get("a").create_revision() == 2);
        s.erase("a");
        s.expect(s.store.compact(5).has_value());
        s.expect(!s.get("a"));
        s.put("a", "4");
        s.expect(s.get("a").version() == 1 && s.get("a").create_revision() == 6);
        s.expect(s.keys(everything(5)).empty() && s.keys(everything(6)) == "a");
    });
    law("transactions may not read what was compacted", maker, report, [](auto& s) {
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        s.put("a", "1");
        s.put("a", "2");
        s.expect(s.store.compact(3).has_value());
        auto t = txn<value_type>{};
        t.then.emplace_back(put_request<value_type>{.key = "b", .value = s.value("1")});
        t.then.emplace_back(range_request{.key = "a", .revision = 2});
        s.refuses(s.commit(t), error_code::expired);
        s.expect(!s.get("b"));
    });
}

template <store_maker F, judge R> auto compacted_watches(F const& maker, R& report) -> void {
    law("a watch may start at the compacted revision and not before", maker, report, [](auto& s) {
        for (auto const* text : {"1", "2", "3", "4"}) s.put("a", text);
        s.expect(s.store.compact(4).has_value());
        auto c = s.store.watch(watch_everything(4)).value();
        s.expect(s.next(c) == "+a@4 +a@5");
        for (auto const start : {1, 2, 3}) {
            auto early = s.store.watch(watch_everything(start));
            if (early) {
                s.refuses(early->next(), error_code::expired, "compacted");
            } else {
                s.refuses(early, error_code::expired, "compacted");
            }
        }
    });
    law("a watch from the compacted revision sees the deletion there (etcd#19179)", maker, report,
        [](auto& s) {
            s.put("a", "1");
            s.erase("a");
            s.put("b", "1");
            s.expect(s.store.compact(3).has_value());
            auto c = s.store.watch(watch_everything(3)).value();
            s.expect(s.next(c) == "-a@3 +b@4");
        });
    law("compacting on a deletion takes no event from a watch that is there (etcd#18089)", maker, report,
        [](auto& s) {
            s.put("a", "1");
            auto c = s.store.watch(watch_everything(0, true)).value();
            s.erase("a");
            s.expect(s.store.compact(3).has_value());
            s.put("a", "2");
            s.expect(s.next(c) == "-a@3 +a@4");
        });
}

template <store_maker F, judge R> auto watchers_left_behind(F const& maker, R& report) -> void {
    law("a watcher left behind is told, for ever", maker, report, [](auto& s) {
        auto behind = s.store.watch(watch_everything()).value();
        auto abreast = s.store.watch(watch_everything()).value();
        s.put("a", "1");
        s.put("a", "2");
        s.put("a", "3");
        s.expect(s.next(abreast) == "+a@2 +a@3 +a@4");
        s.expect(s.store.compact(4).has_value());
        for (auto i = 0; i < 2; ++i) s.refuses(behind.next(), error_code::expired, "compacted");
        s.expect(s.next(abreast).empty());
        s.put("a", "4");
        s.refuses(behind.next(), error_code::expired);
        s.expect(s.next(abreast) == "+a@5");
    });
    law("a deletion that was compacted stays one, however often (etcd#18089)", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("b", "1");
        s.erase("a");
        s.expect(s.store.compact(4).has_value());
        s.put("b", "2");
        s.expect(s.store.compact(5).has_value());
        s.expect(s.keys(everything(5)) == "b" && s.erase("a") == 0);
        auto c = s.store.watch(watch_everything(5)).value();
        s.expect(s.next(c) == "+b@5");
        s.put("a", "2");
        s.expect(s.get("a").version() == 1 && s.next(c) == "+a@6");
    });
    law("a watch of the future survives compactions before it", maker, report, [](auto& s) {
        auto c = s.store.watch(watch_everything(4)).value();
        s.put("a", "1");
        s.put("a", "2");
        s.expect(s.store.compact(3).has_value());
        s.expect(s.next(c).empty());
        s.put("a", "3");
        s.expect(s.next(c) == "+a@4");
    });
    law("a previous pair is right or absent, never wrong", maker, report, [](auto& s) {
        for (auto const* text : {"1", "2", "3"}) s.put("a", text);
        s.expect(s.store.compact(3).has_value());
        auto c = s.store.watch(watch_everything(3, true)).value();
        auto const seen = c.next().value();
        s.expect(seen.size() == 2);
        s.expect(!seen.at(0).previous || seen.at(0).previous.version() == 1);
        s.expect(seen.at(1).previous.version() == 2);
    });
}

} // namespace berth::store::laws
