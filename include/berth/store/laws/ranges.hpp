#pragma once

/// \file
/// Laws of reading and of single writes.

#include <berth/store/laws/scene.hpp>

namespace berth::store::laws {

template <store_maker F, judge R> auto versions(F const& maker, R& report) -> void {
    law("a fresh store is empty and at revision 1", maker, report, [](auto& s) {
        s.expect(s.store.revision() == 1);
        s.expect(s.store.compacted() == 0);
        auto const all = s.range(everything());
        s.expect(all.kvs.empty() && all.count == 0 && !all.more && all.revision == 1);
    });
    law("each put adds one to the revision and to the key's version", maker, report, [](auto& s) {
        s.expect(s.put("a", "1") == 2);
        s.expect(s.put("b", "1") == 3);
        s.expect(s.put("a", "2") == 4);
        auto const a = s.get("a");
        s.expect(a.create_revision() == 2 && a.mod_revision() == 4 && a.version() == 2 && a.lease() == 0);
        s.expect(a.key() == "a" && a.value() == s.value("2"));
        s.expect(s.store.revision() == 4);
    });
    law("a put of the same value is a new version", maker, report, [](auto& s) {
        s.put("a", "1");
        s.expect(s.put("a", "1") == 3);
        s.expect(s.get("a").version() == 2);
    });
    law("a key put again after its deletion begins a new life", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("a", "2");
        s.expect(s.erase("a") == 1);
        s.expect(!s.get("a"));
        s.expect(s.put("a", "3") == 5);
        auto const a = s.get("a");
        s.expect(a.create_revision() == 5 && a.version() == 1);
        s.expect(s.get("a", 3).version() == 2, "the life before can still be read");
        s.expect(!s.get("a", 4), "the time between, too");
    });
    law("a deletion that finds nothing changes nothing", maker, report, [](auto& s) {
        s.put("a", "1");
        s.expect(s.erase("b") == 0);
        s.expect(s.erase("b", "z") == 0);
        s.expect(s.erase("z", "b") == 0, "a range that ends before it begins is empty");
        s.expect(s.store.revision() == 2);
    });
    law("deleting a range is one revision", maker, report, [](auto& s) {
        for (auto const* key : {"a", "b", "c", "d"}) s.put(key, "1");
        s.expect(s.erase("b", "d") == 2);
        s.expect(s.store.revision() == 6);
        s.expect(s.keys(everything()) == "a d");
        s.expect(s.keys(everything(5)) == "a b c d");
    });
}

template <store_maker F, judge R> auto ranges(F const& maker, R& report) -> void {
    law("a range is half-open, ordered by bytes, and unbounded at will", maker, report, [](auto& s) {
        for (auto const* key : {"b", "ab", "a", "c", "\xff", "a\x01"}) s.put(key, "1");
        s.expect(s.keys({.key = "a"}) == "a");
        s.expect(s.keys({.key = "a", .range_end = "b"}) == "a a\x01 ab");
        s.expect(s.keys({.key = "a", .range_end = "a"}).empty());
        s.expect(s.keys({.key = "c", .range_end = "a"}).empty());
        s.expect(s.keys({.key = "b", .range_end = std::string{unbounded}}) == "b c \xff");
        s.expect(s.keys(everything()) == "a a\x01 ab b c \xff");
        s.expect(s.keys({.key = "a", .range_end = prefix_end("a")}) == "a a\x01 ab");
        s.expect(s.keys({.key = "\xff", .range_end = prefix_end("\xff")}) == "\xff");
        s.expect(s.keys({.key = "nothing", .range_end = prefix_end("nothing")}).empty());
    });
    law("a key may hold any bytes", maker, report, [](auto& s) {
        auto const odd = std::string{"\0a\0", 3};
        s.put(odd, "1");
        s.expect(s.get(odd).key() == odd);
        s.expect(s.range({.key = std::string{smallest_key}}).count == 0);
    });
}

template <store_maker F, judge R> auto counts(F const& maker, R& report) -> void {
    law("a limit cuts the keys but not the count", maker, report, [](auto& s) {
        for (auto const* key : {"a", "b", "c", "d"}) s.put(key, "1");
        auto q = everything();
        q.limit = 2;
        auto const two = s.range(q);
        s.expect(two.kvs.size() == 2 && two.more && two.count == 4);
        q.limit = 4;
        auto const four = s.range(q);
        s.expect(four.kvs.size() == 4 && !four.more && four.count == 4);
        q.limit = -1;
        s.expect(s.range(q).kvs.size() == 4, "a negative limit is none");
        q = {.key = "c", .range_end = std::string{unbounded}, .limit = 1};
        auto const rest = s.range(q);
        s.expect(rest.kvs.size() == 1 && rest.count == 2 && rest.more, "a later page counts what is left");
    });
    law("a count at a past revision is of that time", maker, report, [](auto& s) {
        for (auto const* key : {"a", "b", "c", "d"}) s.put(key, "1");
        s.erase("b");
        s.put("e", "1");
        s.put("a", "2");
        for (auto const limit : {0, 1, 2}) {
            auto const past = s.range({.key = "a", .range_end = "z", .revision = 5, .limit = limit});
            s.expect(past.count == 4);
            auto const later = s.range({.key = "a", .range_end = "z", .revision = 6, .limit = limit});
            s.expect(later.count == 3);
        }
        s.expect(s.range({.key = "b", .range_end = "d", .revision = 4, .count_only = true}).count == 2);
        s.expect(s.range({.key = "b", .range_end = "d", .count_only = true}).count == 1);
    });
    law("keys only leaves the values out and nothing else", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("a", "2");
        auto q = everything();
        q.keys_only = true;
        auto const found = s.range(q);
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        s.expect(found.count == 1 && found.kvs.size() == 1 && found.kvs[0].value() == value_type{});
        s.expect(found.kvs[0].key() == "a" && found.kvs[0].version() == 2 &&
                 found.kvs[0].mod_revision() == 3);
    });
    law("count only returns no keys", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("b", "1");
        auto q = everything();
        q.count_only = true;
        q.limit = 1;
        auto const found = s.range(q);
        s.expect(found.kvs.empty() && found.count == 2 && !found.more);
    });
}

template <store_maker F, judge R> auto reads_of_the_past(F const& maker, R& report) -> void {
    law("every revision can be read as it was", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("b", "1");
        s.erase("a");
        s.put("a", "2");
        s.expect(s.keys(everything(1)).empty());
        s.expect(s.keys(everything(2)) == "a");
        s.expect(s.keys(everything(3)) == "a b");
        s.expect(s.keys(everything(4)) == "b");
        s.expect(s.keys(everything(5)) == "a b");
        s.expect(s.range(everything(2)).revision == 5, "the answer carries the store's present revision");
        s.expect(s.get("a", 3).value() == s.value("1"));
    });
    law("what was read stays as it was", maker, report, [](auto& s) {
        s.put("a", "1");
        auto const before = s.get("a");
        s.put("a", "2");
        s.erase("a");
        s.expect(s.store.compact(4).has_value());
        s.expect(before.key() == "a" && before.value() == s.value("1") && before.version() == 1);
    });
    law("a future revision cannot be read", maker, report, [](auto& s) {
        s.refuses(s.store.range(everything(2)), error_code::future_revision,
                  "mvcc: required revision is a future revision");
        s.expect(s.store.range(everything(1)).has_value());
    });
    law("an empty key is refused and changes nothing", maker, report, [](auto& s) {
        constexpr auto words = "key is not provided";
        s.refuses(s.store.range({.key = ""}), error_code::bad_request, words);
        s.refuses(s.store.range({.key = "", .range_end = "z"}), error_code::bad_request, words);
        s.refuses(store::put(s.store, "", s.value("1")), error_code::bad_request, words);
        s.refuses(store::erase(s.store, ""), error_code::bad_request, words);
        s.expect(s.store.revision() == 1);
    });
}

} // namespace berth::store::laws
