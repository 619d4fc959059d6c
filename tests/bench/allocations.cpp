#include <berth/bench/allocations.hpp>

#include <catch2/catch_all.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace berth;

struct alignas(64) wide {
    char bytes[64];
};

TEST_CASE("what a thread allocates is counted, call by call and byte by byte") {
    auto const before = bench::allocations_so_far();
    auto const p = std::make_unique<int>(1);
    CHECK((bench::allocations_so_far() - before) == bench::allocation_count{1, sizeof(int)});
    auto const v = std::vector<char>(1000);
    auto const now = bench::allocations_so_far() - before;
    CHECK(now == bench::allocation_count{2, sizeof(int) + 1000});
}

TEST_CASE("what is over-aligned is counted, and lies where it should") {
    auto const before = bench::allocations_so_far();
    auto const p = std::make_unique<wide>();
    CHECK((bench::allocations_so_far() - before).calls == 1);
    CHECK(reinterpret_cast<std::uintptr_t>(p.get()) % 64 == 0); // NOLINT: what is asked is the address
}

TEST_CASE("a thread counts its own allocations only") {
    auto const before = bench::allocations_so_far();
    auto theirs = bench::allocation_count();
    {
        auto const other = std::jthread([&] {
            auto const mine = bench::allocations_so_far();
            auto const text = std::string(500, 'x');
            theirs = bench::allocations_so_far() - mine;
        });
    }
    CHECK(theirs == bench::allocation_count{1, 501});
    CHECK((bench::allocations_so_far() - before).bytes < 500); // the thread itself
}

TEST_CASE("what cannot be had is refused as ever") {
    auto volatile much = std::size_t{1} << 62U;
    CHECK_THROWS_AS(::operator new(much), std::bad_alloc);
    CHECK_THROWS_AS(::operator new(much, std::align_val_t(64)), std::bad_alloc);
}

} // namespace
