/// \file
/// Evictions: which pods go, which stay, and what is noted.

#include "../../vocabulary.hpp"

#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/policy/eviction/evict.hpp>
#include <berth/kube/policy/pod_disruption_budget/type.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

/// A pod, the budgets of its namespace, and what was written and deleted.
struct scene {
    kube::pod p = ready_pod();
    std::vector<object::object_ref> budgets;
    std::vector<api::delete_options> deletions;
    int races = 0;      ///< budgets that are written by somebody else meanwhile
    bool moved = false; ///< so was the pod

    static auto ready_pod() -> kube::pod {
        auto p = kube::pod();
        p.metadata.name = "p";
        p.metadata.namespace_ = "t";
        p.metadata.labels["app"] = "web";
        p.status.phase = "Running";
        auto& c = p.status.conditions.emplace_back();
        c.type = "Ready";
        c.status = "True";
        return p;
    }
    auto guard(std::int32_t allowed, std::string name = "b") -> kube::pod_disruption_budget& {
        auto b = kube::pod_disruption_budget();
        b.metadata.name = std::move(name);
        b.metadata.namespace_ = "t";
        b.spec.selector.engage().match_labels["app"] = "web";
        b.status.disruptions_allowed = allowed;
        b.status.desired_healthy = 2;
        b.status.current_healthy = 1;
        kept_.push_back(std::make_unique<kube::pod_disruption_budget>(std::move(b)));
        return *kept_.back();
    }
    auto evict(api::delete_document options = {}, bool dry_run = false) -> result<object::any_object> {
        budgets.clear();
        for (auto const& b : kept_) budgets.push_back({object::any_object(*b), 5});
        auto world = api::admission_world();
        world.list = [this](object::resource_name const&) -> result<std::vector<object::object_ref>> {
            return budgets;
        };
        world.write_status = [this](object::any_object o, object::revision seen) {
            return write(std::move(o), seen);
        };
        world.remove = [this](object::resource_name const&, object::key const&,
                              api::delete_options const& o) -> result<void> {
            if (moved && !o.expected_resource_version.empty())
                return api::conflict(kube::pod::resource, "p", "it was changed");
            deletions.push_back(o);
            return {};
        };
        auto const who = api::anonymous_identity();
        auto e = kube::eviction();
        e.metadata.name = "p";
        e.delete_options.engage() = std::move(options);
        return kube::evict(p, &e, {world, who, new_year, dry_run, 9});
    }
    auto budget() const -> kube::pod_disruption_budget const& {
        return budgets.front().object.as<kube::pod_disruption_budget>();
    }

private:
    auto write(object::any_object o, object::revision seen) -> result<object::revision> {
        if (o.get_if<kube::pod>() != nullptr) {
            if (moved) return api::modified(kube::pod::resource, "p");
            p = o.as<kube::pod>();
            return 10;
        }
        if (races-- > 0) return api::modified(kube::pod_disruption_budget::resource, "b");
        budgets.front() = {std::move(o), seen + 1};
        return seen + 1;
    }

    std::vector<std::unique_ptr<kube::pod_disruption_budget>> kept_;
};

} // namespace

TEST_CASE("a pod that nobody guards goes, and says why") {
    auto s = scene();
    REQUIRE(s.evict());
    REQUIRE(s.deletions.size() == 1);
    CHECK(s.deletions[0].expected_resource_version.empty());
    CHECK(s.p.status.conditions[1].type == "DisruptionTarget");
}

TEST_CASE("a pod that is guarded goes while its budget lasts, which notes it") {
    auto s = scene();
    s.guard(1);
    REQUIRE(s.evict());
    CHECK(s.budget().status.disruptions_allowed == 0);
    CHECK(s.budget().status.disrupted_pods.contains("p"));
    REQUIRE(s.budget().status.conditions.size() == 1);
    CHECK(s.budget().status.conditions[0].reason == "InsufficientPods");
}

TEST_CASE("a budget that is used up keeps a pod that is ready") {
    auto s = scene();
    s.guard(0);
    auto const refused = s.evict();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::too_many_requests);
    CHECK(refused.error().message == "Cannot evict pod as it would violate the pod's disruption budget.");
    CHECK(refused.error().details.causes ==
          std::vector<error_cause>{
              {"DisruptionBudget", "The disruption budget b needs 2 healthy pods and has 1 currently", ""}});
    CHECK(s.deletions.empty());
}

TEST_CASE("a budget that the system has not looked at yet asks to wait") {
    auto s = scene();
    s.guard(1).metadata.generation = 1;
    auto const refused = s.evict();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().details.retry_after_seconds == 10);
    CHECK(refused.error().details.causes[0].message ==
          "The disruption budget b is still being processed by the server.");
}

TEST_CASE("pods that have not begun, have ended or go already are not guarded") {
    for (auto const* const phase : {"Pending", "Succeeded", "Failed"}) {
        auto s = scene();
        s.guard(0);
        s.p.status.phase = phase;
        CHECK(s.evict());
        CHECK(s.deletions.size() == 1);
    }
    auto s = scene();
    s.guard(0);
    s.p.metadata.deletion_timestamp = object::timestamp(new_year);
    CHECK(s.evict());
}

TEST_CASE(
    "a pod that is not ready goes if its budget says so, or has enough without it, and is still as seen") {
    auto s = scene();
    s.p.status.conditions = {};
    auto& b = s.guard(0);
    CHECK_FALSE(s.evict());
    b.spec.unhealthy_pod_eviction_policy.engage() = "AlwaysAllow";
    REQUIRE(s.evict());
    CHECK(s.deletions.back().expected_resource_version == "10"); // after it was told
    b.spec.unhealthy_pod_eviction_policy.reset();
    b.status.current_healthy = 2;
    CHECK(s.evict());
    s.moved = true;
    auto const refused = s.evict();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == error_code::too_many_requests);
}

TEST_CASE("two budgets for one pod are not understood") {
    auto s = scene();
    s.guard(1);
    s.guard(1, "c");
    CHECK(s.evict().error().message == "This pod has more than one PodDisruptionBudget, which the eviction "
                                       "subresource does not support.");
}

TEST_CASE("a budget that somebody else writes meanwhile is looked at again, but not for ever") {
    auto s = scene();
    s.guard(2);
    s.races = 2;
    REQUIRE(s.evict());
    CHECK(s.budget().status.disruptions_allowed == 1);
    s.races = 100;
    CHECK(s.evict().error().code == error_code::too_many_requests);
}

TEST_CASE("a dry run of an eviction writes nothing, and its options are those of the deletion") {
    auto s = scene();
    s.guard(1);
    auto options = api::delete_document();
    options.grace_period_seconds = 3;
    REQUIRE(s.evict(options, true));
    CHECK(s.deletions[0].dry_run);
    CHECK(s.deletions[0].grace_period_seconds == 3);
    CHECK(s.budget().status.disruptions_allowed == 1);
    CHECK(s.p.status.conditions.size() == 1);
}
