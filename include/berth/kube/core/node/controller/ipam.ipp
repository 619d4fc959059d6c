#pragma once

/// \file
/// The bodies of `berth/kube/core/node/controller/ipam.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller/ipam.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace berth::kube::detail {

/// The index of nodes by whether they have a range.
inline constexpr std::string_view node_ranged = "ranged";
inline constexpr std::string_view without_range = "no";

/// The nodes that have no range, the oldest first.
inline auto nodes_without_range(reconcile::snapshot const& world) -> std::vector<reconcile::seen<node>> {
    auto out = std::vector<reconcile::seen<node>>();
    for (auto const n : world.where<node>(node_ranged, without_range)) out.push_back(n);
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
        return std::tie(a->metadata.creation_timestamp, a->metadata.name) <
               std::tie(b->metadata.creation_timestamp, b->metadata.name);
    });
    return out;
}

/// One range of each of the cluster's, or none at all.
inline auto take_ranges(std::vector<node_ranges>& from) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    if (std::any_of(from.begin(), from.end(), [](auto const& r) { return r.free() == 0; })) return out;
    for (auto& r : from) out.push_back(*r.take());
    return out;
}

/// The patch that gives a node its ranges. Validation refuses it where the node has others by then.
inline auto patch_of_ranges(std::vector<std::string> const& ranges) -> std::string {
    auto list = std::string();
    for (auto const& r : ranges) list += (list.empty() ? "\"" : ",\"") + r + "\"";
    return R"({"spec":{"podCIDR":")" + ranges.front() + R"(","podCIDRs":[)" + list + "]}}";
}

inline auto tell_of_range(reconcile::plan& plan, reconcile::seen<node> const& n, std::string reason,
                          reconcile::note::when condition) -> void {
    auto message = "Node " + n->metadata.name + " status is now: " + reason;
    plan.tell(
        {reconcile::reference(n.ref().object), "Normal", std::move(reason), std::move(message), condition});
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto node_ipam_options::of(std::string_view clusters, std::optional<int> v4_prefix,
                                      std::optional<int> v6_prefix) -> result<node_ipam_options> {
    auto out = node_ipam_options{};
    for (std::size_t begin = 0; begin <= clusters.size();) {
        auto const end = std::min(clusters.find(',', begin), clusters.size());
        auto const one = clusters.substr(begin, end - begin);
        auto made = node_ranges::of(one, one.find(':') == std::string_view::npos ? v4_prefix : v6_prefix);
        if (!made) return std::unexpected(std::move(made).error());
        out.clusters.push_back(*std::move(made));
        begin = end + 1;
    }
    if (out.clusters.size() > 2 ||
        (out.clusters.size() == 2 && out.clusters[0].is_v4() == out.clusters[1].is_v4()))
        return fail(error_code::invalid,
                    "\"" + std::string(clusters) +
                        "\": a cluster has one range of addresses, or one of each family");
    return out;
}

BERTH_DECL auto node_ipam_controller::indexes() -> std::vector<reconcile::index> {
    return {reconcile::index_of<node>(std::string(detail::node_ranged), [](node const& n) {
        return std::vector<std::string>{n.spec.pod_cidrs.empty() ? std::string(detail::without_range)
                                                                 : "yes"};
    })};
}

BERTH_DECL auto node_ipam_controller::supply_of(reconcile::snapshot const& world) const -> supply {
    auto out = supply{options.clusters};
    for (auto const& range : options.reserved)
        for (auto& cluster : out.ranges) cluster.occupy(range);
    for (auto const n : world.all<node>()) {
        if (n->spec.pod_cidrs.empty()) continue;
        ++out.given;
        for (auto const& range : n->spec.pod_cidrs)
            for (auto& cluster : out.ranges) cluster.occupy(range);
    }
    // As many as were given are not free: where the ranges were given in turn this is the next one.
    for (auto& cluster : out.ranges) cluster.start_at(out.given);
    return out;
}

BERTH_DECL auto node_ipam_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                                memory const& told) const -> reconcile::decision<memory> {
    auto out = reconcile::decision<memory>();
    if (!k.name.empty() || options.clusters.empty()) return out;
    auto const lacking = detail::nodes_without_range(world);
    if (lacking.empty()) return out;
    auto stock = supply_of(world);
    out.plan.policy = reconcile::on_failure::go_on;
    auto left = std::max(options.batch, (stock.given + lacking.size()) / 4);
    for (auto const& n : lacking) {
        auto const& uid = n->metadata.uid;
        auto const known = told.contains(uid);
        if (known) out.memory.insert(uid);
        if (left == 0) continue;
        if (auto const ranges = detail::take_ranges(stock.ranges); !ranges.empty()) {
            out.memory.erase(uid);
            out.plan.patch(n, detail::patch_of_ranges(ranges), {.any_revision = true});
            detail::tell_of_range(out.plan, n, "CIDRAssignmentFailed", reconcile::note::when::failed);
            --left;
        } else if (!known) {
            out.memory.insert(uid);
            detail::tell_of_range(out.plan, n, "CIDRNotAvailable", reconcile::note::when::always);
            --left;
        }
    }
    if (left == 0) out.plan.look_again(milliseconds(1));
    return out;
}

} // namespace berth::kube
