#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/detail/company_trackers.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/plugins/detail/company_terms.hpp>
#include <berth/kube/schedule/plugins/detail/company_trackers.hpp>

#include <algorithm>

namespace berth::kube::plugins::detail {

BERTH_DECL required_company_tracker::required_company_tracker(pod_info const& p,
                                                              std::span<node_info const> nodes)
    : pod_(p) {
    auto own = named_requirements(p);
    first_of_its_kind_may_begin_ = matches_all(own.required, *p.value);
    for (auto const* const all : {&own.required, &own.excluded})
        for (auto const& t : *all) counts_.row_of(t.topology_key, nodes);
    auto const asks = !own.required.empty() || !own.excluded.empty();
    own_ = std::make_shared<pod_terms const>(std::move(own));
    auto all_are_new = schedule::stale_nodes();
    all_are_new.all();
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (auto const& other : asks ? nodes[i].pods : nodes[i].with_terms)
            entered(*other, i, nodes, 1, all_are_new);
}

BERTH_DECL auto required_company_tracker::add(bearing how, affinity_term const& t, std::size_t node,
                                              std::span<node_info const> nodes, int sign,
                                              schedule::stale_nodes& stale) -> void {
    auto& row = counts_.row_of(t.topology_key, nodes);
    auto const domain = row.nodes.domain_of(node);
    if (domain == topology_rows::none) return;
    auto const what = static_cast<std::size_t>(how);
    auto& count = row.of[domain][what];
    auto const was = count > 0;
    count += sign;
    if (was == (count > 0)) return;
    domains_[what] += sign;
    // Whoever wants nobody but its own kind may begin anywhere, until it has begun.
    if (how == bearing::wanted && domains_[what] == (sign > 0 ? 1 : 0)) stale.all();
    else stale.nodes(row.nodes.members(domain));
}

BERTH_DECL auto required_company_tracker::entered(pod_info const& other, std::size_t node,
                                                  std::span<node_info const> nodes, int sign,
                                                  schedule::stale_nodes& stale) -> void {
    for_each_requirement(pod_, *own_, other,
                         [&](bearing how, affinity_term const& t) { add(how, t, node, nodes, sign, stale); });
}

BERTH_DECL auto required_company_tracker::has_company(std::size_t node) const -> bool {
    auto complete = true;
    for (auto const& t : own_->required) {
        auto const* const row = counts_.find(t.topology_key);
        auto const domain = row->nodes.domain_of(node);
        if (domain == topology_rows::none) return false;
        if (row->of[domain][wanted] <= 0) complete = false;
    }
    return complete || (domains_[wanted] == 0 && first_of_its_kind_may_begin_);
}

BERTH_DECL auto required_company_tracker::accepts(std::size_t node) const -> bool {
    if (!own_->required.empty() && !has_company(node)) return false;
    if (domains_[against] == 0 && domains_[unwanted] == 0) return true;
    return std::none_of(counts_.rows().begin(), counts_.rows().end(), [&](auto const& row) {
        auto const domain = row.nodes.domain_of(node);
        return domain != topology_rows::none && (row.of[domain][against] > 0 || row.of[domain][unwanted] > 0);
    });
}

BERTH_DECL preferred_company_tracker::preferred_company_tracker(pod_info const& p,
                                                                std::span<node_info const> nodes,
                                                                std::int64_t hard_weight, bool ignores_others)
    : pod_(p),
      preferred_(all_named(own_terms(p).preferred, *p.catalogue)),
      avoided_(all_named(own_terms(p).avoided, *p.catalogue)),
      hard_weight_(hard_weight),
      ignores_others_(ignores_others && preferred_.empty() && avoided_.empty()) {
    if (ignores_others_) return;
    auto const prefers = !preferred_.empty() || !avoided_.empty();
    auto all_are_new = schedule::stale_nodes();
    all_are_new.all();
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (auto const& other : prefers ? nodes[i].pods : nodes[i].with_terms)
            entered(*other, i, nodes, 1, all_are_new);
}

BERTH_DECL auto preferred_company_tracker::add(affinity_term const& t, std::int64_t weight, std::size_t node,
                                               std::span<node_info const> nodes, schedule::stale_nodes& stale)
    -> void {
    // A new row is new colours: it begins with a node that has the label, so that somebody hears of them.
    if (weight == 0 || !nodes[node].value->metadata.labels.contains(t.topology_key)) return;
    auto& row = sums_.row_of(t.topology_key, nodes);
    auto const domain = row.nodes.domain_of(node);
    row.of[domain][0] += weight;
    stale.nodes(row.nodes.members(domain));
}

BERTH_DECL auto preferred_company_tracker::entered(pod_info const& other, std::size_t node,
                                                   std::span<node_info const> nodes, int sign,
                                                   schedule::stale_nodes& stale) -> void {
    if (ignores_others_) return;
    for_each_preference(
        pod_, preferred_, avoided_, other, hard_weight_,
        [&](auto const& t, std::int64_t weight) { add(t, sign * weight, node, nodes, stale); });
}

BERTH_DECL auto preferred_company_tracker::points_of(std::size_t node) const -> schedule::points {
    auto sum = std::int64_t{0};
    for (auto const& row : sums_.rows())
        if (auto const domain = row.nodes.domain_of(node); domain != topology_rows::none)
            sum += row.of[domain][0];
    return static_cast<schedule::points>(sum);
}

BERTH_DECL auto preferred_company_tracker::colours() const -> std::size_t {
    if (sums_.rows().empty()) return 1;
    auto const few = sums_.rows().size() == 1 && sums_.rows().front().of.size() < most_colours;
    return few ? sums_.rows().front().of.size() + 1 : 0;
}

BERTH_DECL auto preferred_company_tracker::points_of_colour(std::size_t colour) const -> schedule::points {
    if (sums_.rows().empty() || colour == sums_.rows().front().of.size()) return 0;
    return static_cast<schedule::points>(sums_.rows().front().of[colour][0]);
}

BERTH_DECL auto preferred_company_tracker::fill(std::span<schedule::points> all) const -> void {
    std::fill(all.begin(), all.end(), 0);
    for (auto const& row : sums_.rows()) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto const domain = row.nodes.domain_of(i);
            all[i] += domain == topology_rows::none ? 0 : static_cast<schedule::points>(row.of[domain][0]);
        }
    }
}

} // namespace berth::kube::plugins::detail
