#include "../vocabulary.hpp"

#include <berth/kube/schedule/first_name.hpp>
#include <berth/schedule/place.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace test;

TEST_CASE("of equal nodes that of the first name is taken, whatever the order in which they came") {
    auto const policy = schedule::profile{.tie = kube::first_name{}};
    auto nodes = std::vector<kube::node_info>();
    for (auto const* const name : {"c", "a", "b"})
        nodes.emplace_back(
            object::stored<kube::node>(object::object_ref{object::any_object(make_node(name).done()), 1}));
    CHECK(schedule::place(kube::pod_info(), nodes, policy)->node == 1);
    std::swap(nodes[1], nodes[2]);
    CHECK(schedule::place(kube::pod_info(), nodes, policy)->node == 2);
}
