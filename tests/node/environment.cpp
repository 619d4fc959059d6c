/// \file
/// What the variables of a container are: literal values, fields, amounts, and keys of other objects.

#include "cluster.hpp"

#include <berth/node/environment.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace berth;
using namespace test;

namespace {

auto add_config(desk& d, std::string name, std::vector<std::pair<std::string, std::string>> const& data)
    -> void {
    auto map = kube::config_map();
    map.metadata.name = std::move(name);
    map.metadata.namespace_ = "default";
    for (auto const& [key, value] : data) map.data[key] = value;
    REQUIRE(api::create(d.server, map));
}

auto variable(kube::container& c, std::string name) -> kube::env_var& {
    auto& v = c.env.emplace_back();
    v.name = std::move(name);
    return v;
}

} // namespace

TEST_CASE("variables come from fields, config maps and secrets, and are put into commands",
          "[node][environment]") {
    auto d = desk();
    add_config(d, "settings", {{"color", "blue"}});
    auto secret = kube::secret();
    secret.metadata.name = "keys";
    secret.metadata.namespace_ = "default";
    secret.data["token"].data = "hush";
    REQUIRE(api::create(d.server, secret));
    auto p = make_pod("web");
    p.metadata.labels["app"] = "shop";
    p.status.pod_ip = "10.244.1.7";
    auto& c = p.spec.containers[0];
    c.command = {"run", "$(COLOR)", "$$(COLOR)", "$(MISSING)", "$"};
    c.args = {"--as=$(WHO)@$(IP)"};
    c.resources.limits["cpu"] = object::quantity::of_milli(1500);
    auto& all = c.env_from.emplace_back();
    all.prefix = "CFG_";
    all.config_map_ref.engage().name = "settings";
    auto const add = [&c](std::string name) -> kube::env_var& { return variable(c, std::move(name)); };
    auto& color = add("COLOR").value_from.engage().config_map_key_ref.engage();
    color.name = "settings";
    color.key = "color";
    auto& token = add("TOKEN").value_from.engage().secret_key_ref.engage();
    token.name = "keys";
    token.key = "token";
    add("WHO").value_from.engage().field_ref.engage().field_path = "metadata.labels['app']";
    add("IP").value_from.engage().field_ref.engage().field_path = "status.podIP";
    add("CPU").value_from.engage().resource_field_ref.engage().resource_ = "limits.cpu";
    add("TEXT").value = "$(WHO) has $(TOKEN)";
    auto& absent = add("ABSENT").value_from.engage().secret_key_ref.engage();
    absent.name = "nowhere";
    absent.key = "x";
    absent.optional = true;
    auto const capacity = kube::resource_list();
    auto resolver = node::environment_resolver(d.server, p, capacity);
    auto const variables = resolver.resolve(c).value();
    auto const expected = std::vector<node::environment_variable>{
        {"HOSTNAME", "web"}, {"CFG_color", "blue"}, {"COLOR", "blue"}, {"TOKEN", "hush"},
        {"WHO", "shop"},     {"IP", "10.244.1.7"},  {"CPU", "2"},      {"TEXT", "shop has hush"}};
    CHECK(variables == expected);
    CHECK(node::command_of(c, variables) ==
          std::vector<std::string>{"run", "blue", "$(COLOR)", "$(MISSING)", "$", "--as=shop@10.244.1.7"});
    color.key = "shade";
    CHECK(resolver.resolve(c).error().message == "couldn't find key shade in ConfigMap default/settings");
}

TEST_CASE("of two variables of one name the later value counts, in the earlier place",
          "[node][environment]") {
    auto d = desk();
    add_config(d, "first", {{"A", "first"}, {"B", "first"}});
    add_config(d, "second", {{"A", "second"}});
    auto p = make_pod("web");
    auto& c = p.spec.containers[0];
    for (auto const* name : {"first", "second"})
        c.env_from.emplace_back().config_map_ref.engage().name = name;
    variable(c, "B").value = "own";
    variable(c, "C").value = "$(A) $(B)"; // what came from elsewhere cannot be named: only own variables can
    auto const capacity = kube::resource_list();
    auto const all = node::environment_resolver(d.server, p, capacity).resolve(c).value();
    CHECK(all == std::vector<node::environment_variable>{
                     {"HOSTNAME", "web"}, {"A", "second"}, {"B", "own"}, {"C", "$(A) own"}});
}

TEST_CASE("what is missing is told in a kubelet's words, unless it may be", "[node][environment]") {
    auto d = desk();
    auto p = make_pod("web");
    auto& c = p.spec.containers[0];
    auto const capacity = kube::resource_list();
    auto const resolve = [&] { return node::environment_resolver(d.server, p, capacity).resolve(c); };
    SECTION("a whole map") {
        auto& ref = c.env_from.emplace_back().config_map_ref.engage();
        ref.name = "nowhere";
        auto const missing = resolve();
        REQUIRE_FALSE(missing);
        CHECK(missing.error().code == error_code::not_found);
        CHECK(missing.error().message == "configmap \"nowhere\" not found");
        ref.optional = true;
        CHECK(resolve().value().size() == 1);
    }
    SECTION("a key of a secret") {
        auto secret = kube::secret();
        secret.metadata.name = "keys";
        secret.metadata.namespace_ = "default";
        REQUIRE(api::create(d.server, secret));
        auto& ref = variable(c, "TOKEN").value_from.engage().secret_key_ref.engage();
        ref.name = "keys";
        ref.key = "token";
        CHECK(resolve().error().message == "couldn't find key token in Secret default/keys");
        ref.optional = true;
        CHECK(resolve().value().size() == 1);
    }
}

TEST_CASE("fields of a pod are named by their paths", "[node][environment]") {
    auto p = make_pod("web");
    p.metadata.uid = "u-1";
    p.metadata.annotations["note"] = "careful";
    p.spec.node_name = "node-1";
    p.spec.service_account_name = "robot";
    p.status.host_ip = "127.0.0.1";
    CHECK(node::field_of(p, "metadata.name") == "web");
    CHECK(node::field_of(p, "metadata.namespace") == "default");
    CHECK(node::field_of(p, "metadata.uid") == "u-1");
    CHECK(node::field_of(p, "metadata.annotations['note']") == "careful");
    CHECK(node::field_of(p, "metadata.annotations['none']") == "");
    CHECK(node::field_of(p, "spec.nodeName") == "node-1");
    CHECK(node::field_of(p, "spec.serviceAccountName") == "robot");
    CHECK(node::field_of(p, "status.hostIP") == "127.0.0.1");
    for (auto const* bad : {"spec.color", "metadata.labels[']", "metadata.labels", "metadata.labels['a"}) {
        auto const refused = node::field_of(p, bad);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == error_code::invalid);
        CHECK(refused.error().message == "unsupported fieldPath: " + std::string(bad));
    }
}

TEST_CASE("amounts are told in units of their divisor, rounded up", "[node][environment]") {
    auto c = kube::container();
    c.resources.limits["memory"] = object::quantity::of(1'000'001);
    c.resources.requests["cpu"] = object::quantity::of_milli(250);
    auto capacity = kube::resource_list();
    capacity["cpu"] = object::quantity::of(4);
    auto const amount = [&](std::string name, object::quantity divisor = {}) {
        auto which = kube::resource_field_selector();
        which.resource_ = std::move(name);
        which.divisor = divisor;
        return node::resource_of(c, which, capacity);
    };
    CHECK(amount("limits.memory") == "1000001");
    CHECK(amount("limits.memory", object::quantity::of(1'000'000)) == "2");
    CHECK(amount("requests.cpu") == "1");
    CHECK(amount("requests.cpu", object::quantity::of_milli(1)) == "250");
    CHECK(amount("limits.cpu") == "4"); // no limit: all that the node has
    CHECK(amount("requests.memory") == "0");
    CHECK(amount("color").error().message == "unsupported container resource : color");
    CHECK(amount("limits.memory", object::quantity::of(-1)).error().code == error_code::invalid);
}
