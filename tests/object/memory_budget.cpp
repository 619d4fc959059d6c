/// \file
/// How much memory a body may come to.

#include "things.hpp"

#include <berth/object/codec.hpp>
#include <berth/object/memory_budget.hpp>
#include <berth/object/parse.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>

using namespace things;
using object::memory_budget;

TEST_CASE("a budget is in proportion to the body, and what is spent is gone") {
    auto const& type = object::type_of<body>();
    auto const all = memory_budget::few_elements + memory_budget::per_byte * 1000;
    auto budget = memory_budget(1000);
    CHECK(budget.spend(type, all / type.bytes));
    CHECK(budget.spend(type).error().code == error_code::request_too_large);
    CHECK(memory_budget(1000).spend(type, all).error().code == error_code::request_too_large);
    CHECK(memory_budget::unlimited().spend(type, all));
}

TEST_CASE("what a few bytes each stand for is read up to the budget and no further") {
    auto const list = [](std::size_t n) {
        auto text = std::string(R"({"parts":[{})");
        for (std::size_t i = 1; i < n; ++i) text += ",{}";
        return text += "]}";
    };
    auto const read = [](std::string const& text, memory_budget memory) {
        auto value = body();
        auto d = object::decoder({.memory = memory});
        return d.decode(object::parse_document(text)->value, object::type_of<body>(), &value);
    };
    auto const each = std::size_t{object::type_of<part>().bytes};
    auto const most = memory_budget::few_elements / each;
    CHECK(read(list(most), memory_budget(0)));
    CHECK(read(list(most + 1), memory_budget(0)).error().code == error_code::request_too_large);
    CHECK(read(list(most + 1), memory_budget(each)));
    CHECK(read(list(most + 1), memory_budget::unlimited()));
}
