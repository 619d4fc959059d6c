/// \file
/// Volumes whose manifests say little.

#include "../../../complaints.hpp"

#include <berth/kube/core/pod/defaults/volume.hpp>
#include <berth/object/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto filled(kube::volume& v) -> void {
    object::apply_defaults(v);
    kube::detail::complete(v);
}

} // namespace

TEST_CASE("a volume that does not say what it is is an empty directory") {
    auto v = kube::volume();
    filled(v);
    CHECK(v.empty_dir.has_value());
    auto host = kube::volume();
    host.host_path.engage().path = "/x";
    filled(host);
    CHECK_FALSE(host.empty_dir.has_value());
    CHECK(*host.host_path->type == "");
}

TEST_CASE("files of a volume are readable by all") {
    auto v = kube::volume();
    v.secret.engage();
    v.config_map.engage();
    auto& p = v.projected.engage();
    p.sources.emplace_back().service_account_token.engage();
    filled(v);
    CHECK(v.secret->default_mode == 0644);
    CHECK(v.config_map->default_mode == 0644);
    CHECK(p.default_mode == 0644);
    CHECK(p.sources[0].service_account_token->expiration_seconds == 3600);
}

TEST_CASE("an image in a volume is pulled as one of a container is") {
    auto v = kube::volume();
    v.image.engage().reference = "b";
    filled(v);
    CHECK(v.image->pull_policy == "Always");
}
