/// \file
/// Annotations of pods that mean something: what is refused.

#include "../../../core/pod/sound_pod.hpp"

#include <berth/kube/core/pod/validation/annotations.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a cost of deletion is a whole number in its shortest form") {
    using kube::detail::is_deletion_cost;
    for (auto const* const text : {"0", "-1", "2147483647", "-2147483648"}) CHECK(is_deletion_cost(text));
    for (auto const* const text : {"", "-", "-0", "+1", "01", "1.5", "2147483648", "x"})
        CHECK_FALSE(is_deletion_cost(text));
}

TEST_CASE("a mirror pod is on a node, and profiles are of containers that there are") {
    auto p = sound_pod();
    p.metadata.annotations["kubernetes.io/config.mirror"] = "x";
    p.metadata.annotations["container.apparmor.security.beta.kubernetes.io/side"] = "unconfined";
    CHECK(
        once(complaints(p)) ==
        lines{
            "metadata.annotations[container.apparmor.security.beta.kubernetes.io/side]: Invalid value: "
            "\"side\": container not found",
            "metadata.annotations[kubernetes.io/config.mirror]: Invalid value: \"x\": must set spec.nodeName "
            "if mirror pod annotation is set"});
}

TEST_CASE("the annotation of a mirror pod is fixed when it is made") {
    auto const told = [](object::string_map const& now, object::string_map const& before) {
        return said_by([&](auto& errors) {
            kube::detail::validate_fixed_annotations(now, before, api::field_path("a"), errors);
        });
    };
    auto with = object::string_map();
    with["kubernetes.io/config.mirror"] = "x";
    CHECK(told(with, with).empty());
    CHECK(told({}, with) ==
          lines{"a[kubernetes.io/config.mirror]: Forbidden: may not remove or update mirror pod "
                "annotation"});
    CHECK(told(with, {}) ==
          lines{"a[kubernetes.io/config.mirror]: Forbidden: may not add mirror pod annotation"});
}
