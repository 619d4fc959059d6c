#pragma once

/// \file
/// Records what several threads do to a store and what several watchers see meanwhile, and judges it: the
/// calls must be linearizable, and each watch must tell the story of the commits.

#include "store/calls.hpp"
#include "store/linearizability.hpp"

#include <berth/core/random.hpp>
#include <berth/store/laws/histories.hpp>
#include <berth/store/memory.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace berth::tests {

/// Who does how much.
struct recording_plan {
    std::uint64_t seed = 1;
    std::size_t workers = 4;
    std::size_t watchers = 4;
    std::size_t calls = 300;   ///< by each worker
    bool compacts = true;      ///< whether some calls are compactions
    std::size_t patience = 60; ///< seconds that a watch may take to catch up in the end
};

/// One life of one cursor.
struct watch_record {
    struct pull {
        std::vector<store::event<std::string>> events;
        store::revision_number progress = 0;
    };
    store::watch_request asked{};
    store::revision_number begin = 0; ///< its progress at first
    std::vector<pull> pulls{};
    bool ended = false; ///< whether it was told of a compaction, rightly
};

struct recording {
    timed_history<store_call> calls{};
    std::vector<watch_record> watches{};
    std::vector<std::string> complaints{}; ///< of watchers
    store::revision_number last = 0;       ///< the revision in the end
};

namespace detail {

/// Draws calls that do not read the past.
class call_source {
public:
    explicit call_source(std::uint64_t seed) : source_(maker, seed) { source_.reads_the_past = false; }

    [[nodiscard]] auto draw(store::revision_number now, bool compacts) -> request {
        source_.leases = {1, 2};
        auto const lease = source_.lease();
        switch (source_.draw.below(24)) {
        case 0: return store::lease_request{.ttl = 100'000, .id = lease == 0 ? 1 : lease};
        case 1: return source_.chance(2) ? request{revoke_call{lease}} : revision_call{};
        case 2: return time_to_live_call{.id = lease, .with_keys = source_.chance(2)};
        case 3: return source_.chance(3) ? request{leases_call{}} : request{keep_alive_call{lease}};
        case 4: return revision_call{};
        case 5:
            if (compacts)
                return compact_call{now - static_cast<store::revision_number>(source_.draw.below(20))};
            return revision_call{};
        case 6:
        case 7:
        case 8:
        case 9: return source_.range(now);
        case 10:
        case 11:
        case 12:
        case 13:
        case 14: {
            auto t = text_txn{};
            t.then.emplace_back(
                store::put_request<std::string>{.key = source_.key(), .value = source_.value()});
            return t;
        }
        default: return source_.transaction(now, 1);
        }
    }
    [[nodiscard]] auto watch() -> store::watch_request {
        auto out = source_.watch(0);
        out.start = 0;
        if (source_.chance(3)) out.range_end = store::unbounded;
        return out;
    }
    [[nodiscard]] auto chance(std::uint64_t one_in) -> bool { return source_.chance(one_in); }

private:
    static constexpr auto maker = store::laws::fresh<store::memory<std::string>>{};
    store::laws::request_source<store::laws::fresh<store::memory<std::string>>> source_;
};

/// The revision that an answer tells, or what was known before.
inline auto revision_in(result<answer> const& said, store::revision_number known) -> store::revision_number {
    if (!said) return known;
    if (auto const* r = std::get_if<store::range_reply<std::string>>(&*said)) return r->revision;
    if (auto const* t = std::get_if<store::txn_reply<std::string>>(&*said)) return t->revision;
    return known;
}

/// Makes random calls and notes when each began and ended. A call that timed out has an unknown outcome, one
/// that found nobody there did not happen.
template <class Store>
auto work(Store& s, std::atomic<std::uint64_t>& time, recording_plan const& plan, std::uint64_t seed)
    -> timed_history<store_call> {
    auto out = timed_history<store_call>{};
    auto source = call_source{seed};
    auto known = store::revision_number{1};
    for (std::size_t i = 0; i < plan.calls; ++i) {
        auto one = interval<store_call>{.call = {.asked = source.draw(known, plan.compacts)}};
        one.begun = ++time;
        auto said = ask(s, one.call.asked);
        auto const ended = ++time;
        if (!said && said.error().code == error_code::unavailable) continue;
        known = revision_in(said, known);
        if (said || said.error().code != error_code::timeout) {
            one.ended = ended;
            one.call.said = std::move(said);
        }
        out.push_back(std::move(one));
    }
    return out;
}

/// Follows a range to the end, with one cursor after the other.
template <class Store> class follower {
public:
    follower(Store& s, std::uint64_t seed) : store_(s), source_(seed) { asked_ = source_.watch(); }

    /// Until `last` names a revision that is reached.
    auto run(std::atomic<store::revision_number> const& last, std::size_t patience) -> void {
        auto deadline = std::chrono::steady_clock::time_point::max();
        while (complaint.empty()) {
            auto made = store_.watch(asked_);
            if (made) follow(*made, last, deadline, patience);
            else if (made.error().code != error_code::expired) complaint = "a watch: " + made.error().message;
            if (reached_) return;
            auto const next = std::max(store_.compacted(), records.empty() ? 0 : end_of(records.back()) + 1);
            asked_.start = next;
        }
    }

    std::vector<watch_record> records{};
    std::string complaint{};

private:
    [[nodiscard]] static auto end_of(watch_record const& r) -> store::revision_number {
        return r.pulls.empty() ? r.begin : r.pulls.back().progress;
    }

    template <class Cursor, class Time>
    auto follow(Cursor& c, std::atomic<store::revision_number> const& last, Time& deadline,
                std::size_t patience) -> void {
        auto& mine = records.emplace_back(watch_record{.asked = asked_, .begin = c.progress()});
        for (auto done = false; !done; done = source_.chance(mine.pulls.back().events.empty() ? 400 : 12)) {
            auto seen = c.next();
            if (!seen) {
                mine.ended = true;
                if (seen.error().code != error_code::expired || end_of(mine) + 1 >= store_.compacted())
                    complaint = "a watch broke off: " + seen.error().message;
                return;
            }
            auto const idle = seen->empty();
            mine.pulls.push_back({*std::move(seen), c.progress()});
            if (last.load() > 0 && c.progress() >= last.load()) {
                reached_ = true;
                return;
            }
            if (idle) rest(last, deadline, patience);
        }
    }

    template <class Time>
    auto rest(std::atomic<store::revision_number> const& last, Time& deadline, std::size_t patience) -> void {
        std::this_thread::yield();
        if (last.load() == 0) return;
        auto const now = std::chrono::steady_clock::now();
        if (deadline == Time::max()) deadline = now + std::chrono::seconds(patience);
        if (now > deadline) complaint = "a watch does not catch up";
    }

    Store& store_;
    call_source source_;
    store::watch_request asked_{};
    bool reached_ = false;
};

} // namespace detail

/// Lets workers and watchers loose on a fresh store.
template <class Store> auto record(Store& s, recording_plan const& plan) -> recording {
    auto out = recording{};
    auto time = std::atomic<std::uint64_t>{0};
    auto last = std::atomic<store::revision_number>{0};
    auto followers = std::vector<detail::follower<Store>>{};
    for (std::size_t i = 0; i < plan.watchers; ++i) followers.emplace_back(s, plan.seed * 1'000 + i);
    {
        auto watching = std::vector<std::jthread>{};
        for (auto& f : followers) watching.emplace_back([&] { f.run(last, plan.patience); });
        auto parts = std::vector<timed_history<store_call>>(plan.workers);
        {
            auto working = std::vector<std::jthread>{};
            for (std::size_t i = 0; i < plan.workers; ++i) {
                working.emplace_back(
                    [&, i] { parts[i] = detail::work(s, time, plan, plan.seed * 2'000'003 + i); });
            }
        }
        for (auto& part : parts) out.calls.insert(out.calls.end(), part.begin(), part.end());
        last = s.revision();
    }
    out.last = last;
    for (auto& f : followers) {
        if (!f.complaint.empty()) out.complaints.push_back(f.complaint);
        out.watches.insert(out.watches.end(), f.records.begin(), f.records.end());
    }
    return out;
}

/// What is wrong with one life of a cursor, when `truth` is what happened; empty if nothing is. An event's
/// previous pair may be missing if it was compacted.
inline auto complaint_of(watch_record const& w, store::laws::model<std::string> const& truth) -> std::string {
    if (w.asked.start > 0 && w.begin != w.asked.start - 1) return "a watch begins elsewhere";
    auto at = w.begin;
    for (auto const& p : w.pulls) {
        if (p.progress < at) return "progress went back";
        if (p.progress > truth.revision()) return "progress ran ahead of the store";
        auto const expected = truth.events(w.asked, at + 1, p.progress);
        auto const where = " in revisions " + std::to_string(at + 1) + " to " + std::to_string(p.progress);
        if (p.events.size() != expected.size()) return "events are missing, or too many," + where;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            auto const& seen = p.events[i];
            if (seen.type != expected[i].type || seen.kv != expected[i].kv) return "a wrong event" + where;
            auto const forgotten = !seen.previous && seen.kv.mod_revision() <= truth.compacted();
            if (!forgotten && seen.previous != expected[i].previous) return "a wrong previous pair" + where;
        }
        at = p.progress;
    }
    return {};
}

/// What is wrong with a recording; nothing, if the store is right.
[[nodiscard]] inline auto judge_recording(recording const& r) -> std::vector<std::string> {
    auto out = r.complaints;
    auto const found = linearize(store_model{}, r.calls);
    if (!found.exists) {
        out.push_back("the calls have no order: it ends after " + std::to_string(found.order.size()) +
                      " of " + std::to_string(r.calls.size()));
        return out;
    }
    auto truth = store::laws::model<std::string>{};
    for (auto const which : found.order) static_cast<void>(ask(truth, r.calls[which].call.asked));
    if (truth.revision() != r.last) out.push_back("the last revision is another one");
    for (auto const& w : r.watches) {
        if (auto text = complaint_of(w, truth); !text.empty()) out.push_back(std::move(text));
    }
    return out;
}

} // namespace berth::tests
