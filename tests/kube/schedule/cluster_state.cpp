/// \file
/// The scheduler's picture of a cluster.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/cluster_state.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace test;

namespace {

auto info(std::string name) -> kube::pod_info {
    return kube::pod_info(
        object::stored<kube::pod>({object::any_object(make_pod(std::move(name)).done()), 1}));
}
auto stored_node(std::string name) -> object::stored<kube::node> {
    return object::stored<kube::node>({object::any_object(make_node(std::move(name)).done()), 1});
}
/// The number of pods of a node; -1 if there is no such node.
auto pods_of(kube::cluster_state const& c, std::string_view name) -> std::int64_t {
    for (auto const& n : c.nodes())
        if (n.name() == name) return std::ssize(n.pods);
    return -1;
}

} // namespace

TEST_CASE("a pod takes its part of its node until it leaves") {
    auto c = kube::cluster_state();
    c.put_node(stored_node("a"));
    c.put_pod(info("p"), "a");
    CHECK(c.has_pod("uid-of-p"));
    CHECK(pods_of(c, "a") == 1);
    CHECK(c.remove_pod("uid-of-p"));
    CHECK_FALSE(c.remove_pod("uid-of-p"));
    CHECK(pods_of(c, "a") == 0);
    CHECK(c.nodes()[0].load.nothing());
}

TEST_CASE("a pod that is put again counts once, on the node that was told last") {
    auto c = kube::cluster_state();
    c.put_node(stored_node("a"));
    c.put_node(stored_node("b"));
    c.put_pod(info("p"), "a");
    c.put_pod(info("p"), "a");
    CHECK(pods_of(c, "a") == 1);
    c.put_pod(info("p"), "b");
    CHECK(pods_of(c, "a") == 0);
    CHECK(pods_of(c, "b") == 1);
}

TEST_CASE("pods of a node that is not known yet are remembered") {
    auto c = kube::cluster_state();
    c.put_pod(info("p"), "late");
    CHECK(c.nodes().empty());
    c.put_node(stored_node("late"));
    CHECK(pods_of(c, "late") == 1);
}

TEST_CASE("a node that changes keeps its pods, and so does one that goes and comes again") {
    auto c = kube::cluster_state();
    c.put_node(stored_node("a"));
    c.put_pod(info("p"), "a");
    c.put_node(stored_node("a"));
    CHECK(c.nodes().size() == 1);
    CHECK(pods_of(c, "a") == 1);
    c.remove_node("a");
    CHECK(c.nodes().empty());
    c.put_node(stored_node("a"));
    CHECK(pods_of(c, "a") == 1);
}

TEST_CASE("nodes stay in a row when one of them goes") {
    auto c = kube::cluster_state();
    for (auto const* const name : {"a", "b", "c"}) c.put_node(stored_node(name));
    c.put_pod(info("p"), "c");
    c.remove_node("a");
    c.remove_node("a");
    CHECK(c.nodes().size() == 2);
    CHECK(pods_of(c, "a") == -1);
    CHECK(pods_of(c, "b") == 0);
    CHECK(pods_of(c, "c") == 1);
    c.put_pod(info("q"), "c");
    CHECK(pods_of(c, "c") == 2);
    c.remove_node("c");
    c.remove_node("b");
    CHECK(c.nodes().empty());
}

namespace {

/// Writes down what it hears.
struct scribe : kube::cluster_listener {
    std::vector<std::string> heard;

    auto entered(kube::pod_info const& p, std::size_t node) -> void override {
        heard.push_back("+" + p.value->metadata.name + std::to_string(node));
    }
    auto left(kube::pod_info const& p, std::size_t node) -> void override {
        heard.push_back("-" + p.value->metadata.name + std::to_string(node));
    }
    auto changed(std::size_t node, kube::node_info const& before, kube::node_info const& after)
        -> void override {
        heard.push_back("changed " + std::to_string(node) + (before.same_node(after) ? "" : " indeed"));
    }
    auto aged(std::size_t node) -> void override { heard.push_back("aged " + std::to_string(node)); }
    auto came() -> void override { heard.push_back("came"); }
    auto went() -> void override { heard.push_back("went"); }
};

} // namespace

TEST_CASE("a listener hears of all that counts, and of nothing else") {
    auto c = kube::cluster_state();
    auto s = scribe();
    c.tell(&s);
    c.put_node(stored_node("a"));
    c.put_node(stored_node("b"));
    c.put_pod(info("p"), "b");
    c.put_pod(info("p"), "b"); // the same again
    auto running = make_pod("p").done();
    running.status.start_time = object::timestamp(new_year);
    c.put_pod(kube::pod_info(object::stored<kube::pod>({object::any_object(running), 2})), "b");
    c.put_pod(info("p"), "a");
    c.put_pod(info("stray"), "c");
    c.put_node(stored_node("b"));
    c.remove_pod("uid-of-p");
    c.remove_pod("uid-of-p");
    c.remove_node("a");
    CHECK(s.heard == std::vector<std::string>{"came", "came", "+p1", "aged 1", "-p1", "+p0",
                                              "changed 1 indeed", "-p0", "went"});
}
