#include "../vocabulary.hpp"

#include <berth/kube/schedule/nominations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace test;

namespace {

auto of_priority(std::string name, std::int32_t priority) -> kube::pod_handle {
    auto p = make_pod(name).with([&](kube::pod& q) {
        q.metadata.uid = "uid-of-" + name;
        q.spec.priority = priority;
        q.spec.containers[0].resources.requests["cpu"] = object::quantity::of(1);
    });
    return std::make_shared<kube::pod_info const>(
        object::stored<kube::pod>(object::object_ref{object::any_object(p.done()), 1}));
}
auto node_called(std::string name) -> kube::node_info {
    return kube::node_info(object::stored<kube::node>(
        object::object_ref{object::any_object(make_node(std::move(name)).done()), 1}));
}

} // namespace

TEST_CASE("a node is promised to a pod until it is promised another, or none") {
    auto all = kube::nominations();
    CHECK(all.empty());
    CHECK(all.node_of("uid-of-p") == nullptr);
    all.put(of_priority("p", 1), "a");
    CHECK(*all.node_of("uid-of-p") == "a");
    all.put(of_priority("p", 1), "b");
    CHECK(*all.node_of("uid-of-p") == "b");
    CHECK_FALSE(all.expected(*of_priority("q", 0), node_called("a")));
    CHECK(all.drop("uid-of-p"));
    CHECK_FALSE(all.drop("uid-of-p"));
    CHECK(all.empty());
}

TEST_CASE("a pod respects others of at least its priority who are promised a place, not itself") {
    auto all = kube::nominations();
    for (auto const& p : {of_priority("low", 1), of_priority("mid", 5), of_priority("high", 9)})
        all.put(p, "a");
    auto const expected = [&](kube::pod_handle const& p) {
        auto const n = all.expected(*p, node_called("a"));
        return n ? n->requested.cpu : 0;
    };
    CHECK(expected(of_priority("new", 0)) == 3000);
    CHECK(expected(of_priority("new", 5)) == 2000);
    CHECK(expected(of_priority("mid", 5)) == 1000);
    CHECK(expected(of_priority("new", 10)) == 0);
    CHECK_FALSE(all.expected(*of_priority("new", 0), node_called("b")));
}

TEST_CASE("those below a pod on a node are told by name") {
    auto all = kube::nominations();
    for (auto const& p : {of_priority("b", 1), of_priority("a", 2), of_priority("c", 7)}) all.put(p, "n");
    auto const below = all.below(*of_priority("x", 7), "n");
    REQUIRE(below.size() == 2);
    CHECK(below[0]->value->metadata.name == "a");
    CHECK(below[1]->value->metadata.name == "b");
    CHECK(all.below(*of_priority("x", 7), "m").empty());
}

TEST_CASE("whoever is told hears of each node on which others are expected than before") {
    auto all = kube::nominations();
    auto heard = std::vector<std::string>();
    all.tell([&](std::string const& node) { heard.push_back(node); });
    all.put(of_priority("p", 1), "a");
    all.put(of_priority("p", 1), "b");
    CHECK(all.drop("uid-of-p"));
    CHECK_FALSE(all.drop("uid-of-p"));
    CHECK(heard == std::vector<std::string>{"a", "a", "b", "b"});
}
