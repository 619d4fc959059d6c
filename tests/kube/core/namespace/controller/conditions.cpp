/// \file
/// What the status of a namespace that goes away says about what is left in it.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/namespace/controller/conditions.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto message(kube::namespace_status const& s, std::string_view type) -> std::string {
    return object::find_condition(s.conditions, type)->message;
}

} // namespace

TEST_CASE("an empty namespace says that nothing is left") {
    auto const s = kube::with_content({}, {}, new_year);
    CHECK(s.conditions.size() == 5);
    for (auto const& c : s.conditions) CHECK(c.status == "False");
    CHECK(kube::namespace_content().empty());
}

TEST_CASE("what is left is told by kind and by finalizer") {
    auto left = kube::namespace_content();
    left.by_kind = {{"deployments.apps", 1}, {"pods.", 2}};
    left.by_finalizer = {{"example.com/x", 2}};
    auto const s = kube::with_content({}, left, new_year);
    CHECK(message(s, "NamespaceContentRemaining") ==
          "Some resources are remaining: deployments.apps has 1 resource instances, pods. has 2 resource "
          "instances");
    CHECK(message(s, "NamespaceFinalizersRemaining") ==
          "Some content in the namespace has finalizers remaining: example.com/x in 2 resource instances");
}

TEST_CASE("failures are counted, and several stand in brackets") {
    auto left = kube::namespace_content();
    left.errors = {"a"};
    CHECK(message(kube::with_content({}, left, new_year), "NamespaceDeletionContentFailure") ==
          "Failed to delete all resource types, 1 remaining: a");
    left.errors = {"a", "b"};
    CHECK(message(kube::with_content({}, left, new_year), "NamespaceDeletionContentFailure") ==
          "Failed to delete all resource types, 2 remaining: [a, b]");
}

TEST_CASE("the time of a condition moves only with its status") {
    auto const first = kube::with_content({}, {}, new_year);
    auto left = kube::namespace_content();
    left.by_kind = {{"pods.", 1}};
    auto const second = kube::with_content(first, left, new_year + seconds(5));
    auto const when = [&](std::string_view type) {
        return object::find_condition(second.conditions, type)->last_transition_time.time();
    };
    CHECK(when("NamespaceContentRemaining") == new_year + seconds(5));
    CHECK(when("NamespaceFinalizersRemaining") == new_year);
}
