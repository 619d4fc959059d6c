/// \file
/// The power fails while a durable store works, and what was not synced is lost, in part: what was
/// acknowledged is there when the store is opened again, and nothing is there by half.

#include "disk.hpp"
#include "maker.hpp"
#include "scene.hpp"

#include <berth/store/lmdb.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

using namespace berth;
using tests::disk;
using tests::folder;
using tests::scene;
using tests::small;

TEST_CASE("whenever the power fails, what was acknowledged is there", "[store][crash]") {
    for (auto seed = std::uint64_t{1}; seed <= 3; ++seed) {
        auto const home = folder{};
        auto const path = home / "store";
        auto s = scene{1, seed};
        auto draw = berth::random_engine{seed};
        auto const listening = disk{[&](auto const&) {
            for (auto luck = std::uint64_t{0}; luck < 5; ++luck) s.cut(path, luck < 2 ? luck : draw());
            return tests::disk_fate{};
        }};
        for (auto lives = 0; lives < 3; ++lives) {
            auto opened = store::lmdb::open(path, small).value();
            for (auto i = 0; i < 20; ++i) s.go_on(opened, 0);
        }
        INFO("seed " << seed << ", " << s.cuts() << " cuts");
        CHECK(s.complaint() == "");
    }
}

TEST_CASE("whenever the power fails under many threads, what was acknowledged is there",
          "[store][crash][threads]") {
    for (auto seed = std::uint64_t{1}; seed <= 4; ++seed) {
        auto const home = folder{};
        auto const path = home / "store";
        auto s = scene{4, seed};
        auto draw = berth::random_engine{seed};
        auto const listening = disk{[&](auto const&) {
            if (draw.below(10) == 0) s.cut(path, draw());
            return tests::disk_fate{};
        }};
        for (auto lives = 0; lives < 3; ++lives) {
            auto opened = store::lmdb::open(path, small).value();
            auto threads = std::vector<std::jthread>{};
            for (std::size_t who = 0; who < 4; ++who)
                threads.emplace_back([&, who] {
                    for (auto i = 0; i < 60; ++i) s.go_on(opened, who);
                });
        }
        INFO("seed " << seed << ", " << s.cuts() << " cuts");
        CHECK(s.complaint() == "");
    }
}
