/// \file
/// What is told of nodes that come and go.

#include "../../../vocabulary.hpp"

#include <berth/kube/core/node/controller/registration.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

constexpr auto controller = kube::node_registration_controller();

/// The notes of a decision, and what is remembered after it.
auto told_of(reconcile::world& w, std::string& memory) -> std::vector<std::string> {
    w.follow<kube::node>();
    auto done = controller.reconcile(w.at(new_year), {{}, "a"}, memory);
    memory = std::move(done.memory);
    auto out = std::vector<std::string>();
    for (auto const& s : done.plan.steps) {
        auto const& n = std::get<reconcile::note>(s);
        out.push_back(n.reason + " " + n.regarding.uid + ": " + n.message);
    }
    return out;
}
auto node_of(std::string uid) -> make_node {
    return make_node("a").with([&](kube::node& n) { n.metadata.uid = std::move(uid); });
}

} // namespace

TEST_CASE("nodes that come and go are told of once, and one that was made anew as another") {
    using words = std::vector<std::string>;
    auto const came = [](std::string const& uid) {
        return "RegisteredNode " + uid + ": Node a event: Registered Node a in Controller";
    };
    auto const went = [](std::string const& uid) {
        return "RemovingNode " + uid + ": Node a event: Removing Node a from Controller";
    };
    auto memory = std::string();
    auto there = world_of(node_of("1"));
    CHECK(told_of(there, memory) == words{came("1")});
    CHECK(told_of(there, memory) == words());
    auto anew = world_of(node_of("2"));
    CHECK(told_of(anew, memory) == words{went("1"), came("2")});
    auto gone = reconcile::world();
    CHECK(told_of(gone, memory) == words{went("2")});
    CHECK(told_of(gone, memory) == words());
}

TEST_CASE("the controller that tells of nodes keeps the laws of controllers") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    reconcile::laws::all(controller, world_of(node_of("1")), {{}, "a"}, judge);
}
