/// \file
/// Names of images.

#include <berth/kube/core/pod/defaults/image.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("images without a tag are the latest") {
    CHECK(kube::image_tag("busybox") == "latest");
    CHECK(kube::image_tag("registry.example.com:5000/team/app") == "latest");
    CHECK(kube::image_tag("registry.example.com:5000/team/app:1.0") == "1.0");
    CHECK(kube::image_tag("app:1.0@sha256:0123456789abcdef0123456789abcdef") == "1.0");
}

TEST_CASE("images that are none have no tag") {
    for (auto const* image : {"", " b", "B:1", "a//b", "a:", "a@sha256:12", "a..b", "app@sha256:zz"})
        CHECK(kube::image_tag(image).empty());
    CHECK(kube::image_tag("app@sha256:0123456789abcdef0123456789abcdef").empty());
}
