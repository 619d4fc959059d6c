/// \file
/// The files of volumes that are made of objects.

#include "cluster.hpp"

#include <berth/node/volume_files.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;
using files = std::vector<node::volume_file>;

namespace {

/// A desk with a config map `site` and a secret `keys`.
struct shelf {
    desk api;
    kube::pod pod = make_pod("p");
    kube::resource_list node;

    shelf() {
        auto site = kube::config_map();
        site.metadata.namespace_ = "default";
        site.metadata.name = "site";
        site.data["a"] = "1";
        site.binary_data["b"].data = "2";
        REQUIRE(berth::api::create(api.server, site));
        auto keys = kube::secret();
        keys.metadata.namespace_ = "default";
        keys.metadata.name = "keys";
        keys.data["k"].data = "secret";
        REQUIRE(berth::api::create(api.server, keys));
        pod.metadata.labels["app"] = "web";
        node["cpu"] = object::quantity::parse("4").value();
    }

    auto gather(auto change) -> result<files> {
        auto v = kube::volume();
        v.name = "v";
        change(v);
        CHECK(node::volume_files::makes(v));
        return node::volume_files(api.server, pod, node).gather(v);
    }
};

auto item(std::string key, std::string path) -> kube::key_to_path {
    auto out = kube::key_to_path();
    out.key = std::move(key);
    out.path = std::move(path);
    return out;
}

auto field(std::string path, std::string of) -> kube::downward_api_volume_file {
    auto out = kube::downward_api_volume_file();
    out.path = std::move(path);
    out.field_ref.engage().field_path = std::move(of);
    return out;
}

} // namespace

TEST_CASE("a volume of a config map or secret has all its keys, or the ones that are named") {
    auto s = shelf();
    CHECK(s.gather([](auto& v) { v.config_map.engage().name = "site"; }) == files{{"a", "1"}, {"b", "2"}});
    CHECK(s.gather([](auto& v) {
        v.config_map.engage().name = "site";
        v.config_map->items = {item("b", "deep/er")};
    }) == files{{"deep/er", "2"}});
    CHECK(s.gather([](auto& v) { v.secret.engage().secret_name = "keys"; }) == files{{"k", "secret"}});
}

TEST_CASE("what is missing is said as the kubelet does, unless it is optional") {
    auto s = shelf();
    auto const why = [&](auto change) { return s.gather(change).error().message; };
    CHECK(why([](auto& v) { v.config_map.engage().name = "no"; }) == "configmap \"no\" not found");
    CHECK(why([](auto& v) { v.secret.engage().secret_name = "no"; }) == "secret \"no\" not found");
    auto const key = [](auto& v) {
        v.config_map.engage().name = "site";
        v.config_map->items = {item("zz", "zz")};
    };
    CHECK(why(key) == "configmap references non-existent config key: zz");
    CHECK(why([](auto& v) {
              v.secret.engage().secret_name = "keys";
              v.secret->items = {item("zz", "zz")};
          }) == "references non-existent secret key: zz");
    CHECK(s.gather([&](auto& v) {
        key(v);
        v.config_map->optional = true;
    }) == files{});
    CHECK(s.gather([](auto& v) {
        v.secret.engage().secret_name = "no";
        v.secret->optional = true;
    }) == files{});
}

TEST_CASE("fields of the pod and limits of its containers become files") {
    auto s = shelf();
    CHECK(s.gather([](auto& v) { v.downward_api.engage().items = {field("name", "metadata.name")}; }) ==
          files{{"name", "p"}});
    CHECK(s.gather([](auto& v) {
        auto& f = v.downward_api.engage().items.emplace_back();
        f.path = "cpu";
        auto& of = f.resource_field_ref.engage();
        of.resource_ = "limits.cpu";
        of.container_name = "app";
    }) == files{{"cpu", "4"}});
    CHECK(!s.gather([](auto& v) { v.downward_api.engage().items = {field("x", "spec.nonsense")}; }));
}

TEST_CASE("a projected volume has the files of all its sources") {
    auto s = shelf();
    auto const both = [](auto& v) {
        auto& sources = v.projected.engage().sources;
        sources.emplace_back().config_map.engage().name = "site";
        sources.emplace_back().downward_api.engage().items = {field("labels", "metadata.labels")};
        sources.emplace_back().secret.engage().name = "keys";
    };
    CHECK(s.gather(both) == files{{"a", "1"}, {"b", "2"}, {"labels", "app=\"web\""}, {"k", "secret"}});
    CHECK(s.gather([&](auto& v) {
               both(v);
               v.projected->sources[2].secret->name = "no";
           })
              .error()
              .message == "secret \"no\" not found");
    CHECK(s.gather([](auto& v) { v.projected.engage().sources.emplace_back().pod_certificate.engage(); })
              .error()
              .code == error_code::invalid);
}
