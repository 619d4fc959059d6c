/// \file
/// The driver of components on threads: everybody is stepped, nobody by two threads, nobody polls, and all
/// drain.

#include <berth/core/threads.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <deque>
#include <new>
#include <optional>
#include <stop_token>
#include <thread>

using namespace berth;

namespace {

/// Counts its steps, and notices when two threads are in it.
struct counter {
    std::stop_source* stop = nullptr;
    int goal = 0;
    wake wish = wake::again();
    std::atomic<int> steps{0};
    std::atomic<int> inside{0};
    std::atomic<bool> crowded{false};

    auto step(time_point now) -> wake {
        if (inside.fetch_add(1) != 0) crowded = true;
        auto const n = ++steps;
        if (n == goal && stop != nullptr) stop->request_stop();
        inside.fetch_sub(1);
        if (n >= goal && goal != 0) return wake::signalled();
        return wish.kind == wake::when::at ? wake::at(now + milliseconds(1)) : wish;
    }
};

/// Two of these wake each other.
struct player {
    wake_signal* mine;
    wake_signal* other;
    std::stop_source* stop;
    std::atomic<int>* ball;
    int parity;
    wake_signal::subscription subscription{};

    auto on_wake(waker w) -> void {
        subscription = w == waker{} ? wake_signal::subscription() : mine->subscribe(w);
    }
    auto step(time_point) -> wake {
        auto const n = ball->load();
        if (n >= 1000) stop->request_stop();
        else if (n % 2 == parity) {
            ++*ball;
            other->notify();
        }
        return wake::signalled();
    }
};

/// Needs some calls to finish.
struct drainer {
    std::stop_source* stop;
    int left = 3;

    auto step(time_point) -> wake {
        stop->request_stop();
        return wake::signalled();
    }
    auto drain(time_point now) -> std::optional<wake> {
        if (--left == 0) return std::nullopt;
        return left == 1 ? wake::again() : wake::at(now + milliseconds(2));
    }
};

/// Never finishes.
struct mule {
    int drains = 0;
    auto step(time_point) -> wake { return wake::signalled(); }
    auto drain(time_point) -> std::optional<wake> {
        ++drains;
        return wake::signalled();
    }
};

/// Throws at its third step.
struct thrower {
    int steps = 0;
    auto step(time_point) -> wake {
        if (++steps == 3) throw std::bad_alloc();
        return wake::again();
    }
};

} // namespace

TEST_CASE("components are stepped until they are told to stop") {
    auto stop = std::stop_source();
    auto a = counter{&stop, 1000};
    auto b = counter{};
    run_on_threads(stop.get_token(), a, b);
    CHECK(a.steps >= 1000);
    CHECK(b.steps >= 1);
    CHECK_FALSE(a.crowded);
    CHECK_FALSE(b.crowded);
}

TEST_CASE("two components that wake each other never miss a call") {
    auto stop = std::stop_source();
    wake_signal bells[2];
    auto ball = std::atomic<int>(0);
    auto a = player{&bells[0], &bells[1], &stop, &ball, 0};
    auto b = player{&bells[1], &bells[0], &stop, &ball, 1};
    SECTION("on a thread each") { run_on_threads(stop.get_token(), a, b); }
    SECTION("on one thread") { run_on_threads(stop.get_token(), {.threads = 1}, a, b); }
    SECTION("on more threads than there are components") {
        run_on_threads(stop.get_token(), {.threads = 5}, a, b);
    }
    CHECK(ball == 1000);
}

TEST_CASE("appointments are kept") {
    auto stop = std::stop_source();
    auto a = counter{&stop, 20, wake::at({})};
    auto b = counter{nullptr, 0, wake::at({})};
    auto idle = counter{nullptr, 0, wake::signalled()};
    auto const begin = system_clock().now();
    run_on_threads(stop.get_token(), a, b, idle);
    CHECK(system_clock().now() - begin >= milliseconds(19));
    CHECK(b.steps > 5);
    CHECK(idle.steps == 1);
}

TEST_CASE("many components share a few threads, and more can come while they run") {
    auto stop = std::stop_source();
    auto some = std::deque<counter>(50);
    for (auto& c : some) c.goal = 20;
    auto driver = thread_driver<>({.threads = 2});
    for (auto& c : some) driver.add(c);
    auto late = counter{&stop, 20};
    auto const adding = std::jthread([&] {
        while (some.front().steps == 0) std::this_thread::yield();
        driver.add(late);
    });
    driver.run(stop.get_token());
    CHECK(late.steps == 20);
    for (auto& c : some) CHECK_FALSE(c.crowded);
}

TEST_CASE("a component that is added while all have a thread each gets one too") {
    auto stop = std::stop_source();
    auto first = counter{nullptr, 1};
    auto second = counter{&stop, 5};
    auto driver = thread_driver<>();
    driver.add(first);
    auto const adding = std::jthread([&] {
        while (first.steps == 0) std::this_thread::yield();
        driver.add(second);
    });
    driver.run(stop.get_token());
    CHECK(second.steps >= 5);
}

TEST_CASE("a component drains before the end") {
    auto stop = std::stop_source();
    auto d = drainer{&stop};
    run_on_threads(stop.get_token(), d);
    CHECK(d.left == 0);
}

TEST_CASE("a component that never drains is given up") {
    auto stop = std::stop_source();
    stop.request_stop();
    auto m = mule{};
    run_on_threads(stop.get_token(), {.patience = milliseconds(30)}, m);
    CHECK(m.drains >= 1);
}

TEST_CASE("what a component throws stops all of them and reaches the caller") {
    auto t = thrower{};
    auto other = counter{nullptr, 0, wake::signalled()};
    CHECK_THROWS_AS(run_on_threads(std::stop_source().get_token(), t, other), std::bad_alloc);
}

TEST_CASE("without components, a run waits for its stop") {
    auto stop = std::stop_source();
    auto const stopping = std::jthread([&] { stop.request_stop(); });
    run_on_threads(stop.get_token());
    SUCCEED();
}
