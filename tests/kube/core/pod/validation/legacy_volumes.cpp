/// \file
/// Volumes of older sorts: what is refused, where and in which words.

#include "../../../complaints.hpp"

#include <berth/kube/core/pod/validation/legacy_volumes.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

template <class Source> auto told(Source const& s) -> lines {
    return said_by([&](auto& errors) { kube::detail::validate_source(s, api::field_path("v"), errors); });
}

} // namespace

TEST_CASE("a Flocker data set is known by its name or its uuid") {
    auto s = kube::flocker_volume_source();
    CHECK(told(s) == lines{"v: Required value: one of datasetName and datasetUUID is required"});
    s.dataset_name = "a/b";
    CHECK(told(s) == lines{"v.datasetName: Invalid value: \"a/b\": must not contain '/'"});
    s.dataset_name = "a";
    s.dataset_uuid = "b";
    CHECK(told(s) == lines{"v: Invalid value: \"resource\": datasetName and datasetUUID can not be specified "
                           "simultaneously"});
}

TEST_CASE("a registry is pairs of hosts and ports") {
    auto s = kube::quobyte_volume_source();
    s.volume = "v";
    s.registry = "a:1,[::1]:2";
    CHECK(told(s).empty());
    s.registry = "a:1,b";
    CHECK(told(s) == lines{"v.registry: Invalid value: \"a:1,b\": must be a host:port pair or multiple pairs "
                           "separated by commas"});
}

TEST_CASE("options of drivers are not in the system's namespaces") {
    auto s = kube::flex_volume_source();
    s.driver = "example.com/d";
    s.options["example.com/a"] = "1";
    CHECK(told(s).empty());
    s.options["x.kubernetes.io/a"] = "1";
    CHECK(told(s) ==
          lines{"v.options[x.kubernetes.io/a]: Invalid value: \"x.kubernetes.io/a\": kubernetes.io and "
                "k8s.io namespaces are reserved"});
}

TEST_CASE("a disk of Azure has an address that suits its kind") {
    auto s = kube::azure_disk_volume_source();
    s.disk_name = "d";
    s.disk_uri = "https://x.blob.core.windows.net/c/d.vhd";
    s.kind.engage() = "Shared";
    CHECK(told(s).empty());
    *s.kind = "Managed";
    REQUIRE(told(s).size() == 1);
    CHECK(told(s)[0].starts_with("v.diskURI: Unsupported value: "));
}
