/// \file
/// What volumes may be made of.

#include "../../../complaints.hpp"

#include <berth/kube/core/persistent_volume/validation/sources.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto about(kube::persistent_volume_spec const& s) -> lines {
    return said_by([&](auto& e) { kube::detail::validate_volume_source(s, api::field_path("spec"), e); });
}

} // namespace

TEST_CASE("each source says where it is") {
    auto s = kube::persistent_volume_spec();
    s.csi.engage().node_publish_secret_ref.engage().name = "s";
    auto const said = about(s);
    REQUIRE(said.size() >= 3);
    CHECK(said.front() == "spec.csi.driver: Required value");
    CHECK(said.back() == "spec.csi.nodePublishSecretRef.namespace: Required value");
    s = {};
    s.local.engage().path = "a/..";
    CHECK(about(s) == lines{"spec.local.path: Invalid value: \"a/..\": must not contain '..'"});
    s = {};
    s.nfs.engage().path = "x";
    CHECK(about(s) == lines{"spec.nfs.server: Required value",
                            "spec.nfs.path: Invalid value: \"x\": must be an absolute path"});
}

TEST_CASE("sources that are the same do not differ") {
    auto s = kube::persistent_volume_spec();
    s.local.engage().path = "/a";
    auto other = s;
    other.capacity["storage"] = quantity("1");
    CHECK(kube::detail::source_difference(s, other).empty());
    other.local->path = "/b";
    CHECK(kube::detail::source_difference(s, other).find("+  \"Path\": \"/b\"") != std::string::npos);
}
