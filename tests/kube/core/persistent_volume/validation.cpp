/// \file
/// Volumes: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/persistent_volume/defaults.hpp>
#include <berth/kube/core/persistent_volume/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto sound() -> kube::persistent_volume {
    auto v = named<kube::persistent_volume>();
    v.spec.capacity["storage"] = quantity("1Gi");
    v.spec.access_modes = {"ReadWriteOnce"};
    v.spec.host_path.engage().path = "/data";
    auto& r = v.spec.node_affinity.engage()
                  .required.engage()
                  .node_selector_terms.emplace_back()
                  .match_expressions.emplace_back();
    r.key = "beta.kubernetes.io/arch";
    r.operator_ = "In";
    r.values = {"amd64"};
    set_defaults(v);
    return v;
}

} // namespace

TEST_CASE("a volume offers storage, for some use") {
    CHECK(complaints(sound()).empty());
    auto v = sound();
    v.spec.capacity = {};
    v.spec.access_modes = {};
    CHECK(complaints(v) == lines{"spec.accessModes: Required value", "spec.capacity: Required value",
                                 "spec.capacity: Unsupported value: null: supported values: \"storage\""});
    auto none = sound();
    none.spec.capacity["storage"] = quantity("0");
    CHECK(complaints(none) == lines{"spec.capacity[storage]: Invalid value: \"0\": must be greater than "
                                    "zero"});
}

TEST_CASE("the root of a node is not emptied") {
    for (auto const* const root : {"/", "//", "/a/..", "/."}) {
        auto v = sound();
        v.spec.persistent_volume_reclaim_policy = "Recycle";
        v.spec.host_path->path = root;
        CHECK_FALSE(complaints(v).empty());
        CHECK(complaints(v).back() == "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' "
                                      "for a "
                                      "hostPath mount of '/'");
    }
}

TEST_CASE("a volume stays where it is") {
    auto const before = sound();
    auto now = before;
    now.spec.host_path->path = "/other";
    auto const told = complaints(now, before);
    REQUIRE(told.size() == 1);
    CHECK(told[0].starts_with("spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is "
                              "immutable "
                              "after creation\n@@ -"));
    CHECK(told[0].find("\n-  \"Path\": \"/data\",\n+  \"Path\": \"/other\",\n") != std::string::npos);
}

TEST_CASE("a volume stays within reach of the same nodes, whose labels may get their lasting names") {
    auto const before = sound();
    auto now = before;
    auto& r = now.spec.node_affinity->required->node_selector_terms[0].match_expressions[0];
    r.key = "kubernetes.io/arch";
    CHECK(complaints(now, before).empty());
    r.values = {"arm64"};
    REQUIRE(complaints(now, before).size() == 1);
    now.spec.node_affinity.reset();
    CHECK(complaints(now, before) == lines{"nodeAffinity: Invalid value: null: field is immutable, except "
                                           "for "
                                           "updating from beta label to GA"});
}

TEST_CASE("what is wrong with a changed volume by itself is told twice") {
    auto now = sound();
    now.spec.access_modes.clear();
    CHECK(complaints(now, sound()) ==
          lines{"spec.accessModes: Required value", "spec.accessModes: Required value"});
}

TEST_CASE("a volume keeps its mode, and a class of attributes once it has one") {
    auto before = sound();
    before.spec.volume_attributes_class_name.engage() = "fast";
    auto now = before;
    now.spec.volume_mode.engage() = "Block";
    now.spec.volume_attributes_class_name.reset();
    CHECK(complaints(now, before) ==
          lines{"volumeMode: Invalid value: \"Block\": field is immutable",
                "spec.volumeAttributesClassName: Forbidden: update from non-nil value to nil is forbidden"});
}
