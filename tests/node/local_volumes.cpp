/// \file
/// Folders go with the volumes that they are.

#include "volume_desk.hpp"

#include <berth/node/local_volumes.hpp>
#include <berth/node/persistent_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <fstream>

using namespace test;
using namespace berth;

namespace {

struct scene {
    volume_desk desk;
    folder place;
    node::local_volume_keeper keeper{desk.server, {.node = "a", .directory = place.path}};

    auto add(std::string name, std::string policy, std::string node = "a") -> std::string {
        auto const path = node::local_volume_folder(place.path, name);
        std::filesystem::create_directories(path + "/deep");
        std::ofstream(path + "/deep/file") << "data";
        desk.add_volume(std::move(name), [&](auto& v) {
            v.metadata.labels["local.berth/node"] = node;
            v.metadata.finalizers = {"local.berth/folder"};
            v.spec.persistent_volume_reclaim_policy = policy;
        });
        return path;
    }
    auto phase(std::string const& name, std::string is) -> void {
        desk.change_volume(name, [&](auto& v) { v.status.phase = is; }, "status");
    }
    auto remove(std::string const& name) -> void {
        REQUIRE(api::remove<kube::persistent_volume>(desk.server, {{}, name}));
    }
    auto run() -> void {
        for (auto i = 0; i < 20; ++i) (void)keeper.step(desk.clock.now());
    }
};

} // namespace

TEST_CASE("a folder is removed with its volume, and the volume is let go") {
    auto s = scene();
    auto const path = s.add("v", "Delete");
    s.phase("v", "Released");
    s.run();
    CHECK(std::filesystem::exists(path));
    s.remove("v");
    CHECK(s.desk.volume("v"));
    s.run();
    CHECK(!std::filesystem::exists(path));
    CHECK(!s.desk.volume("v"));
    CHECK(s.keeper.removed() == 1);
}

TEST_CASE("what is to be retained stays when its volume goes") {
    auto s = scene();
    auto const path = s.add("v", "Retain");
    s.phase("v", "Released");
    s.remove("v");
    s.run();
    CHECK(std::filesystem::exists(path + "/deep/file"));
    CHECK(!s.desk.volume("v"));
}

TEST_CASE("a volume that a claim still has is left alone until it is released") {
    auto s = scene();
    auto const path = s.add("v", "Delete");
    s.phase("v", "Bound");
    s.remove("v");
    s.run();
    CHECK(std::filesystem::exists(path));
    s.phase("v", "Released");
    s.run();
    CHECK(!std::filesystem::exists(path));
}

TEST_CASE("the volumes of other nodes are others' business") {
    auto s = scene();
    auto const path = s.add("v", "Delete", "b");
    s.phase("v", "Released");
    s.remove("v");
    s.run();
    CHECK(std::filesystem::exists(path));
    CHECK(s.desk.volume("v"));
}
