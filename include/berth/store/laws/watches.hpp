#pragma once

/// \file
/// Laws of watches, named cases among them: the watch bugs that etcd had (its `tests/robustness/README.md`).

#include <berth/store/laws/scene.hpp>

#include <string>

namespace berth::store::laws {

template <store_maker F, judge R> auto watches(F const& maker, R& report) -> void {
    law("a watch from now sees what happens next, in order", maker, report, [](auto& s) {
        s.put("a", "1");
        auto c = s.store.watch(watch_everything()).value();
        s.expect(s.next(c).empty());
        s.put("b", "1");
        s.erase("a");
        s.put("a", "2");
        s.expect(s.next(c) == "+b@3 -a@4 +a@5");
        s.expect(s.next(c).empty(), "and each event once");
    });
    law("a watch from a revision sees everything from there on", maker, report, [](auto& s) {
        s.put("a", "1");
        s.put("a", "2");
        s.put("b", "1");
        for (auto const start : {1, 2}) {
            auto c = s.store.watch(watch_everything(start)).value();
            s.expect(s.next(c) == "+a@2 +a@3 +b@4");
        }
        auto late = s.store.watch(watch_everything(4)).value();
        s.expect(s.next(late) == "+b@4");
    });
    law("a watch sees the keys of its range only", maker, report, [](auto& s) {
        auto one = s.store.watch({.key = "b"}).value();
        auto prefix = s.store.watch({.key = "b", .range_end = prefix_end("b")}).value();
        auto from = s.store.watch({.key = "b", .range_end = std::string{unbounded}}).value();
        for (auto const* key : {"a", "b", "ba", "c"}) s.put(key, "1");
        s.expect(s.next(one) == "+b@3");
        s.expect(s.next(prefix) == "+b@3 +ba@4");
        s.expect(s.next(from) == "+b@3 +ba@4 +c@5");
    });
}

template <store_maker F, judge R> auto watched_events(F const& maker, R& report) -> void {
    law("filters leave out puts or deletions", maker, report, [](auto& s) {
        auto request = watch_everything();
        request.skip_puts = true;
        auto deletions = s.store.watch(request).value();
        request.skip_puts = false;
        request.skip_deletes = true;
        auto puts = s.store.watch(request).value();
        s.put("a", "1");
        s.erase("a");
        s.expect(s.next(deletions) == "-a@3");
        s.expect(s.next(puts) == "+a@2");
        s.expect(puts.progress() == 3, "what is left out is progress, too");
    });
    law("an event carries what was written and, if asked, what was there before", maker, report, [](auto& s) {
        auto c = s.store.watch(watch_everything(0, true)).value();
        s.put("a", "1");
        s.put("a", "2");
        s.erase("a");
        s.put("a", "3");
        auto const seen = c.next().value();
        s.expect(seen.size() == 4);
        s.expect(seen[0].is_create() && !seen[0].previous && seen[0].kv.value() == s.value("1"));
        s.expect(!seen[1].is_create() && seen[1].previous.value() == s.value("1") &&
                 seen[1].kv.version() == 2);
        s.expect(seen[2].type == event_type::erase && seen[2].previous.value() == s.value("2"));
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        s.expect(seen[2].kv.key() == "a" && seen[2].kv.mod_revision() == 4 &&
                 seen[2].kv.create_revision() == 0 && seen[2].kv.version() == 0 &&
                 seen[2].kv.value() == value_type{});
        s.expect(seen[3].is_create() && !seen[3].previous && seen[3].kv.version() == 1);
    });
    law("previous pairs come only if asked for", maker, report, [](auto& s) {
        auto c = s.store.watch(watch_everything()).value();
        s.put("a", "1");
        s.put("a", "2");
        auto const seen = c.next().value();
        s.expect(seen.size() == 2 && !seen[1].previous);
    });
    law("the events of one revision stay together", maker, report, [](auto& s) {
        using value_type = typename std::remove_reference_t<decltype(s)>::value_type;
        auto c = s.store.watch(watch_everything()).value();
        auto t = txn<value_type>{};
        for (auto i = 100; i < 228; ++i)
            t.then.emplace_back(put_request<value_type>{.key = std::to_string(i), .value = s.value("1")});
        for (auto round = 0; round < 20; ++round) s.expect(s.commit(t).has_value());
        s.erase("1", "3");
        auto total = std::size_t{0};
        for (auto seen = c.next().value(); !seen.empty(); seen = c.next().value()) {
            s.expect(seen.size() % 128 == 0, "a revision was divided");
            s.expect(seen.back().kv.mod_revision() == c.progress(), "progress is where the events end");
            total += seen.size();
        }
        s.expect(total == 128 * 21);
    });
    law("a watch with a negative start is refused", maker, report,
        [](auto& s) { s.refuses(s.store.watch(watch_everything(-1)), error_code::bad_request); });
}

template <store_maker F, judge R> auto progress(F const& maker, R& report) -> void {
    law("progress never passes an event that was not delivered (etcd#15220)", maker, report, [](auto& s) {
        auto c = s.store.watch({.key = "a"}).value();
        s.expect(c.progress() == 1);
        s.put("a", "1");
        s.put("b", "1");
        s.expect(c.progress() == 1, "what nobody has pulled is not delivered");
        s.expect(s.next(c) == "+a@2");
        s.expect(c.progress() >= 2 && c.progress() <= 3);
        s.expect(s.next(c).empty());
        s.expect(c.progress() == 3, "other keys' changes are progress, too");
        auto const idle = c.progress();
        s.expect(s.next(c).empty() && c.progress() == idle);
    });
    law("a watch resumed after its progress neither repeats nor skips (etcd#17247)", maker, report,
        [](auto& s) {
            for (auto i = 0; i < 12; ++i) s.put(i % 3 == 0 ? "other" : "a", std::to_string(i));
            auto const whole = [&] {
                auto c = s.store.watch({.key = "a", .start = 1}).value();
                return s.next(c);
            }();
            for (auto cut = revision_number{1}; cut <= s.store.revision(); ++cut) {
                auto text = std::string{};
                auto first = s.store.watch({.key = "a", .start = 1}).value();
                auto const seen = first.next().value();
                for (auto const& e : seen) {
                    if (e.kv.mod_revision() <= cut) text += "+a@" + std::to_string(e.kv.mod_revision()) + " ";
                }
                auto second = s.store.watch({.key = "a", .start = cut + 1}).value();
                s.expect(second.progress() == cut);
                text += s.next(second);
                if (!text.empty() && text.back() == ' ') text.pop_back();
                s.expect(text == whole, "cut after revision " + std::to_string(cut));
            }
        });
}

template <store_maker F, judge R> auto one_way(F const& maker, R& report) -> void {
    law("no watch goes back in time, however often it is opened again (etcd#15271)", maker, report,
        [](auto& s) {
            auto open = [&](revision_number start) {
                return s.store.watch({.key = "a", .range_end = "c", .start = start}).value();
            };
            auto c = open(1);
            auto last = revision_number{0};
            auto total = std::size_t{0};
            for (auto i = 0; i < 60; ++i) {
                s.put(i % 3 == 2 ? "z" : i % 3 == 1 ? "b" : "a", std::to_string(i));
                if (i % 11 == 10 && c.progress() > s.store.compacted())
                    s.expect(s.store.compact(c.progress()).has_value());
                if (i % 4 == 3) c = open(c.progress() + 1);
                s.expect(c.progress() >= last, "progress went back");
                if (i % 5 != 4) continue;
                auto const seen = c.next().value();
                for (auto const& e : seen) {
                    s.expect(e.kv.mod_revision() > last, "an event came again, or late");
                    last = e.kv.mod_revision();
                }
                total += seen.size();
            }
            for (auto seen = c.next().value(); !seen.empty(); seen = c.next().value()) total += seen.size();
            s.expect(total == 40 && c.progress() == 61);
        });
    law("a watch that was told of the gap starts again behind it and goes on", maker, report, [](auto& s) {
        auto c = s.store.watch(watch_everything()).value();
        for (auto i = 0; i < 8; ++i) s.put("a", std::to_string(i));
        s.expect(s.store.compact(6).has_value());
        auto again = s.store.watch(watch_everything(s.store.compacted())).value();
        s.expect(s.next(again) == "+a@6 +a@7 +a@8 +a@9");
    });
}

template <store_maker F, judge R> auto patience(F const& maker, R& report) -> void {
    law("a watch of the future is silent until then (etcd#20221)", maker, report, [](auto& s) {
        auto c = s.store.watch(watch_everything(4)).value();
        s.expect(c.progress() == 3, "it claims no more and no less than its start");
        s.put("a", "1");
        s.expect(s.next(c).empty() && c.progress() == 3);
        s.put("a", "2");
        s.expect(s.next(c).empty() && c.progress() == 3);
        s.put("a", "3");
        s.expect(s.next(c) == "+a@4");
        s.expect(c.progress() == 4);
    });
    law("a slow watcher misses nothing while others run ahead (etcd#17529)", maker, report, [](auto& s) {
        auto slow = s.store.watch(watch_everything()).value();
        auto quick = s.store.watch(watch_everything()).value();
        auto quick_total = std::size_t{0};
        for (auto i = 0; i < 5'000; ++i) {
            s.put("k" + std::to_string(i % 7), "1");
            if (i % 50 == 0) quick_total += quick.next().value().size();
        }
        auto const drain = [&](auto& c) {
            auto n = std::size_t{0};
            auto last = revision_number{0};
            for (auto seen = c.next().value(); !seen.empty(); seen = c.next().value()) {
                n += seen.size();
                for (auto const& e : seen) {
                    s.expect(last == 0 || e.kv.mod_revision() == last + 1);
                    last = e.kv.mod_revision();
                }
            }
            return n;
        };
        s.expect(drain(slow) == 5'000);
        s.expect(quick_total + drain(quick) == 5'000);
    });
}

template <store_maker F, judge R> auto wake_ups(F const& maker, R& report) -> void {
    law("whoever looked at the store is woken by the next change", maker, report, [](auto& s) {
        auto calls = 0;
        auto const count = waker{[](void* p) { ++*static_cast<int*>(p); }, &calls};
        auto const subscription = s.store.changed().subscribe(count);
        auto c = s.store.watch(watch_everything()).value();
        for (auto i = 1; i <= 3; ++i) {
            while (!c.next().value().empty()) {}
            s.put("a", std::to_string(i));
            s.expect(calls >= i);
        }
        auto const before = calls;
        static_cast<void>(s.store.range(everything()));
        s.put("a", "4");
        s.expect(calls > before, "a range is a look");
        auto const then = calls;
        static_cast<void>(s.store.revision());
        s.erase("nothing");
        s.put("a", "5");
        s.expect(calls > then, "so is the revision");
    });
}

} // namespace berth::store::laws
