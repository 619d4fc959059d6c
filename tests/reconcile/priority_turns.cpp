/// \file
/// Turns by priority: who comes first, and that nobody starves.

#include <berth/core/random.hpp>
#include <berth/reconcile/priority_turns.hpp>
#include <berth/reconcile/queue.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <vector>

using namespace berth;
using reconcile::priority_turns;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000'000);
constexpr std::size_t levels = 4;

/// A key of a hundred times its priority and something.
struct by_hundreds {
    auto operator()(int key) const -> int { return key / 100; }
};
struct urgency {
    int level = 0;
    auto merge(urgency other) -> void { level = std::max(level, other.level); }
};
struct as_added {
    auto operator()(int, urgency const& why) const -> int { return why.level; }
};

using plain = reconcile::work_queue<int, reconcile::key_hash, reconcile::no_causes,
                                    priority_turns<by_hundreds, levels>>;
using urgent = reconcile::work_queue<int, reconcile::key_hash, urgency, priority_turns<as_added, levels>>;

auto all_of(auto& q) -> std::vector<int> {
    auto out = std::vector<int>();
    while (auto const k = q.get(start)) {
        out.push_back(*k);
        q.done(*k);
    }
    return out;
}

/// What `priority_turns` says of itself, without any cleverness.
class model {
public:
    auto push(int key, std::size_t level) -> void { waiting_.push_back({key, level, level, turns_}); }
    auto pop() -> int {
        ++turns_;
        for (auto& w : waiting_)
            while (w.level + 1 < levels && turns_ - w.came >= (w.level - w.base + 1) * waiting_.size())
                ++w.level;
        auto best = waiting_.begin();
        for (auto w = waiting_.begin(); w != waiting_.end(); ++w)
            if (w->level > best->level) best = w;
        auto const key = best->key;
        waiting_.erase(best);
        return key;
    }

private:
    struct one {
        int key;
        std::size_t base, level, came;
    };
    std::deque<one> waiting_; // the oldest first
    std::size_t turns_ = 0;
};

} // namespace

TEST_CASE("the highest priority comes first, equals in their order") {
    auto q = plain();
    for (auto k : {101, 301, 102, 1, 302, 999, -5}) q.add(k);
    CHECK(all_of(q) == std::vector{301, 302, 999, 101, 102, 1, -5});
}

TEST_CASE("a key that waits and is added with a higher priority gets that, and keeps its age") {
    auto q = urgent();
    q.add(1, {0});
    q.add(2, {3});
    q.add(3, {0});
    q.add(1, {3});
    CHECK(all_of(q) == std::vector{1, 2, 3});
    q.add(1, {3});
    q.add(2, {2});
    q.add(1, {0}); // is not lowered
    CHECK(all_of(q) == std::vector{1, 2});
}

TEST_CASE("random histories agree with the rule as it is written down") {
    for (auto seed = std::uint64_t{1}; seed <= 300; ++seed) {
        INFO("seed " << seed);
        auto draw = berth::random_engine(seed);
        auto turns = priority_turns<by_hundreds, levels>();
        auto expected = model();
        auto free = std::vector<std::uint32_t>();
        auto keys = std::vector<int>();
        auto const bias = 2 + draw.below(3);
        for (auto step = 0; step < 400; ++step) {
            if (draw.below(5) < bias || turns.size() == 0) {
                auto const slot = free.empty() ? static_cast<std::uint32_t>(keys.size()) : free.back();
                if (free.empty()) keys.emplace_back();
                else free.pop_back();
                auto const level = static_cast<int>(draw.below(levels));
                keys[slot] = level * 100;
                turns.push(slot, keys[slot], 0);
                expected.push(static_cast<int>(slot), static_cast<std::size_t>(level));
            } else {
                auto const slot = turns.pop();
                REQUIRE(static_cast<int>(slot) == expected.pop());
                free.push_back(slot);
            }
        }
    }
}

TEST_CASE(
    "nobody starves: each has its turn within N * (levels + 1) turns, however many of higher priority come") {
    auto served_low = 0;
    for (auto seed = std::uint64_t{1}; seed <= 60; ++seed) {
        INFO("seed " << seed);
        auto draw = berth::random_engine(seed);
        auto q = urgent();
        auto crowds = std::vector<std::size_t>{0}; // the most that waited, by the turn
        auto came = std::map<int, std::size_t>();  // at which turn
        auto next = 0;
        auto const add = [&](int level) {
            q.add(next, {level});
            came[next++] = crowds.size() - 1;
            crowds.back() = std::max(crowds.back(), q.size());
        };
        auto const check = [&](std::size_t since) {
            auto const most =
                *std::max_element(crowds.begin() + static_cast<std::ptrdiff_t>(since), crowds.end());
            return crowds.size() - 1 - since <= most * (levels + 1);
        };
        auto const high = 1 + static_cast<int>(draw.below(levels - 1));
        for (auto step = 0; step < 600; ++step) {
            // More of high priority come than can be served, and seldom one of the lowest.
            auto const burst = draw.below(50) == 0 ? draw.below(40) : draw.below(3);
            for (std::uint64_t n = 0; n < burst; ++n) add(high);
            if (draw.below(10) == 0) add(0);
            auto const k = q.get(start);
            if (!k) continue;
            served_low += q.causes(*k).level == 0 ? 1 : 0;
            crowds.push_back(q.size());
            REQUIRE(check(came[*k]));
            came.erase(*k);
            q.done(*k);
        }
        for (auto const& [k, since] : came) REQUIRE(check(since));
    }
    CHECK(served_low > 100);
}

TEST_CASE("a low key waits for as many as wait with it, not for all that follow") {
    auto q = plain();
    q.add(300);
    q.add(1);
    auto served = 0;
    for (auto n = 0; n < 100; ++n) {
        q.add(301 + n % 90);
        auto const k = q.get(start);
        q.done(*k);
        if (*k == 1) break;
        ++served;
    }
    CHECK(served == 8); // three wait, so that it is at the top with the ninth turn
}
