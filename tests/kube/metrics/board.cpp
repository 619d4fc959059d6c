/// \file
/// The resource metrics API: what agents tell is what clients are answered.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/metrics/board.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace berth;

namespace {

struct desk {
    sim::virtual_clock clock;
    api::memory_store objects;
    api::registry kinds = [] {
        auto out = api::registry();
        kube::add_metrics(out, std::make_shared<kube::metrics_board>());
        out.add(api::kind_of<kube::node>{});
        return out;
    }();
    api::server server{objects, kinds, {.now = [this] { return clock.now(); }, .seed = 1, .admission = {}}};

    desk() {
        for (auto const* name : {"a", "b"}) {
            auto n = kube::node();
            n.metadata.name = name;
            REQUIRE(api::create(server, n));
        }
    }

    auto list(object::resource_name const& r, std::string space = {}, std::string labels = {})
        -> std::vector<std::string> {
        auto o = api::list_options{};
        o.namespace_ = std::move(space);
        o.label_selector = std::move(labels);
        auto out = std::vector<std::string>();
        auto const found = server.list(r, o);
        REQUIRE(found);
        for (auto const& i : found->items) out.push_back(i->metadata().namespace_ + "/" + i->metadata().name);
        return out;
    }
};

auto summary_of(std::string node, std::vector<std::pair<std::string, std::string>> const& pods)
    -> kube::node_summary {
    auto out = kube::node_summary();
    out.metadata.name = node;
    out.metadata.labels["zone"] = "z-" + node;
    out.timestamp = object::timestamp(time_point::from_unix_seconds(1'000));
    out.window = "15s";
    out.usage["cpu"] = object::quantity::of_milli(250);
    for (auto const& [space, name] : pods) {
        auto& p = out.pods.emplace_back();
        p.namespace_ = space;
        p.name = name;
        p.labels["app"] = name;
        auto& c = p.containers.emplace_back();
        c.name = "main";
        c.usage["cpu"] = object::quantity::of_milli(100);
    }
    return out;
}

using words = std::vector<std::string>;

} // namespace

TEST_CASE("nodes and pods are answered by name, namespace and labels, and nothing is stored") {
    auto d = desk();
    auto const before = d.server.revision();
    REQUIRE(api::create(d.server, summary_of("b", {{"x", "q"}, {"default", "p"}})));
    REQUIRE(api::create(d.server, summary_of("a", {{"default", "o"}})));
    CHECK(d.server.revision() == before);
    CHECK(d.list(kube::node_metrics::resource) == words{"/a", "/b"});
    CHECK(d.list(kube::node_metrics::resource, {}, "zone=z-b") == words{"/b"});
    CHECK(d.list(kube::pod_metrics::resource) == words{"default/o", "default/p", "x/q"});
    CHECK(d.list(kube::pod_metrics::resource, "default") == words{"default/o", "default/p"});
    CHECK(d.list(kube::pod_metrics::resource, "default", "app in (p,q)") == words{"default/p"});
    auto const one = api::get<kube::pod_metrics>(d.server, {"x", "q"});
    REQUIRE(one);
    CHECK((*one)->containers[0].usage.find("cpu")->to_string() == "100m");
    CHECK((*api::get<kube::node_metrics>(d.server, {{}, "b"}))->metadata.labels.get("zone") == "z-b");
    CHECK(api::get<kube::node_metrics>(d.server, {{}, "c"}).error().code == error_code::not_found);
    auto const none = api::get<kube::pod_metrics>(d.server, {"x", "p"});
    CHECK(none.error().message == "pods.metrics.k8s.io \"p\" not found");
    CHECK(api::create(d.server, kube::pod_metrics(**one)).error().code == error_code::method_not_allowed);
}

TEST_CASE("a pod that came back on another node is told by that one") {
    auto d = desk();
    REQUIRE(api::create(d.server, summary_of("a", {{"default", "o"}, {"default", "p"}})));
    auto moved = summary_of("b", {{"default", "p"}});
    moved.pods[0].containers[0].usage["cpu"] = object::quantity::of_milli(7);
    REQUIRE(api::create(d.server, moved));
    auto const used = [&] {
        auto const p = api::get<kube::pod_metrics>(d.server, {"default", "p"});
        return p ? (*p)->containers[0].usage.find("cpu")->to_string() : std::string("none");
    };
    CHECK(used() == "7m");
    CHECK(d.list(kube::pod_metrics::resource) == words{"default/o", "default/p"});
    REQUIRE(api::create(d.server, summary_of("a", {{"default", "o"}})));
    CHECK(used() == "7m");
    REQUIRE(api::create(d.server, summary_of("b", {})));
    CHECK(used() == "none");
}

TEST_CASE("a summary is taken from the node that it is about, if it is there") {
    auto d = desk();
    auto const tell = [&](api::identity const& who, std::string const& node) {
        auto as = d.server.as(who);
        auto const said = api::create(as, summary_of(node, {}));
        return said ? std::string() : said.error().message;
    };
    auto const other = "nodesummaries.node.berth.dev \"b\" is forbidden: ";
    CHECK(tell(api::node_identity("a"), "a").empty());
    CHECK(tell(api::node_identity("a"), "b") ==
          std::string(other) + "User \"system:node:a\" is not the agent of this node");
    CHECK(tell(api::service_account_identity("default", "robot"), "b").starts_with(other));
    auto impostor = api::service_account_identity("default", "robot");
    impostor.user = "system:node:b"; // without the group it is a name only
    CHECK(tell(impostor, "b").starts_with(other));
    CHECK(d.list(kube::node_metrics::resource) == words{"/a"});
    auto fleet = api::system_identity("node-fleet");
    fleet.groups.emplace_back(api::masters_group);
    CHECK(tell(fleet, "b").empty());
    CHECK(tell(api::anonymous_identity(), "b").empty());
    CHECK(tell(api::node_identity("c"), "c") == "nodes \"c\" not found");
    CHECK(tell(fleet, "c") == "nodes \"c\" not found");
    CHECK(d.list(kube::node_metrics::resource) == words{"/a", "/b"});
}

TEST_CASE("a summary replaces the one before, and an old one is not believed") {
    auto d = desk();
    REQUIRE(api::create(d.server, summary_of("a", {{"default", "o"}, {"default", "p"}})));
    d.clock.advance(seconds(40));
    REQUIRE(api::create(d.server, summary_of("b", {})));
    REQUIRE(api::create(d.server, summary_of("a", {{"default", "p"}})));
    CHECK(d.list(kube::pod_metrics::resource) == words{"default/p"});
    d.clock.advance(seconds(60));
    CHECK(d.list(kube::node_metrics::resource) == words{"/a", "/b"});
    d.clock.advance(seconds(1));
    CHECK(d.list(kube::node_metrics::resource).empty());
    CHECK(d.list(kube::pod_metrics::resource).empty());
}

TEST_CASE("a summary that clients could not read is refused") {
    auto d = desk();
    for (auto const* window : {"", "garbage", "-15s", "0s"}) {
        auto bad = summary_of("a", {});
        bad.window = window;
        CHECK(!api::create(d.server, bad));
    }
    auto negative = summary_of("a", {{"default", "p"}});
    negative.pods[0].containers[0].usage["cpu"] = object::quantity::of(-5);
    CHECK(!api::create(d.server, negative));
    negative = summary_of("a", {});
    negative.usage["memory"] = object::quantity::of(-1);
    CHECK(!api::create(d.server, negative));
    CHECK(d.list(kube::node_metrics::resource).empty());
}

TEST_CASE("a summary of no node is refused, and a dry run tells nothing") {
    auto d = desk();
    CHECK(!api::create(d.server, summary_of("", {})));
    auto dry = api::create_options{};
    dry.dry_run = true;
    REQUIRE(api::create(d.server, summary_of("a", {}), dry));
    CHECK(d.list(kube::node_metrics::resource).empty());
}
