/// \file
/// Where a node has persistent volumes.

#include "cluster.hpp"
#include "volume_desk.hpp"

#include <berth/node/persistent_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>

using namespace test;

TEST_CASE("the provisioner's folder is named by the volume's handle, and never outside its place") {
    CHECK(node::local_volume_folder("/d", "pvc-1") == "/d/persistent/pvc-1");
    for (auto const* const bad : {"", ".", "..", "../x", "a/b", "/x"})
        CHECK(node::local_volume_folder("/d", bad).empty());
}

TEST_CASE("a path of the machine must be what its type says, or is made so") {
    auto const place = folder();
    auto const at = [&](std::string name, std::string type) {
        auto source = kube::host_path_volume_source();
        source.path = place.path + "/" + name;
        if (!type.empty()) source.type.engage() = type;
        auto const found = node::host_path_of(source);
        return found ? "ok" : found.error().message.substr(found.error().message.find(" is not"));
    };
    CHECK(at("any", "") == std::string("ok"));
    CHECK(at("none", "Directory") == std::string(" is not a directory"));
    CHECK(at("none", "Socket") == std::string(" is not a socket file"));
    CHECK(at("made", "DirectoryOrCreate") == std::string("ok"));
    CHECK(std::filesystem::is_directory(place.path + "/made"));
    CHECK(at("made", "Directory") == std::string("ok"));
    CHECK(at("made", "File") == std::string(" is not a file"));
    CHECK(at("file", "FileOrCreate") == std::string("ok"));
    CHECK(std::filesystem::is_regular_file(place.path + "/file"));
    CHECK(at("file", "DirectoryOrCreate") == std::string(" is not a directory"));
}

TEST_CASE("the volume behind a claim is found once both are bound, or it is said why not") {
    auto w = volume_desk();
    auto const why = [&] {
        auto const found = node::volume_behind(w.server, w.user(), w.user().spec.volumes[0]);
        return found ? "found " + found->metadata.name : found.error().message;
    };
    CHECK(why() == "error processing PVC default/c: failed to fetch PVC from API server: "
                   "persistentvolumeclaims \"c\" not found");
    w.add_claim("");
    CHECK(why() == "error processing PVC default/c: PVC is not bound");
    w.bind_claim("v");
    CHECK(why() == "error processing PVC default/c: failed to fetch PV v from API server: "
                   "persistentvolumes \"v\" not found");
    w.add_volume("v", [](auto&) {});
    CHECK(why() == "error processing PVC default/c: PV object v has a nil claimRef, so it is not bound to "
                   "the claim yet");
    w.change_volume("v", [&](auto& v) {
        auto& ref = v.spec.claim_ref.engage();
        ref.namespace_ = "default";
        ref.name = "c";
        ref.uid = "another";
    });
    CHECK(why() == "error processing PVC default/c: PV v is bound to another claim");
    w.change_volume("v", [&](auto& v) { v.spec.claim_ref->uid = w.claim()->metadata.uid; });
    CHECK(why() == "found v");
}

TEST_CASE("a persistent volume is a path, or a folder that is made when it is used first") {
    auto const place = folder();
    auto v = kube::persistent_volume();
    auto const path = [&] {
        auto const found = node::persistent_path_of(place.path, v);
        return found ? *found : found.error().message;
    };
    CHECK(path() == "this kind of volume is not supported by this node");
    v.spec.host_path.engage().path = "/srv/x";
    CHECK(path() == "/srv/x");
    v.spec.host_path.reset();
    v.spec.local.engage().path = place.path + "/no";
    CHECK(path() == "path \"" + place.path + "/no\" does not exist");
    v.spec.local->path = place.path;
    CHECK(path() == place.path);
    v.spec.local.reset();
    v.spec.csi.engage().driver = "csi.example.com";
    v.spec.csi->volume_handle = "pvc-1";
    CHECK(path() == "this kind of volume is not supported by this node");
    v.spec.csi->driver = "local.berth";
    CHECK(path() == place.path + "/persistent/pvc-1");
    CHECK(std::filesystem::is_directory(path()));
    v.spec.volume_mode.engage() = "Block";
    CHECK(path() == "block devices are not supported by this node");
}
