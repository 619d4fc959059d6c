/// \file
/// Volumes of pods become folders and links.

#include "volume_desk.hpp"

#include <berth/node/volumes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <fstream>
#include <sstream>

using namespace test;
using namespace berth;

namespace {

auto text_of(std::string const& file) -> std::string {
    auto in = std::ifstream(file);
    return (std::stringstream() << in.rdbuf()).str();
}

struct scene {
    volume_desk desk;
    folder place;
    kube::pod pod = volume_desk::user();
    kube::resource_list node;

    [[nodiscard]] auto maker() -> node::volume_maker { return {desk.server, pod, place.path, node}; }
    [[nodiscard]] auto root() const -> std::string { return node::container_root(place.path, "1234", "app"); }
    auto mount(std::string path) -> void {
        auto& m = pod.spec.containers[0].volume_mounts.emplace_back();
        m.name = "v";
        m.mount_path = std::move(path);
    }
    /// The claim that the pod names, and a volume for it.
    auto bind_claim() -> void {
        desk.add_claim("pv");
        desk.add_volume("pv", [&](auto& v) {
            auto& ref = v.spec.claim_ref.engage();
            ref.namespace_ = "default";
            ref.name = "c";
            ref.uid = desk.claim()->metadata.uid;
        });
    }
};

} // namespace

TEST_CASE("each container has a folder, also without volumes, and it goes with the pod") {
    auto s = scene();
    s.pod.spec.volumes.clear();
    REQUIRE(s.maker().make());
    CHECK(std::filesystem::is_directory(s.root()));
    node::remove_volumes(s.place.path, "1234");
    CHECK(!std::filesystem::exists(s.place.path + "/1234"));
}

TEST_CASE("a pod on a claim gets the volume's folder, and what it writes there stays") {
    auto s = scene();
    s.mount("/data");
    CHECK(
        s.maker().make().error().message ==
        "Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process "
        "volumes=[v]: error processing PVC default/c: failed to fetch PVC from API server: "
        "persistentvolumeclaims \"c\" not found");
    s.bind_claim();
    REQUIRE(s.maker().make());
    std::ofstream(s.root() + "/data/file") << "kept";
    node::remove_volumes(s.place.path, "1234");
    CHECK(text_of(s.place.path + "/persistent/pv/file") == "kept");
    REQUIRE(s.maker().make());
    CHECK(text_of(s.root() + "/data/file") == "kept");
}

TEST_CASE("files of objects are written below the volume, and nowhere else") {
    auto s = scene();
    auto map = kube::config_map();
    map.metadata.namespace_ = "default";
    map.metadata.name = "site";
    map.data["a"] = "1";
    REQUIRE(api::create(s.desk.server, map));
    s.pod.spec.volumes[0].persistent_volume_claim.reset();
    auto& source = s.pod.spec.volumes[0].config_map.engage();
    source.name = "site";
    s.mount("/etc/site");
    REQUIRE(s.maker().make());
    CHECK(text_of(s.root() + "/etc/site/a") == "1");
    CHECK(!std::filesystem::is_symlink(s.root() + "/etc/site"));
    CHECK(std::filesystem::hard_link_count(s.root() + "/etc/site/a") == 2);
    CHECK(s.maker().make());
    auto& item = source.items.emplace_back();
    item.key = "a";
    item.path = "../../out";
    CHECK(s.maker().make().error().message ==
          "MountVolume.SetUp failed for volume \"v\" : the path \"../../out\" leads out of the volume");
}

TEST_CASE("who only pretends is told of missing objects, and nothing is made") {
    auto s = scene();
    CHECK(!s.maker().check());
    s.pod.spec.volumes[0].persistent_volume_claim.reset();
    s.pod.spec.volumes[0].host_path.engage().path = "/nowhere";
    s.pod.spec.volumes[0].host_path->type.engage() = "Directory";
    CHECK(s.maker().check());
    CHECK(!s.maker().make());
    s.pod.spec.volumes[0].host_path.reset();
    s.pod.spec.volumes[0].secret.engage().secret_name = "no";
    CHECK(s.maker().check().error().message ==
          "MountVolume.SetUp failed for volume \"v\" : secret \"no\" not found");
    CHECK(!std::filesystem::exists(s.place.path + "/1234"));
}

TEST_CASE("read-only mounts are told by what is behind them, unless another mount may write there") {
    auto s = scene();
    s.pod.spec.volumes.clear();
    for (auto const* const name : {"a", "b", "c"}) {
        auto& v = s.pod.spec.volumes.emplace_back();
        v.name = name;
        v.empty_dir.engage();
    }
    auto& made = s.pod.spec.volumes.emplace_back();
    made.name = "made";
    auto& item = made.downward_api.engage().items.emplace_back();
    item.path = "name";
    item.field_ref.engage().field_path = "metadata.name";
    auto const mount = [&](std::string name, std::string path, bool read_only, std::string below = {}) {
        auto& m = s.pod.spec.containers[0].volume_mounts.emplace_back();
        m.name = std::move(name);
        m.mount_path = std::move(path);
        m.read_only = read_only;
        m.sub_path = std::move(below);
    };
    mount("a", "/kept/", true);
    mount("b", "/kept-too", true, "part");
    mount("b", "/free", false, "other");
    mount("c", "/looked-at", true);
    mount("c", "/written", false, "inside");
    mount("made", "/made", true);
    REQUIRE(s.maker().make());
    auto const volumes = std::filesystem::canonical(s.place.path).string() + "/1234/volumes/";
    CHECK(node::read_only_paths(s.place.path, s.pod, s.pod.spec.containers[0]) ==
          std::vector<std::string>{volumes + "a", volumes + "b/part"});
    auto const file = std::filesystem::status(s.root() + "/made/name");
    CHECK(file.permissions() == (std::filesystem::perms::owner_read | std::filesystem::perms::group_read |
                                 std::filesystem::perms::others_read));
    CHECK(s.maker().make().has_value()); // again, over what is there
}

TEST_CASE("a claim that a pod has read-only is so in all its mounts") {
    auto s = scene();
    s.mount("/data");
    s.bind_claim();
    REQUIRE(s.maker().make());
    CHECK(node::read_only_paths(s.place.path, s.pod, s.pod.spec.containers[0]).empty());
    s.pod.spec.volumes[0].persistent_volume_claim->read_only = true;
    CHECK(node::read_only_paths(s.place.path, s.pod, s.pod.spec.containers[0]) ==
          std::vector<std::string>{std::filesystem::canonical(s.place.path).string() + "/persistent/pv"});
}
