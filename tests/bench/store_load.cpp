#include <berth/bench/store_load.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_faults.hpp>

#include <catch2/catch_all.hpp>

#include <string>

namespace {

using namespace berth;

TEST_CASE("keys are as long as those of pods, and sorted as their numbers") {
    CHECK(bench::key_of(7) == "/registry/pods/default/pod-00000007");
    CHECK(bench::key_of(9) < bench::key_of(10));
}

TEST_CASE("all of a load is answered, and every store answers it alike") {
    auto const load = bench::store_load{.keys = 50, .operations = 2'000, .watches = 2, .keep = 100};
    auto one = store::memory<std::string>();
    auto const f = bench::measure(one, load);
    CHECK(f.operations == 2'000);
    CHECK(f.succeeded == 2'000);
    CHECK(f.allocations > 0);
    CHECK(f.bytes > 100); // half of all operations bring a value of 256 bytes
    auto const puts = one.revision() - 1 - 50;
    CHECK(puts > 900);
    CHECK(puts < 1'100);
    auto two = store::memory<std::string>();
    CHECK(bench::measure(two, load).answers == f.answers);
    auto three = store::memory<std::string>();
    auto other = load;
    other.seed = 2;
    CHECK(bench::measure(three, other).answers != f.answers);
}

TEST_CASE("a load of reads alone writes nothing but the keys") {
    auto s = store::memory<std::string>();
    CHECK(bench::measure(s, {.keys = 10, .operations = 100, .reads = 1}).succeeded == 100);
    CHECK(s.revision() == 11);
}

TEST_CASE("what a store refuses does not count as done") {
    auto s = store::memory<std::string>() | store::with_faults({.seed = 5, .error_rate = 0.5});
    auto const f = bench::measure(s, {.keys = 10, .operations = 200});
    CHECK(f.operations == 200);
    CHECK(f.succeeded < 150);
    CHECK(f.succeeded > 50);
}

} // namespace
