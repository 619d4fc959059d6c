#pragma once

/// \file
/// Laws of watches that have a waker: a write wakes those whom it concerns, and nobody else. That no wake is
/// lost between threads is checked in `laws/concurrency.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/step.hpp>
#include <berth/store/laws/scene.hpp>

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

namespace berth::store::laws {

/// A waker that counts.
struct count_of_calls {
    std::atomic<int> calls{0};

    [[nodiscard]] auto waker_of() -> waker;
};

/// Takes all that there is, until nothing has come and nobody has called meanwhile.
inline constexpr auto take_all = [](auto& cursor, count_of_calls const& count) {
    auto before = 0;
    do {
        before = count.calls.load();
        while (!cursor.next().value().empty()) {}
    } while (count.calls != before);
};

template <store_maker F, judge R> auto wakers_of_ranges(F const& maker, R& report) -> void {
    law("a watch with a waker is woken by a write in its range, and by no other", maker, report,
        [&](auto& s) {
            struct follower {
                watch_request asked;
                std::string_view keys; ///< that wake it, each a letter
            };
            auto const followers = std::vector<follower>{
                {{.key = "b"}, "b"},
                {{.key = "b", .range_end = "d"}, "bc"},
                {{.key = "c", .range_end = "e"}, "cd"},
                {{.key = "b", .range_end = std::string{unbounded}}, "bcd"},
                {{.key = "a", .range_end = "b"}, "a"},
                {watch_everything(), "abcd"},
            };
            for (auto const& f : followers) {
                auto cursor = s.store.watch(f.asked).value();
                auto count = count_of_calls{};
                cursor.on_wake(count.waker_of());
                for (auto const* key : {"a", "b", "c", "d", "b"}) {
                    take_all(cursor, count);
                    auto const before = count.calls.load();
                    s.put(key, "1");
                    s.expect((count.calls > before) == f.keys.contains(*key),
                             std::string{key} + " for " + std::string{f.keys});
                }
            }
        });
    law("deletions, transactions and batches wake the watches of their keys", maker, report, [&](auto& s) {
        using txn_type = txn<typename std::remove_reference_t<decltype(s)>::value_type>;
        for (auto const* key : {"a", "b", "c"}) s.put(key, "1");
        auto cursor = s.store.watch({.key = "b"}).value();
        auto count = count_of_calls{};
        cursor.on_wake(count.waker_of());
        auto const wakes = [&](auto write, bool expected, std::string_view what) {
            take_all(cursor, count);
            auto const before = count.calls.load();
            write();
            s.expect((count.calls > before) == expected, what);
        };
        auto const put_of = [&](auto const* key) {
            auto t = txn_type{};
            t.then.emplace_back(put_request{.key = key, .value = s.value("2")});
            return t;
        };
        wakes([&] { s.erase("a"); }, false, "the deletion of another key");
        wakes([&] { s.erase("a", "c"); }, true, "the deletion of a range");
        wakes([&] { s.expect(s.commit(put_of("b")).has_value()); }, true, "a transaction");
        wakes([&] { s.expect(s.commit(put_of("c")).has_value()); }, false, "of another key");
        auto const batch = std::vector<txn_type>{put_of("a"), put_of("b"), put_of("c")};
        wakes([&] { s.expect(s.store.commit(batch)[1].has_value()); }, true, "a batch");
    });
}

template <store_maker F, judge R> auto wakers_that_wait(F const& maker, R& report) -> void {
    law("a waker is called no more when it is taken away, or its cursor has gone", maker, report,
        [&](auto& s) {
            auto count = count_of_calls{};
            auto cursor = s.store.watch({.key = "a"}).value();
            cursor.on_wake(count.waker_of());
            take_all(cursor, count);
            cursor.on_wake({});
            s.put("a", "1");
            {
                auto another = s.store.watch({.key = "a"}).value();
                another.on_wake(count.waker_of());
                take_all(another, count);
            }
            auto const before = count.calls.load();
            s.put("a", "2");
            s.expect(count.calls == before);
            s.expect(s.next(cursor) == "+a@2 +a@3");
        });
    law("a watch is told at once of what came before it had a waker", maker, report, [&](auto& s) {
        auto cursor = s.store.watch({.key = "a"}).value();
        s.put("a", "1");
        auto count = count_of_calls{};
        cursor.on_wake(count.waker_of());
        s.expect(count.calls > 0);
    });
    law("a watch that waits for its waker does not expire by what happens elsewhere", maker, report,
        [&](auto& s) {
            auto cursor = s.store.watch({.key = "a"}).value();
            auto count = count_of_calls{};
            cursor.on_wake(count.waker_of());
            take_all(cursor, count);
            for (auto i = 0; i < 5; ++i) s.put("b", std::to_string(i));
            s.expect(s.store.compact(5).has_value());
            s.expect(cursor.next().value().empty());
            for (auto i = 0; i < 5; ++i) s.put("b", std::to_string(i));
            s.put("a", "1");
            s.expect(s.store.compact(11).has_value());
            s.expect(s.next(cursor) == "+a@12");
        });
}
template <store_maker F, judge R> auto wakers(F const& maker, R& report) -> void {
    wakers_of_ranges(maker, report);
    wakers_that_wait(maker, report);
}

} // namespace berth::store::laws

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/laws/wakers.ipp>
#endif
