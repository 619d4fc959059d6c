/// \file
/// In which words pods are told of.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/pod/security/wording.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("who does something wrong is named in one sentence") {
    using namespace kube::detail;
    CHECK(shown_containers({"a"}) == R"(container "a")");
    CHECK(shown_containers({"a", "b"}) == R"(containers "a", "b")");
    CHECK(shown_setters(true, {}) == "pod");
    CHECK(shown_setters(true, {"a"}, 2) == R"(pod and container "a" and annotations)");
    CHECK(shown_setters(false, {"a"}, 1) == R"(container "a" and annotation)");
}

TEST_CASE("containers that begin first are told of first") {
    auto s = kube::pod_spec();
    s.containers.emplace_back().name = "main";
    s.init_containers.emplace_back().name = "setup";
    s.ephemeral_containers.emplace_back().common.name = "look";
    auto const all = kube::detail::containers_where(s, [](auto const* c) { return c == nullptr; });
    CHECK(all == std::vector<std::string>{"setup", "main", "look"});
}
