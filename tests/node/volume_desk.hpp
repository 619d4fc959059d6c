#pragma once

/// \file
/// A desk for tests of volumes that outlive pods, and folders that go with a test.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/core/config_map/kind.hpp>
#include <berth/kube/core/persistent_volume/kind.hpp>
#include <berth/kube/core/persistent_volume_claim/kind.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/secret/kind.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <utility>

namespace test {

/// An empty folder, which goes with the test.
struct folder {
    std::string path;

    folder() {
        auto name = (std::filesystem::temp_directory_path() / "berth-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    folder(folder const&) = delete;
    auto operator=(folder const&) -> folder& = delete;
    ~folder() {
        auto ignored = std::error_code();
        std::filesystem::remove_all(path, ignored);
    }
};

/// An API with volumes, claims and the objects that volumes are made of.
struct volume_desk {
    berth::sim::virtual_clock clock;
    berth::api::memory_store store;
    berth::api::registry kinds = [] {
        auto out = berth::api::registry();
        out.add(berth::kube::persistent_volume_kind()).add(berth::kube::persistent_volume_claim_kind());
        out.add(berth::kube::config_map_kind()).add(berth::kube::secret_kind());
        return out;
    }();
    berth::api::server server{
        store, kinds, {.now = [c = clock] { return c.now(); }, .seed = 1, .admission = {}}};

    /// A pod with a volume on the claim `c`.
    static auto user() -> berth::kube::pod {
        auto p = berth::kube::pod();
        p.metadata.namespace_ = "default";
        p.metadata.name = "p";
        p.metadata.uid = "1234";
        p.spec.containers.emplace_back().name = "app";
        auto& v = p.spec.volumes.emplace_back();
        v.name = "v";
        v.persistent_volume_claim.engage().claim_name = "c";
        return p;
    }

    [[nodiscard]] auto claim() -> berth::object::stored<berth::kube::persistent_volume_claim> {
        auto found = berth::api::get<berth::kube::persistent_volume_claim>(server, {"default", "c"});
        REQUIRE(found);
        return *std::move(found);
    }
    auto add_claim(std::string volume) -> void {
        auto c = berth::kube::persistent_volume_claim();
        c.metadata.namespace_ = "default";
        c.metadata.name = "c";
        c.spec.access_modes = {"ReadWriteOnce"};
        c.spec.resources.requests["storage"] = berth::object::quantity::of(1 << 30);
        REQUIRE(berth::api::create(server, std::move(c)));
        if (!volume.empty()) bind_claim(std::move(volume));
    }
    auto bind_claim(std::string volume) -> void {
        auto const there = claim();
        auto c = *there;
        c.spec.volume_name = std::move(volume);
        c.metadata.annotations["pv.kubernetes.io/bind-completed"] = "yes";
        REQUIRE(berth::api::update(server, std::move(c), there.revision_of()));
    }

    [[nodiscard]] auto volume(std::string const& name)
        -> berth::result<berth::object::stored<berth::kube::persistent_volume>> {
        return berth::api::get<berth::kube::persistent_volume>(server, {{}, name});
    }
    /// A volume of the local provisioner's, unless `change` says otherwise.
    auto add_volume(std::string name, auto change) -> void {
        auto v = berth::kube::persistent_volume();
        v.metadata.name = name;
        v.spec.access_modes = {"ReadWriteOnce"};
        v.spec.capacity["storage"] = berth::object::quantity::of(1 << 30);
        v.spec.csi.engage().driver = "local.berth";
        v.spec.csi->volume_handle = std::move(name);
        change(v);
        REQUIRE(berth::api::create(server, std::move(v)));
    }
    auto change_volume(std::string const& name, auto change, std::string_view part = {}) -> void {
        auto const there = volume(name);
        REQUIRE(there);
        auto v = **there;
        change(v);
        auto const done = berth::api::update(server, std::move(v), there->revision_of(), part);
        INFO((done ? std::string() : done.error().message));
        REQUIRE(done);
    }
};

} // namespace test
