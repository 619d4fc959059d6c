/// \file
/// What the tables of several kinds share.

#include "vocabulary.hpp"

#include <berth/kube/columns.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a text that is empty is shown as none") {
    CHECK(kube::or_none("") == "<none>");
    CHECK(kube::or_none("a") == "a");
}

TEST_CASE("texts and labels are shown with commas between") {
    CHECK(kube::joined({}).empty());
    CHECK(kube::joined({"a", "b"}) == "a,b");
    CHECK(kube::joined({"a", "b"}, " + ") == "a + b");
    CHECK(kube::and_more(3, 3).empty());
    CHECK(kube::and_more(5, 3) == " + 2 more...");
    CHECK(kube::shown_labels({}) == "<none>");
    CHECK(kube::shown_labels(make_pod("p").label("a", "1").label("b", "").done().metadata.labels) ==
          "a=1,b=");
}

TEST_CASE("an age is shown as people say it, and an unknown one as such") {
    CHECK(kube::since(object::timestamp(new_year), new_year + seconds(90)) == "90s");
    CHECK(kube::since(object::timestamp(new_year), new_year + seconds(7200)) == "120m");
    CHECK(kube::since(object::timestamp(), new_year) == "<unknown>");
}

TEST_CASE("containers are shown by their names and images") {
    auto p = make_pod("p").done();
    auto& second = p.spec.containers.emplace_back();
    second.name = "side";
    second.image = "side:v2";
    CHECK(kube::container_names(p.spec) == "main,side");
    CHECK(kube::container_images(p.spec) == "app:v1,side:v2");
}
