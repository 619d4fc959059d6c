/// \file
/// Roles that sum up others follow them.

#include <berth/kube/rbac/cluster_role/controller.hpp>
#include <berth/reconcile/laws.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace berth;
using kube::cluster_role;
using words = std::vector<std::string>;

namespace {

constexpr auto controller = kube::cluster_role_aggregation_controller();

auto role(std::string name, words resources, std::string label = "") -> cluster_role {
    auto r = cluster_role();
    r.metadata.name = std::move(name);
    r.metadata.uid = "uid-of-" + r.metadata.name;
    if (!label.empty()) r.metadata.labels["part-of"] = std::move(label);
    for (auto& what : resources) {
        auto& rule = r.rules.emplace_back();
        rule.verbs = {"get"};
        rule.resources = {std::move(what)};
    }
    return r;
}
auto sum_of(std::string name, std::string label, words own = {}) -> cluster_role {
    auto r = role(std::move(name), std::move(own));
    r.aggregation_rule.engage().cluster_role_selectors.emplace_back().match_labels["part-of"] =
        std::move(label);
    return r;
}

/// A world of these roles.
struct roles_world {
    reconcile::world all;

    explicit roles_world(std::vector<cluster_role> roles) {
        for (auto& i : controller.indexes()) all.follow(*i.type).add_index(std::move(i));
        for (auto& r : roles) all.add(object::any_object(std::move(r)));
    }
    [[nodiscard]] auto at(time_point now) const -> reconcile::snapshot { return all.at(now); }
};

/// The resources that the rules of a role are about once its plan has been carried out.
auto rules_of(roles_world const& w, std::string const& name) -> words {
    auto const plan = controller.reconcile(w.at({}), {{}, name});
    auto const* rules = &w.at({}).get<cluster_role>({{}, name})->rules;
    if (!plan.steps.empty())
        rules = &std::get<reconcile::update_step>(plan.steps.front()).object.as<cluster_role>().rules;
    auto out = words();
    for (auto const& r : *rules) out.push_back(r.resources.front());
    return out;
}

} // namespace

TEST_CASE("a role has the rules of those that it sums up, by their names and each once") {
    auto const w = roles_world({role("b", {"pods", "nodes"}, "x"), role("a", {"services", "pods"}, "x"),
                                role("c", {"leases"}, "y"), sum_of("sum", "x", {"mine"})});
    CHECK(rules_of(w, "sum") == words{"services", "pods", "nodes"});
}

TEST_CASE("one that sums up nothing has no rules but those written by hand, and others keep theirs") {
    auto summed = sum_of("summed", "z", {"pods"});
    auto& written = summed.metadata.managed_fields.emplace_back();
    written.manager = "kube-controller-manager";
    written.fields_v1 = object::shared_fields(R"({"f:rules":{}})");
    auto const w = roles_world({role("a", {"pods"}, "x"), sum_of("sum", "z", {"mine"}), summed});
    CHECK(rules_of(w, "sum") == words{"mine"});
    CHECK(rules_of(w, "summed").empty());
    CHECK(controller.reconcile(w.at({}), {{}, "a"}).empty());
    CHECK(controller.reconcile(w.at({}), {{}, "nobody"}).empty());
}

TEST_CASE("the selectors come one after the other") {
    auto sum = sum_of("sum", "y");
    sum.aggregation_rule->cluster_role_selectors.emplace_back().match_labels["part-of"] = "x";
    auto const w = roles_world({role("a", {"pods"}, "x"), role("b", {"nodes"}, "y"), sum});
    CHECK(rules_of(w, "sum") == words{"nodes", "pods"});
}

TEST_CASE("a role is no part of itself, and every change asks about all that sum up") {
    auto self = sum_of("sum", "x", {"mine"});
    self.metadata.labels["part-of"] = "x";
    auto const w = roles_world({self, role("a", {"pods"}, "x"), sum_of("top", "y")});
    CHECK(rules_of(w, "sum") == words{"pods"});
    auto keys = controller.keys_for(w.at({}), role("any", {}));
    std::sort(keys.begin(), keys.end());
    CHECK(keys == std::vector<object::key>{{{}, "sum"}, {{}, "top"}});
    CHECK_FALSE(controller.matters(role("a", {"pods"}), role("a", {"pods"})));
    CHECK(controller.matters(role("a", {"pods"}), role("a", {"nodes"})));
}

TEST_CASE("the laws of controllers hold for sums of roles") {
    auto judge = [](reconcile::laws::finding const& f) {
        INFO(f.law << ": " << f.detail);
        CHECK(f.holds);
    };
    auto draw = berth::random_engine(7);
    for (auto n = 0; n < 20; ++n) {
        auto roles = std::vector<cluster_role>();
        for (auto i = 0; i < 40; ++i) {
            auto const name = "r" + std::to_string(i);
            auto const label = std::string(1, static_cast<char>('x' + draw.below(3)));
            if (draw.below(3) == 0) roles.push_back(sum_of(name, label));
            else roles.push_back(role(name, {"k" + std::to_string(draw.below(9))}, label));
        }
        auto const w = roles_world(std::move(roles));
        for (auto const& k : controller.keys_for(w.at({}), cluster_role()))
            reconcile::laws::all(controller, w.all, k, judge);
    }
}
