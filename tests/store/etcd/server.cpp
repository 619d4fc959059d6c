/// \file
/// The harness itself: servers start fresh, can be killed and paused, and leave nothing behind.

#include "server.hpp"

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <filesystem>
#include <string>

using namespace berth::store::testing;

TEST_CASE("a server of the tests starts fresh and keeps its data when it is killed", "[store][etcd]") {
    auto folder = std::filesystem::path{};
    {
        auto server = etcd_server{};
        folder = server.member(0).folder();
        auto const put = server.post("/v3/kv/put", R"({"key":"Zm9v","value":"YmFy"})");
        CHECK(text_field(put, "revision") == "2");
        server.kill();
        CHECK(server.post("/v3/kv/range", R"({"key":"Zm9v"})").empty());
        server.restart();
        CHECK(text_field(server.post("/v3/kv/range", R"({"key":"Zm9v"})"), "value") == "YmFy");
        server.pause();
        server.resume();
        CHECK(std::filesystem::exists(folder));
    }
    CHECK(!std::filesystem::exists(folder));
}

TEST_CASE("a cluster of the tests has one leader, and another when that is killed", "[store][etcd]") {
    auto cluster = etcd_cluster{3};
    auto const first = cluster.leader();
    cluster.member(first).kill();
    CHECK(cluster.leader() != first);
}
