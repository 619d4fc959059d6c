#pragma once

/// \file
/// The bodies of `berth/kube/schedule/forecast.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/forecast.hpp>
#include <berth/object/label_selector.hpp>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace berth::kube::detail {

/// The budgets of one forecast, which evictions use up.
class budget_book {
public:
    explicit budget_book(catalogue const& all) : all_(&all) {}

    /// Uses up what an eviction costs, or says what forbids it.
    auto evict(pod const& p) -> std::string {
        auto const guarding = guards_of(p);
        if (guarding.empty()) return {};
        if (guarding.size() > 1)
            return "it has more than one PodDisruptionBudget, which eviction does not support";
        auto const& b = *guarding.front();
        if (b.status.disrupted_pods.contains(p.metadata.name) || may_go_unready(p, b)) return {};
        if (b.status.observed_generation < b.metadata.generation)
            return "the disruption budget " + b.metadata.name + " is still being processed by the server";
        auto const left = left_.try_emplace(&b, b.status.disruptions_allowed).first;
        if (left->second <= 0)
            return "the disruption budget " + b.metadata.name + " needs " +
                   std::to_string(b.status.desired_healthy) + " healthy pods and has " +
                   std::to_string(b.status.current_healthy) + " currently" +
                   (b.status.disruptions_allowed > 0 ? "; those before use it up" : "");
        --left->second;
        return {};
    }

private:
    /// An empty selector guards each pod of the namespace, an absent one none.
    [[nodiscard]] auto guards_of(pod const& p) const -> std::vector<pod_disruption_budget const*> {
        auto out = std::vector<pod_disruption_budget const*>();
        for (auto const& [name, e] : all_->budgets.in(p.metadata.namespace_)) {
            auto const selects = object::to_selector(e.value->spec.selector);
            if (e.value->spec.selector && selects && selects->matches(p.metadata.labels))
                out.push_back(&*e.value);
        }
        return out;
    }
    /// A pod that is not ready may go where the budget does not count on it.
    static auto may_go_unready(pod const& p, pod_disruption_budget const& b) -> bool {
        if (p.status.phase == "Pending") return true;
        auto const* const ready = object::find_condition(p.status.conditions, "Ready");
        if (ready != nullptr && ready->status == "True") return false;
        auto const& policy = b.spec.unhealthy_pod_eviction_policy;
        if (policy && *policy == "AlwaysAllow") return true;
        return b.status.desired_healthy > 0 && b.status.current_healthy >= b.status.desired_healthy;
    }

    catalogue const* all_;
    std::map<pod_disruption_budget const*, std::int32_t> left_;
};

BERTH_DECL auto pods_to_drain(node_info const& n) -> std::vector<pod_handle> {
    auto out = n.pods;
    std::sort(out.begin(), out.end(), [](pod_handle const& a, pod_handle const& b) {
        auto const& x = a->value->metadata;
        auto const& y = b->value->metadata;
        return std::tuple(-std::int64_t{a->priority()}, x.creation_timestamp.unix_seconds,
                          std::string_view(x.namespace_), std::string_view(x.name)) <
               std::tuple(-std::int64_t{b->priority()}, y.creation_timestamp.unix_seconds,
                          std::string_view(y.namespace_), std::string_view(y.name));
    });
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto replica_of(pod_info const& p, std::size_t i) -> pod_info {
    auto copy = *p.value;
    copy.spec.node_name.clear();
    copy.status = {};
    copy.metadata.deletion_timestamp.reset();
    if (i > 0) {
        auto const number = "-" + std::to_string(i);
        copy.metadata.name += number;
        copy.metadata.uid += number;
    }
    return pod_info(object::stored<pod>({object::any_object(std::move(copy)), p.value.revision_of()}),
                    *p.catalogue);
}

BERTH_DECL auto possible_departures(std::span<pod_handle const> in_order, catalogue const& all,
                                    drain_options how) -> std::vector<possible_departure> {
    auto book = detail::budget_book(all);
    auto out = std::vector<possible_departure>();
    for (auto const& p : in_order) {
        auto const& m = p->value->metadata;
        auto const* const owner = object::controller_of(m);
        auto& d = out.emplace_back(possible_departure{p, false, {}});
        if (m.annotations.contains("kubernetes.io/config.mirror")) d.ignored = true;
        else if (owner != nullptr && owner->kind == "DaemonSet") d.ignored = true;
        else if (owner == nullptr && !how.force)
            d.obstacle = "it has no controller: nobody would make it again";
        else if (!m.deleting()) d.obstacle = book.evict(*p->value);
    }
    return out;
}

} // namespace berth::kube
