/// \file
/// The simulation driver: virtual time, an order that the seed decides, and runs that can be had again.

#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;

namespace {

/// Writes its name into a common book at each of its steps.
struct writer {
    std::string* book;
    char name;
    int left;
    duration pause{};

    auto step(time_point now) -> wake {
        book->push_back(name);
        if (--left == 0) return wake::signalled();
        return pause == duration{} ? wake::again() : wake::at(now + pause);
    }
};

/// Wakes its friend some times.
struct ringer {
    wake_signal* bell;
    int left = 3;

    auto step(time_point now) -> wake {
        if (left-- == 0) return wake::signalled();
        bell->notify();
        return wake::at(now + seconds(1));
    }
};
struct sleeper {
    wake_signal* bell;
    int woken = 0;
    wake_signal::subscription subscription{};

    auto on_wake(waker w) -> void {
        subscription = w == waker{} ? wake_signal::subscription() : bell->subscribe(w);
    }
    auto step(time_point) -> wake {
        ++woken;
        return wake::signalled();
    }
};

auto story(std::uint64_t seed) -> std::pair<std::string, sim::report> {
    auto book = std::string();
    auto a = writer{&book, 'a', 5};
    auto b = writer{&book, 'b', 5};
    auto const report = sim::run(sim::virtual_clock(), {.seed = seed}, a, b);
    return {book, report};
}

} // namespace

TEST_CASE("the same seed gives the same run, other seeds give others") {
    CHECK(story(1) == story(1));
    CHECK(story(2) == story(2));
    auto different = 0;
    for (auto seed = std::uint64_t{2}; seed < 12; ++seed)
        different += story(seed).first == story(1).first ? 0 : 1;
    CHECK(different > 5);
    CHECK(story(1).second.why == sim::ending::quiescent);
    CHECK(story(1).second.steps == 10);
    CHECK(story(1).second.trace != story(2).second.trace);
}

TEST_CASE("virtual time goes on to the next appointment, and costs nothing") {
    auto book = std::string();
    auto slow = writer{&book, 's', 3, seconds(3600)};
    auto fast = writer{&book, 'f', 3, seconds(1)};
    auto const time = sim::virtual_clock();
    auto const begin = time.now();
    auto const report = sim::run(time, {.seed = 1, .time_limit = seconds(100'000)}, slow, fast);
    CHECK(report.why == sim::ending::quiescent);
    CHECK(report.end == begin + seconds(7200));
    CHECK(time.now() == report.end);
    CHECK(book.substr(2) == "ffss");
    CHECK(report.to_string().find("seed 1: quiescent after 6 steps and 7200") == 0);
}

TEST_CASE("a signal brings a component back") {
    auto bell = wake_signal();
    auto a = ringer{&bell};
    auto b = sleeper{&bell};
    auto const report = sim::run(sim::virtual_clock(), {}, a, b);
    CHECK(report.why == sim::ending::quiescent);
    CHECK(b.woken >= 3);
    CHECK(b.woken <= 4);
}

TEST_CASE("a run ends at its limits") {
    auto book = std::string();
    auto endless = writer{&book, 'x', -1, seconds(1)};
    auto const time = sim::virtual_clock();
    CHECK(sim::run(time, {.time_limit = seconds(10)}, endless).why == sim::ending::time_limit);
    CHECK(sim::run(time, {.step_limit = 10}, endless).why == sim::ending::step_limit);
    CHECK(sim::run(time, {.until = [&] { return book.size() >= 40; }}, endless).why == sim::ending::reached);
    CHECK(book.size() == 40);
}

TEST_CASE("steps may take time, drawn from the seed") {
    auto book = std::string();
    auto w = writer{&book, 'w', 100};
    auto const time = sim::virtual_clock();
    auto const begin = time.now();
    sim::run(time, {.step_time = milliseconds(1)}, w);
    CHECK(time.now() > begin + milliseconds(20));
    CHECK(time.now() < begin + milliseconds(100));
}

TEST_CASE("a component that is removed is not stepped any more") {
    auto book = std::string();
    auto bell = wake_signal();
    auto a = writer{&book, 'a', -1, seconds(1)};
    auto b = sleeper{&bell};
    auto e = sim::executor(sim::virtual_clock(), 5);
    e.add(a);
    e.add(b);
    CHECK(e.run({.time_limit = seconds(3)}).why == sim::ending::time_limit);
    e.remove(a);
    e.remove(b);
    auto const written = book.size();
    bell.notify();
    CHECK(e.run({}).steps == 0);
    CHECK(book.size() == written);
}

TEST_CASE("a complaint comes with the seed that replays it") {
    auto const complaint =
        sim::try_seeds(1, 100, [](std::uint64_t seed) { return seed == 42 ? "oops" : ""; });
    CHECK(complaint == "seed 42: oops");
    CHECK_FALSE(sim::try_seeds(1, 10, [](std::uint64_t) { return ""; }));
}
