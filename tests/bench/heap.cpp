#include <berth/bench/heap.hpp>

#include <catch2/catch_all.hpp>

#include <vector>

TEST_CASE("what is allocated is on the heap, and what is freed is not") {
    auto const before = berth::bench::heap_bytes();
    {
        auto many = std::vector<std::vector<char>>(100, std::vector<char>(1000));
        CHECK(many.size() == 100);
        CHECK(berth::bench::heap_bytes() - before >= 100'000);
    }
    CHECK(berth::bench::heap_bytes() - before < 50'000);
}
