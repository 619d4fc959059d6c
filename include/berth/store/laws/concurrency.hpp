#pragma once

/// \file
/// Laws of several threads: commits have an order, and everybody sees that one. Run them under a thread
/// sanitizer too.

#include <berth/store/laws/scene.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace berth::store::laws {

/// How many work, and how much each does.
struct crowd {
    std::size_t writers = 3;
    std::size_t watchers = 3;
    std::size_t writes = 400; ///< by each writer
};

namespace detail {

/// What one watcher saw: the key, revision and version of each event.
struct sighting {
    std::string key;
    revision_number mod = 0;
    std::int64_t version = 0;
    friend auto operator==(sighting const&, sighting const&) -> bool = default;
};

/// Adds one to the shared key's version `times` times, each time on the revision that was read last, and
/// writes a key of its own in between. Returns how often another was faster.
template <class Scene> auto write_in_turns(Scene& s, std::string const& own, std::size_t times)
    -> std::size_t {
    auto lost = std::size_t{0};
    for (std::size_t done = 0; done < times;) {
        auto const seen = store::get(s.store, "shared").value();
        if (put_if(s.store, "shared", seen.mod_revision(), s.value("1")).value().succeeded) {
            ++done;
            static_cast<void>(store::put(s.store, own, s.value("1")));
        } else {
            ++lost;
        }
    }
    return lost;
}

/// Pulls until a revision is reached that `last` names once it is above 0.
template <class Cursor> auto follow(Cursor c, std::atomic<revision_number> const& last)
    -> std::vector<sighting> {
    auto out = std::vector<sighting>{};
    while (last.load() == 0 || c.progress() < last.load()) {
        auto const seen = c.next();
        if (!seen) break;
        for (auto const& e : *seen)
            out.push_back({std::string{e.kv.key()}, e.kv.mod_revision(), e.kv.version()});
        if (seen->empty()) std::this_thread::yield();
    }
    return out;
}

/// Reads the newest state, then the same revision again: true if nothing differs, until `stop`.
template <class Store> auto reads_are_stable(Store const& store, std::atomic<bool> const& stop) -> bool {
    auto good = true;
    auto last = revision_number{0};
    while (!stop.load() && good) {
        auto const now = store.range(everything()).value();
        auto again = store.range(everything(now.revision)).value();
        again.revision = now.revision;
        good = now == again && now.revision >= last && store.revision() >= now.revision;
        for (auto const& kv : now.kvs) good = good && kv.mod_revision() <= now.revision;
        last = now.revision;
    }
    return good;
}

/// Pulls when woken, until a put of a version has come; false if nobody has woken it for long.
template <class Cursor> auto sleep_until_version(Cursor& cursor, std::int64_t wanted) -> bool {
    struct {
        std::mutex mutex;
        std::condition_variable called;
        bool is_awake = false;
    } bed;
    cursor.on_wake({[](void* p) {
                        auto& b = *static_cast<decltype(bed)*>(p);
                        auto const lock = std::scoped_lock(b.mutex);
                        b.is_awake = true;
                        b.called.notify_one();
                    },
                    &bed});
    auto version = std::int64_t{0};
    while (true) {
        for (auto seen = cursor.next(); seen && !seen->empty(); seen = cursor.next())
            version = std::max(version, seen->back().kv.version());
        if (version >= wanted) break;
        auto lock = std::unique_lock(bed.mutex);
        if (!bed.called.wait_for(lock, std::chrono::seconds(20), [&] { return bed.is_awake; })) break;
        bed.is_awake = false;
    }
    cursor.on_wake({});
    return version >= wanted;
}

} // namespace detail

template <store_maker F, judge R> auto concurrent_writes(F const& maker, R& report, crowd const& who = {})
    -> void {
    law("writers, readers and watchers on many threads agree on one history", maker, report, [&](auto& s) {
        auto last = std::atomic<revision_number>{0};
        auto stop = std::atomic<bool>{false};
        auto stable = false;
        auto seen = std::vector<std::vector<detail::sighting>>(who.watchers);
        {
            auto others = std::vector<std::jthread>{};
            for (auto& mine : seen) {
                others.emplace_back([&mine, &last, c = s.store.watch(watch_everything()).value()]() mutable {
                    mine = detail::follow(std::move(c), last);
                });
            }
            others.emplace_back([&] { stable = detail::reads_are_stable(s.store, stop); });
            {
                auto writers = std::vector<std::jthread>{};
                for (std::size_t i = 0; i < who.writers; ++i)
                    writers.emplace_back(
                        [&, i] { detail::write_in_turns(s, "own" + std::to_string(i), who.writes); });
            }
            last = s.store.revision();
            stop = true;
        }
        s.expect(stable, "a read of one revision changed");
        auto const total = who.writers * who.writes;
        s.expect(s.get("shared").version() == static_cast<std::int64_t>(total), "an update was lost");
        s.expect(s.store.revision() == static_cast<revision_number>(2 * total) + 1,
                 "a revision was lost or doubled");
        for (auto const& mine : seen) s.expect(mine == seen[0], "two watchers saw different histories");
        auto expected = revision_number{2};
        for (auto const& e : seen[0]) s.expect(e.mod == expected++, "a revision was skipped or repeated");
        s.expect(expected == s.store.revision() + 1, "the last events are missing");
    });
}

template <store_maker F, judge R>
auto concurrent_compaction(F const& maker, R& report, crowd const& who = {}) -> void {
    law("compaction beside writers and watchers loses nothing that it may not", maker, report, [&](auto& s) {
        auto stop = std::atomic<bool>{false};
        auto good = std::atomic<bool>{true};
        {
            auto compactor = std::jthread([&] {
                while (!stop.load()) {
                    if (auto const now = s.store.revision(); now > s.store.compacted() + 20)
                        good = good && s.store.compact(now - 10).has_value();
                    std::this_thread::yield();
                }
            });
            auto watcher = std::jthread([&] {
                auto c = s.store.watch(watch_everything()).value();
                while (!stop.load()) {
                    auto const before = c.progress();
                    auto const got = c.next();
                    if (!got) {
                        good = good && s.store.compacted() > before + 1;
                        c = s.store.watch(watch_everything()).value();
                    } else if (!got->empty()) {
                        good = good && got->front().kv.mod_revision() == before + 1;
                    }
                }
            });
            auto writers = std::vector<std::jthread>{};
            for (std::size_t i = 0; i < who.writers; ++i) {
                writers.emplace_back([&, i] {
                    for (std::size_t n = 0; n < who.writes; ++n) {
                        auto const key = "k" + std::to_string((n + i) % 5);
                        if (n % 7 == 3) static_cast<void>(store::erase(s.store, key));
                        else static_cast<void>(store::put(s.store, key, s.value("1")));
                    }
                });
            }
            writers.clear();
            stop = true;
        }
        s.expect(good, "a compaction failed, or a watcher saw a gap without being told");
    });
}

template <store_maker F, judge R> auto fresh_reads(F const& maker, R& report, crowd const& who = {}) -> void {
    law("whoever begins after a write has ended sees it (etcd#20418)", maker, report, [&](auto& s) {
        auto written = std::atomic<revision_number>{1};
        auto stop = std::atomic<bool>{false};
        auto good = std::atomic<bool>{true};
        auto const read = [&] {
            for (auto round = 0; !stop.load(); ++round) {
                auto const floor = written.load();
                if (round % 3 == 0) good = good && s.store.revision() >= floor;
                if (round % 3 == 1) {
                    auto const seen = s.store.range({.key = "a"}).value();
                    good = good && seen.revision >= floor &&
                           (floor == 1 || seen.kvs.at(0).mod_revision() >= floor);
                }
                if (round % 3 == 2) good = good && s.store.watch({.key = "a"}).value().progress() >= floor;
            }
        };
        {
            auto readers = std::vector<std::jthread>{};
            for (std::size_t i = 0; i < who.watchers; ++i) readers.emplace_back(read);
            for (std::size_t n = 0; n < who.writes; ++n) written = s.put("a", "1");
            stop = true;
        }
        s.expect(good, "somebody read the past");
    });
}

/// Each watcher sleeps until it is woken, and must have seen its own key's last write in the end.
template <store_maker F, judge R> auto lost_wakes(F const& maker, R& report, crowd const& who = {}) -> void {
    law("no wake is lost, whoever writes when somebody goes to sleep", maker, report, [&](auto& s) {
        auto complete = std::atomic<std::size_t>{0};
        {
            auto watchers = std::vector<std::jthread>{};
            for (std::size_t i = 0; i < who.watchers; ++i) {
                watchers.emplace_back(
                    [&complete, &who, c = s.store.watch({.key = "k" + std::to_string(i)}).value()]() mutable {
                        auto const total = static_cast<std::int64_t>(who.writers * who.writes);
                        if (detail::sleep_until_version(c, total)) ++complete;
                    });
            }
            auto writers = std::vector<std::jthread>{};
            for (std::size_t i = 0; i < who.writers; ++i) {
                writers.emplace_back([&] {
                    for (std::size_t n = 0; n < who.writes * who.watchers; ++n)
                        s.put("k" + std::to_string(n % who.watchers), "1");
                });
            }
        }
        s.expect(complete == who.watchers, "somebody was not woken");
    });
}

template <store_maker F, judge R> auto concurrency(F const& maker, R& report, crowd const& who = {}) -> void {
    concurrent_writes(maker, report, who);
    concurrent_compaction(maker, report, who);
    fresh_reads(maker, report, who);
    lost_wakes(maker, report, who);
}

} // namespace berth::store::laws
