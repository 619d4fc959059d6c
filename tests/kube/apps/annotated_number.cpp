/// \file
/// Numbers in annotations.

#include "../vocabulary.hpp"

#include <berth/kube/apps/annotated_number.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("an annotation holds a number, or none") {
    auto const number = [](std::string text) {
        return kube::annotated_number(make_pod("p").annotation("n", std::move(text)).done().metadata, "n");
    };
    CHECK(number("7") == 7);
    CHECK(number("-7") == -7);
    for (auto const* const text : {"", "x", "7x", " 7", "99999999999999999999"}) CHECK(!number(text));
    CHECK(!kube::annotated_number(make_pod("p").done().metadata, "n"));
}
