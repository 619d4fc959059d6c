/// \file
/// Volumes of clouds whose code was once in Kubernetes.

#include "volume_world.hpp"

#include <berth/kube/schedule/csi_migration.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace test;

TEST_CASE("a disk in old words is one of a driver, the same in a pod and in a volume") {
    auto v = kube::volume();
    CHECK_FALSE(kube::migrated(v).has_value());
    v.aws_elastic_block_store.engage().volume_id = "aws://zone-a/vol-1";
    auto pv = kube::persistent_volume_spec();
    pv.aws_elastic_block_store.engage().volume_id = "vol-1";
    auto const in_pod = kube::migrated(v);
    auto const in_volume = kube::migrated(pv);
    REQUIRE(in_pod.has_value());
    REQUIRE(in_volume.has_value());
    CHECK(in_pod->by.driver == "ebs.csi.aws.com");
    CHECK(in_pod->handle == "vol-1");
    CHECK(in_volume->handle == "vol-1");
}

TEST_CASE("each plugin of old has a driver, and others have none") {
    for (auto const* const plugin : {"aws-ebs", "gce-pd", "azure-disk", "cinder", "portworx-volume"}) {
        auto const* const by = kube::replacement_of("kubernetes.io/" + std::string(plugin));
        REQUIRE(by != nullptr);
        CHECK_FALSE(by->driver.empty());
    }
    CHECK(kube::replacement_of("kubernetes.io/nfs") == nullptr);
    CHECK(kube::replacement_of("") == nullptr);
}

TEST_CASE("a node tells which plugins its drivers stand for") {
    auto const* const annotation = "storage.alpha.kubernetes.io/migrated-plugins";
    using plugins = std::set<std::string_view>;
    auto n = make_csi_node("n");
    CHECK(kube::plugins_replaced_on(n.done()).empty());
    n.annotation(annotation, "kubernetes.io/aws-ebs,kubernetes.io/gce-pd");
    CHECK(kube::plugins_replaced_on(n.done()) == plugins{"kubernetes.io/aws-ebs", "kubernetes.io/gce-pd"});
}

namespace {

constexpr auto all_replaced = "kubernetes.io/aws-ebs,kubernetes.io/gce-pd,kubernetes.io/portworx-volume";
constexpr auto zone = "topology.kubernetes.io/zone";
constexpr auto old_zone = "failure-domain.beta.kubernetes.io/zone";
constexpr auto old_region = "failure-domain.beta.kubernetes.io/region";
constexpr auto driver_zone = "topology.ebs.csi.aws.com/zone";

auto with_drivers() -> make_csi_node {
    return make_csi_node("n").annotation("storage.alpha.kubernetes.io/migrated-plugins", all_replaced);
}
auto on_aws(std::string name) -> make_volume {
    return make_volume(std::move(name)).with([](auto& v) {
        v.spec.aws_elastic_block_store.engage().volume_id = "vol-1";
    });
}
/// The requirements of the first term, each as `key in value,value`.
auto wants(make_volume const& v, kube::csi_node const* on) -> std::vector<std::string> {
    auto const reach = kube::reach_of(v.done(), on);
    auto out = std::vector<std::string>();
    if (!reach) return out;
    for (auto const& r : reach->node_selector_terms.front().match_expressions) {
        auto text = r.key + " in";
        for (auto const& value : r.values) text += " " + value;
        out.push_back(std::move(text));
    }
    return out;
}

} // namespace

TEST_CASE("zones of a volume in old words are told by the label of its driver, where that does the work") {
    using words = std::vector<std::string>;
    auto const drivers = with_drivers().done();
    auto const none = make_csi_node("n").done();
    auto v = on_aws("v").near(zone, "a");
    CHECK(wants(v, &drivers) == words{std::string(driver_zone) + " in a"});
    CHECK(wants(v, &none) == words{std::string(zone) + " in a"});
    CHECK(wants(v, nullptr) == words{std::string(zone) + " in a"});
    CHECK(wants(make_volume("w").driver("ebs.csi.aws.com").near(zone, "a"), &drivers) ==
          words{std::string(zone) + " in a"});
    auto portworx = make_volume("x").near(zone, "a");
    portworx.with([](auto& x) { x.spec.portworx_volume.engage().volume_id = "1"; });
    CHECK(wants(portworx, &drivers) == words{std::string(zone) + " in a"});
}

TEST_CASE("zones and regions of old labels are told by those of today") {
    using words = std::vector<std::string>;
    auto const drivers = with_drivers().done();
    auto v = on_aws("v").near(old_zone, "a");
    v.with([](auto& x) {
        auto& terms = x.spec.node_affinity->required->node_selector_terms;
        auto& r = terms[0].match_expressions.emplace_back();
        r.key = old_region;
        r.operator_ = "In";
        r.values = {"r"};
    });
    CHECK(wants(v, &drivers) ==
          words{std::string(driver_zone) + " in a", "topology.kubernetes.io/region in r"});
}

TEST_CASE("a volume whose affinity says nothing of zones is where its labels say") {
    using words = std::vector<std::string>;
    auto const drivers = with_drivers().done();
    CHECK(wants(on_aws("v"), &drivers).empty());
    CHECK(wants(on_aws("v").label(zone, "a__b__a"), &drivers) == words{std::string(driver_zone) + " in a b"});
    CHECK(wants(on_aws("v").label(old_zone, "c"), &drivers) == words{std::string(driver_zone) + " in c"});
    CHECK(wants(on_aws("v").near("disk", "ssd").label(zone, "a"), &drivers) ==
          words{"disk in ssd", std::string(driver_zone) + " in a"});
}
