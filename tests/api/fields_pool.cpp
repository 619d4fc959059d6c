/// \file
/// Equal sets of owned fields are one.

#include <berth/api/fields_pool.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;
using object::shared_fields;

TEST_CASE("equal sets are the same one, different ones are not") {
    auto pool = api::fields_pool();
    auto const a = pool.share(shared_fields(std::string(R"({"f:a":{}})")));
    auto const again = pool.share(shared_fields(std::string(R"({"f:a":{}})")));
    auto const b = pool.share(shared_fields(std::string(R"({"f:b":{}})")));
    CHECK(a.same(again));
    CHECK_FALSE(a.same(b));
    CHECK(b.text() == R"({"f:b":{}})");
    CHECK(pool.size() == 2);
}

TEST_CASE("sets that nobody has any more are let go") {
    auto pool = api::fields_pool();
    auto kept = std::vector<shared_fields>();
    for (auto n = 0; n < 10'000; ++n) {
        auto f = pool.share(shared_fields(R"({"f:)" + std::to_string(n) + R"(":{}})"));
        if (n % 100 == 0) kept.push_back(f);
    }
    CHECK(pool.size() < 2'000);
    for (auto const& f : kept) CHECK(pool.share(shared_fields(std::string(f.text()))).same(f));
}
