/// \file
/// The Node and the Lease of an agent, from facts.

#include <berth/node/node_object.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using namespace berth;
using namespace berth::node;

namespace {

constexpr auto noon = time_point::from_unix_seconds(1'000'000);

auto named(std::string name) -> agent_options { return {.name = std::move(name)}; }
auto machine() -> machine_facts {
    return {.cpu_millis = 3'500, .memory_bytes = 2'049, .storage_bytes = 1'023, .pods = 7};
}

} // namespace

TEST_CASE("a node has what the machine has, in whole kibibytes, unless its options say otherwise", "[node]") {
    auto o = named("n");
    o.capacity["pods"] = object::quantity::of(9);
    o.capacity["example.com/device"] = object::quantity::of(2);
    auto const all = capacity_of(machine(), o);
    CHECK(*all.find("cpu") == object::quantity::of_milli(3'500));
    CHECK(all.find("memory")->to_string() == "2Ki");
    CHECK(all.find("ephemeral-storage")->to_string() == "0");
    CHECK(*all.find("pods") == object::quantity::of(9));
    CHECK(*all.find("example.com/device") == object::quantity::of(2));
}

TEST_CASE("a status is set again without losing what is others', and a condition keeps its time", "[node]") {
    auto status = kube::node_status();
    status.conditions.emplace_back().type = "Others";
    set_node_status(status, machine(), named("n"), noon);
    set_node_status(status, machine(), named("n"), noon + seconds(60));
    CHECK(status.addresses.size() == 2);
    CHECK(status.conditions.size() == 5);
    auto const& ready = *object::find_condition(status.conditions, "Ready");
    CHECK(ready.status == "True");
    CHECK(ready.last_transition_time == object::timestamp(noon));
    CHECK(ready.last_heartbeat_time == object::timestamp(noon + seconds(60)));
    CHECK(object::find_condition(status.conditions, "MemoryPressure")->status == "False");
    CHECK(status.allocatable == status.capacity);
    auto later = status;
    set_node_status(later, machine(), named("n"), noon + seconds(120));
    CHECK_FALSE(later == status);
    CHECK(without_heartbeats(later) == without_heartbeats(status));
}

TEST_CASE("what others say that a node has stays, and can be used", "[node]") {
    auto status = kube::node_status();
    set_node_status(status, machine(), named("n"), noon);
    status.capacity["example.com/dongle"] = object::quantity::of(2);
    set_node_status(status, machine(), named("n"), noon);
    CHECK(status.capacity.find("example.com/dongle")->value() == 2);
    CHECK(status.allocatable == status.capacity);
}

TEST_CASE("labels of the machine win over those of the options, and are set once", "[node]") {
    auto o = named("n");
    o.labels["zone"] = "a";
    o.labels["kubernetes.io/os"] = "other";
    auto labels = object::string_map();
    labels["kept"] = "yes";
    CHECK(set_node_labels(labels, machine(), o));
    CHECK_FALSE(set_node_labels(labels, machine(), o));
    CHECK(labels.get("kept") == "yes");
    CHECK(labels.get("zone") == "a");
    CHECK(labels.get("kubernetes.io/os") == "linux");
    CHECK(labels.get("beta.kubernetes.io/arch") == "amd64");
    CHECK(labels.get("kubernetes.io/hostname") == "n");
}

TEST_CASE("an agent registers its node, and lives by a lease that the node owns", "[node]") {
    auto const n = new_node(machine(), named("node-3"), noon);
    CHECK(n.metadata.name == "node-3");
    CHECK(n.spec.pod_cidrs.empty());
    auto o = named("node-3");
    o.pod_cidr = "10.1.0.0/16";
    CHECK(new_node(machine(), o, noon).spec.pod_cidrs == std::vector<std::string>{"10.1.0.0/16"});
    o.lease_duration = milliseconds(40'999);
    auto const lease = new_lease(o, "the-uid", noon);
    CHECK(lease.metadata.namespace_ == "kube-node-lease");
    REQUIRE(lease.metadata.owner_references.size() == 1);
    CHECK(lease.metadata.owner_references[0].uid == "the-uid");
    CHECK(lease.spec.lease_duration_seconds == 40);
    CHECK(lease.spec.renew_time == object::micro_timestamp(noon));
}

TEST_CASE("news of a node are conditions that are new or have turned, and whether pods are placed on it",
          "[node]") {
    using words = std::vector<std::string>;
    auto const told = [](kube::node const& before, kube::node const& after) {
        auto out = words();
        for (auto const& n : node_news(before, after)) out.push_back(n.reason);
        return out;
    };
    auto const n = new_node(machine(), named("n"), noon);
    auto const first = words{"NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"};
    CHECK(told({}, n) == first);
    CHECK(told(n, n) == words());
    auto lost = n;
    for (auto& c : lost.status.conditions) c.status = "Unknown";
    auto back = first;
    back.emplace_back("NodeReady");
    CHECK(told(lost, n) == back);
    auto cordoned = n;
    cordoned.spec.unschedulable = true;
    CHECK(told(n, cordoned) == words{"NodeNotSchedulable"});
    CHECK(told(cordoned, n) == words{"NodeSchedulable"});
    auto const news = node_news(n, cordoned);
    CHECK(news.at(0).type == "Normal");
    CHECK(news.at(0).message == "Node n status is now: NodeNotSchedulable");
    CHECK(news.at(0).regarding.where == object::key{"", "n"});
}
