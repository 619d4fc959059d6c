/// \file
/// The work queue against a model that is client-go's text on standard containers: every interleaving of
/// three keys and two workers, and random histories with delays.

#include <berth/core/random.hpp>
#include <berth/reconcile/fair_turns.hpp>
#include <berth/reconcile/priority_turns.hpp>
#include <berth/reconcile/queue.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace berth;
using reconcile::back_off;
using reconcile::work_queue;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000'000);

/// client-go's queue and delaying queue (1.36, `util/workqueue/queue.go`, `delaying_queue.go`).
struct model {
    std::deque<int> queue;
    std::set<int> dirty;
    std::set<int> processing;
    std::map<int, std::pair<time_point, int>> waiting; // key -> when, and in which order the wishes were made
    int wishes = 0;

    auto add(int key) -> void {
        if (!dirty.insert(key).second) return;
        if (!processing.contains(key)) queue.push_back(key);
    }
    auto add_at(int key, time_point t) -> void {
        auto const [at, fresh] = waiting.try_emplace(key, t, wishes++);
        if (!fresh && t < at->second.first) at->second.first = t;
    }
    auto get(time_point now) -> std::optional<int> {
        while (true) {
            auto const due =
                std::min_element(waiting.begin(), waiting.end(),
                                 [](auto const& a, auto const& b) { return a.second < b.second; });
            if (due == waiting.end() || due->second.first > now) break;
            add(due->first);
            waiting.erase(due);
        }
        if (queue.empty()) return std::nullopt;
        auto const key = queue.front();
        queue.pop_front();
        processing.insert(key);
        dirty.erase(key);
        return key;
    }
    auto done(int key) -> void {
        processing.erase(key);
        if (dirty.contains(key)) queue.push_back(key);
    }
};

/// The queue, the model, and what two workers are at.
struct pair {
    work_queue<int> queue;
    model expected;
    std::array<std::optional<int>, 2> at_work;

    auto same() const -> bool {
        return queue.size() == expected.queue.size() && queue.processing() == expected.processing.size();
    }
};

/// Tries every continuation of `p`, `depth` operations long. Answers how many histories there were.
auto explore(pair const& p, int depth) -> long {
    if (!p.same()) return -1'000'000'000;
    if (depth == 0) return 1;
    auto histories = 0L;
    for (auto key = 0; key < 3; ++key) {
        auto next = p;
        next.queue.add(key);
        next.expected.add(key);
        histories += explore(next, depth - 1);
    }
    for (auto w = std::size_t{0}; w < 2; ++w) {
        auto next = p;
        auto& mine = next.at_work[w];
        if (mine) {
            next.queue.done(*mine);
            next.expected.done(*std::exchange(mine, std::nullopt));
        } else {
            mine = next.queue.get(start);
            if (mine != next.expected.get(start)) return -1'000'000'000;
            if (mine && p.at_work[1 - w] == mine) return -1'000'000'000;
            if (!mine) continue;
        }
        histories += explore(next, depth - 1);
    }
    return histories;
}

} // namespace

TEST_CASE("in every interleaving of three keys and two workers the queue does what client-go's does") {
    CHECK(explore(pair(), 8) > 50'000);
}

TEST_CASE("with delays, random histories agree with client-go's queue") {
    for (auto seed = std::uint64_t{1}; seed <= 300; ++seed) {
        INFO("seed " << seed);
        auto draw = berth::random_engine(seed);
        auto now = start;
        auto p = pair();
        for (auto step = 0; step < 200; ++step) {
            auto const key = static_cast<int>(draw.below(5));
            auto& mine = p.at_work[draw.below(2)];
            switch (draw.below(5)) {
            case 0:
                p.queue.add(key);
                p.expected.add(key);
                break;
            case 1: {
                auto const t = now + milliseconds(1 + static_cast<std::int64_t>(draw.below(20)));
                p.queue.add_at(key, t);
                p.expected.add_at(key, t);
                break;
            }
            case 2: now = now + milliseconds(static_cast<std::int64_t>(draw.below(10))); break;
            default:
                if (mine) {
                    p.queue.done(*mine);
                    p.expected.done(*std::exchange(mine, std::nullopt));
                } else {
                    mine = p.queue.get(now);
                    REQUIRE(mine == p.expected.get(now));
                }
            }
            REQUIRE(p.same());
            REQUIRE(p.queue.delayed() == p.expected.waiting.size());
        }
    }
}

TEST_CASE("a key that fails waits longer each time, until it is forgotten") {
    auto q = work_queue<std::string>(back_off{milliseconds(10), seconds(1)});
    auto now = start;
    for (auto failures = 0; failures < 3; ++failures) {
        q.add_rate_limited("a", now);
        CHECK(q.next_ready() == now + milliseconds(10 << failures));
        CHECK_FALSE(q.get(now));
        now = *q.next_ready();
        REQUIRE(q.get(now) == "a");
        q.done("a");
    }
    CHECK(q.requeues("a") == 3);
    q.forget("a");
    CHECK(q.requeues("a") == 0);
    q.add_rate_limited("a", now);
    CHECK(q.next_ready() == now + milliseconds(10));
    CHECK(q.counters().retries == 4);
}

TEST_CASE("with jitter, one seed gives one history, whatever the order in which keys fail") {
    auto const waits = [](std::uint64_t seed, bool backwards) {
        auto q = work_queue<int>(reconcile::queue_options{
            .wait = {.base = seconds(1), .max = seconds(100), .jitter = 0.5}, .seed = seed});
        auto out = std::map<int, time_point>();
        for (auto n = 0; n < 20; ++n) {
            auto const k = backwards ? 19 - n : n;
            q.add_rate_limited(k, start);
            out[k] = *q.where_is(k).due;
        }
        return out;
    };
    CHECK(waits(1, false) == waits(1, true));
    CHECK(waits(1, false) != waits(2, false));
    auto different = std::set<std::int64_t>();
    for (auto const& [k, due] : waits(1, false)) {
        CHECK(due > start + milliseconds(499));
        CHECK(due <= start + seconds(1));
        different.insert(due.nanoseconds);
    }
    CHECK(different.size() == 20);
}

TEST_CASE("a limit of retries holds for all keys together, and nothing else is held up by it") {
    auto q = work_queue<int>(reconcile::queue_options{.wait = {milliseconds(1), milliseconds(1)},
                                                      .retries = reconcile::rate_limit{10, 2}});
    for (auto k = 0; k < 5; ++k) q.add_rate_limited(k, start);
    CHECK(q.where_is(1).due == start + milliseconds(1));
    CHECK(q.where_is(2).due == start + milliseconds(100));
    CHECK(q.where_is(4).due == start + milliseconds(300));
    q.add(9);
    CHECK(q.get(start) == 9);
    q.add_rate_limited(7, start + seconds(10), {}, seconds(3));
    CHECK(q.where_is(7).due == start + seconds(13));
}

TEST_CASE("to look again later is no failure, and forgets none") {
    auto q = work_queue<int>(back_off{milliseconds(10), seconds(1)});
    q.add_rate_limited(1, start);
    q.add_rate_limited(1, start);
    for (auto n = 0; n < 5; ++n) {
        auto const now = start + seconds(60 * (n + 1));
        REQUIRE(q.get(now) == 1);
        q.done(1);
        q.add_after(1, seconds(30), now);
        CHECK(q.requeues(1) == 2);
        CHECK(q.counters().retries == 2);
    }
    REQUIRE(q.get(start + seconds(3600)) == 1);
    q.done(1);
    q.add_rate_limited(1, start + seconds(3600));
    CHECK(q.next_ready() == start + seconds(3600) + milliseconds(40));
}

TEST_CASE("where a key is can be asked") {
    auto q = work_queue<int>();
    CHECK(q.where_is(1) == reconcile::queue_state());
    q.add(1);
    CHECK(q.where_is(1).waiting);
    REQUIRE(q.get(start) == 1);
    CHECK(q.where_is(1).processing);
    CHECK_FALSE(q.where_is(1).again);
    q.add(1);
    CHECK(q.where_is(1).again);
    q.done(1);
    CHECK(q.where_is(1).waiting);
    q.add_rate_limited(2, start);
    CHECK(q.where_is(2).due == start + milliseconds(5));
    CHECK(q.where_is(2).failures == 1);
}

TEST_CASE("of several delayed adds the earliest counts, and an add is not held up") {
    auto q = work_queue<int>();
    q.add_after(1, seconds(10), start);
    q.add_after(1, seconds(2), start);
    q.add_after(1, seconds(5), start);
    CHECK(q.next() == wake::at(start + seconds(2)));
    q.add(1);
    CHECK(q.next() == wake::again());
    REQUIRE(q.get(start) == 1);
    q.done(1);
    CHECK(q.get(start + seconds(2)) == 1);
    CHECK(q.next() == wake::signalled());
}

TEST_CASE("a delay that is not positive is none") {
    auto q = work_queue<int>();
    q.add_after(1, duration{}, start);
    q.add_after(2, seconds(-1), start);
    CHECK(q.get(start) == 1);
    CHECK(q.get(start) == 2);
}

TEST_CASE("a queue that shuts down gives out what waits and takes nothing more") {
    auto q = work_queue<int>();
    q.add(1);
    q.add_after(2, seconds(1), start);
    q.shut_down();
    q.add(3);
    q.add_after(4, seconds(1), start);
    REQUIRE(q.get(start + seconds(10)) == 1);
    CHECK_FALSE(q.get(start + seconds(10)));
    CHECK_FALSE(q.drained());
    q.done(1);
    CHECK(q.drained());
}

TEST_CASE("a queue that shuts down now forgets what waits, and lets finish what is given out") {
    auto q = work_queue<int>();
    for (auto k = 1; k <= 3; ++k) q.add(k);
    REQUIRE(q.get(start) == 1);
    q.add(1);
    q.add_after(4, seconds(1), start);
    q.shut_down_now();
    CHECK_FALSE(q.get(start + seconds(9)));
    CHECK(q.size() == 0);
    CHECK_FALSE(q.drained());
    q.done(1);
    CHECK(q.drained());
    CHECK_FALSE(q.get(start + seconds(9)));
}

TEST_CASE("done says whether the key had been given out") {
    auto q = work_queue<int>();
    q.add(1);
    CHECK_FALSE(q.done(1));
    REQUIRE(q.get(start) == 1);
    CHECK(q.done(1));
    CHECK_FALSE(q.done(1));
}

TEST_CASE("the causes of a key are merged until it is given out") {
    struct reasons {
        int bits = 0;
        auto merge(reasons other) -> void { bits |= other.bits; }
    };
    auto q = work_queue<int, reconcile::key_hash, reasons>();
    q.add(7, {1});
    q.add(7, {2});
    REQUIRE(q.get(start) == 7);
    CHECK(q.causes(7).bits == 3);
    q.add(7, {4});
    CHECK(q.causes(7).bits == 3);
    q.done(7);
    REQUIRE(q.get(start) == 7);
    CHECK(q.causes(7).bits == 4);
}

TEST_CASE("many keys come in the order in which they were added") {
    auto q = work_queue<object::key>();
    for (auto round = 0; round < 3; ++round) {
        for (auto n = 0; n < 5000; ++n) q.add({"ns", std::to_string(n)});
        for (auto n = 0; n < 5000; ++n) {
            auto const k = q.get(start);
            REQUIRE((k && k->name == std::to_string(n)));
            q.done(*k);
        }
    }
    CHECK_FALSE(q.get(start));
}

namespace {

/// A number that counts how many of its kind there are.
struct counted {
    static inline auto alive = 0;
    int number = 0;

    counted(int n = 0) : number(n) { ++alive; }
    counted(counted const& other) : number(other.number) { ++alive; }
    auto operator=(counted const&) -> counted& = default;
    ~counted() { --alive; }
    friend auto operator==(counted const&, counted const&) -> bool = default;
};
struct counted_hash {
    auto operator()(counted const& k) const -> std::uint64_t { return reconcile::key_hash{}(k.number); }
};
struct by_number {
    auto operator()(counted const& k) const -> int { return k.number % 2; }
    auto operator()(counted const& k, reconcile::no_causes) const -> int { return k.number % 2; }
};
struct tenant_of_parity {
    auto operator()(counted const& k) const -> std::string_view { return k.number % 2 == 0 ? "even" : "odd"; }
};

/// So many keys wait and are given out; the numbers in their order.
template <class Queue> auto crowd(Queue& q, int many) -> std::vector<int> {
    auto out = std::vector<int>();
    for (auto n = 0; n < many; ++n) q.add(n);
    while (auto const k = q.get(start)) {
        out.push_back(k->number);
        q.done(*k);
    }
    return out;
}

template <class Turns> using counting_queue = work_queue<counted, counted_hash, reconcile::no_causes, Turns>;

template <class Turns> auto gives_room_back() -> void {
    auto q = counting_queue<Turns>();
    auto const few = crowd(q, 10);
    CHECK(crowd(q, 5000).size() == 5000);
    CHECK(counted::alive >= 5000); // there may be as many again
    CHECK(crowd(q, 5000).size() == 5000);
    CHECK(counted::alive >= 5000);
    CHECK(crowd(q, 10) == few);
    CHECK(counted::alive == 0);
    CHECK(crowd(q, 10) == few);
    CHECK(crowd(q, 1000).size() == 1000);
    CHECK(crowd(q, 10) == few);
    CHECK(counted::alive >= 1000); // room for few is kept
}

} // namespace

TEST_CASE("a crowd that does not come again leaves nothing behind") {
    gives_room_back<reconcile::turns_as_they_came>();
    gives_room_back<reconcile::priority_turns<by_number>>();
    gives_room_back<reconcile::fair_turns<tenant_of_parity>>();
}

TEST_CASE("a queue keeps its room as long as a key waits, fails or is worked on") {
    auto q = counting_queue<reconcile::turns_as_they_came>();
    q.add_at(-1, start + seconds(5));
    crowd(q, 5000);
    crowd(q, 1);
    CHECK(counted::alive >= 5000);
    REQUIRE(q.get(start + seconds(5)) == counted(-1));
    crowd(q, 1);
    q.add_rate_limited(-1, start);
    q.done(-1);
    CHECK(q.requeues(-1) == 1);
    q.shut_down(); // nothing waits for its time any more, but the failure is remembered
    CHECK(q.requeues(-1) == 1);
    CHECK(counted::alive >= 5000);
    q.forget(-1);
    CHECK(q.drained());
}

TEST_CASE("what was added while keys were given out is told apart from when each began to wait") {
    auto q = work_queue<int>();
    for (auto n = 0; n < 3; ++n) q.add_now(n, start);
    for (auto n = 0; n < 3; ++n) REQUIRE(q.get(start + seconds(1)) == n);
    CHECK(q.processing() == 3);
    q.add_now(1, start + seconds(4));
    q.done(1, start + seconds(6));
    CHECK(q.processing() == 2);
    CHECK(q.unfinished(start + seconds(7)) == reconcile::unfinished_work{seconds(12), seconds(6)});
    REQUIRE(q.get(start + seconds(9)) == 1);
    CHECK(q.times().waited.sum() == seconds(3 + 5));
    q.done(0, start + seconds(9));
    q.done(2, start + seconds(9));
    q.done(1, start + seconds(9));
    CHECK(q.processing() == 0);
    CHECK_FALSE(q.done(1));
}
