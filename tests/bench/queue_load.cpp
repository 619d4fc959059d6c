#include <berth/bench/queue_load.hpp>
#include <berth/reconcile/queue.hpp>
#include <berth/reconcile/shared_queue.hpp>

#include <catch2/catch_all.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace {

using namespace berth;

/// Loses every third key.
struct leaky {
    std::vector<int> waiting;
    int count = 0;

    auto add(int k) -> bool {
        if (++count % 3 != 0) waiting.push_back(k);
        return true;
    }
    auto get(time_point) -> std::optional<int> {
        if (waiting.empty()) return std::nullopt;
        auto const k = waiting.back();
        waiting.pop_back();
        return k;
    }
    auto done(int) -> void {}
};

TEST_CASE("each key of a load goes through the queue once a round") {
    auto queue = reconcile::work_queue<int>();
    auto const f = bench::measure(queue, bench::queue_load<int>{{1, 2, 3, 4}, 10});
    CHECK(f.operations == 40);
    CHECK(f.succeeded == 40);
    CHECK(f.allocations == 0);
    CHECK(queue.counters().given == 44); // and once before
}

TEST_CASE("a queue that loses keys does not succeed") {
    auto queue = leaky();
    CHECK(bench::measure(queue, bench::queue_load<int>{{1, 2, 3, 4}, 10}).succeeded == 0);
    CHECK(bench::measure(queue, bench::queue_load<int>{{}, 10}).operations == 0);
}

TEST_CASE("a crowd takes all that it puts into a queue") {
    auto queue = reconcile::shared_queue<std::uint64_t>(reconcile::queue_options{}, 2);
    auto const given = bench::pass_through(queue, bench::crowd{.threads = 3, .keys = 5, .rounds = 20});
    CHECK(given >= 15);
    CHECK(given <= 300);
    CHECK(!queue.get(time_point{}));
    auto const some =
        bench::pass_through(queue, bench::crowd{.threads = 3, .keys = 5, .rounds = 20, .at_once = 4});
    CHECK(some >= 15);
    CHECK(some <= 300);
    CHECK(!queue.get(time_point{}));
    CHECK(queue.counters().given == given + some);
}

} // namespace
