/// \file
/// Short names for templates.

#include "../vocabulary.hpp"

#include <berth/kube/apps/template_hash.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("equal templates have equal names, and a collision makes another") {
    auto const t = make_deployment("web", 1).done().spec.template_;
    auto const other = make_deployment("web", 1).image("b").done().spec.template_;
    CHECK(kube::detail::template_hash(t, 0) == kube::detail::template_hash(t, 0));
    CHECK(kube::detail::template_hash(t, 0) != kube::detail::template_hash(t, 1));
    CHECK(kube::detail::template_hash(t, 0) != kube::detail::template_hash(other, 0));
    CHECK(kube::detail::template_hash(t, 0).find_first_not_of("bcdfghjklmnpqrstvwxz2456789") ==
          std::string::npos);
}

TEST_CASE("a number is spelt in letters as Kubernetes spells it") {
    CHECK(kube::detail::safe_letters(0) == "4");
    CHECK(kube::detail::safe_letters(4294967295) == "86f8fbc6f9");
}
