#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/detail/spread_trackers.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/detail/spread_trackers.hpp>
#include <berth/kube/schedule/plugins/normalize.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace berth::kube::plugins::detail {

BERTH_DECL required_spread_tracker::required_spread_tracker(pod_info const& p,
                                                            default_spreading const& defaults,
                                                            std::span<node_info const> nodes)
    : space_(p.value->metadata.namespace_) {
    auto const constraints = spreads_of(p, defaults, "DoNotSchedule");
    for (auto const& s : constraints) {
        auto c = one{.what = s, .rows = topology_rows(s.key, nodes)};
        c.own = s.selects.matches(p.labels()) ? 1 : 0;
        c.counts_in.resize(nodes.size());
        c.pods.resize(c.rows.domains());
        c.nodes.resize(c.rows.domains());
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            auto const& n = *nodes[i].value;
            if (!has_keys(n, constraints) || !counts_in(s, p, n)) continue;
            auto const domain = c.rows.domain_of(i);
            c.counts_in[i] = true;
            if (c.nodes[domain]++ == 0) ++c.domains;
            c.pods[domain] += matching_pods(s, p, nodes[i]);
        }
        c.find_least();
        all_.push_back(std::move(c));
    }
}

BERTH_DECL auto required_spread_tracker::one::find_least() -> void {
    least = std::numeric_limits<std::int64_t>::max();
    domains_at_least = 0;
    for (std::size_t d = 0; d < pods.size(); ++d) {
        if (nodes[d] == 0 || pods[d] > least) continue;
        domains_at_least = pods[d] < least ? 1 : domains_at_least + 1;
        least = pods[d];
    }
}

BERTH_DECL auto required_spread_tracker::one::add(std::uint32_t domain, std::int64_t sign,
                                                  schedule::stale_nodes& stale) -> void {
    auto const before = pods[domain];
    auto const least_before = least;
    pods[domain] += sign;
    if (before == least) --domains_at_least;
    if (pods[domain] == least) ++domains_at_least;
    if (pods[domain] < least) {
        least = pods[domain];
        domains_at_least = 1;
    } else if (domains_at_least == 0) {
        find_least();
    }
    auto const allowed = [&](std::int64_t in, std::int64_t lowest) {
        return allows(what, in, own, lowest, domains);
    };
    if (allowed(before, least_before) != allowed(pods[domain], least)) stale.nodes(rows.members(domain));
    if (least == least_before) return;
    for (std::uint32_t d = 0; d < pods.size(); ++d)
        if (d != domain && allowed(pods[d], least_before) != allowed(pods[d], least))
            stale.nodes(rows.members(d));
}

BERTH_DECL auto required_spread_tracker::accepts(std::size_t node) const -> bool {
    return std::all_of(all_.begin(), all_.end(), [&](one const& c) {
        auto const domain = c.rows.domain_of(node);
        return domain != topology_rows::none && allows(c.what, c.pods[domain], c.own, c.least, c.domains);
    });
}

BERTH_DECL auto required_spread_tracker::entered(pod_info const& other, std::size_t node,
                                                 std::span<node_info const>, int sign,
                                                 schedule::stale_nodes& stale) -> void {
    for (auto& c : all_)
        if (c.counts_in[node] && counts(c.what, space_, other)) c.add(c.rows.domain_of(node), sign, stale);
}

BERTH_DECL auto preferred_spread_tracker::one::domain_of(std::size_t node) const -> std::size_t {
    auto const domain = rows.domain_of(node);
    if (domain != topology_rows::none) return domain;
    return rows.unnamed() != topology_rows::none ? rows.unnamed() : rows.domains();
}

BERTH_DECL preferred_spread_tracker::preferred_spread_tracker(pod_info const& p,
                                                              default_spreading const& defaults,
                                                              std::span<node_info const> nodes)
    : space_(p.value->metadata.namespace_) {
    auto const constraints = spreads_of(p, defaults, "ScheduleAnyway");
    if (constraints.empty()) return;
    auto const needs_all_keys = !p.spec().topology_spread_constraints.empty() || !defaults.by_system;
    takes_part_.resize(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
        takes_part_[i] = !needs_all_keys || has_keys(*nodes[i].value, constraints);
    all_take_part_ = std::find(takes_part_.begin(), takes_part_.end(), false) == takes_part_.end();
    for (auto const& s : constraints) {
        auto c = one{.what = s, .rows = topology_rows(s.key, nodes), .about_hosts = is_about_hosts(s)};
        for (std::size_t i = 0; i < nodes.size() && c.all_named; ++i)
            c.all_named = c.rows.domain_of(i) != topology_rows::none;
        c.counts_in.resize(nodes.size());
        c.pods.resize(c.about_hosts ? nodes.size() : c.rows.domains() + 1);
        c.candidates.resize(c.rows.domains() + 1);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (!takes_part_[i] || !(c.about_hosts || counts_in(s, p, *nodes[i].value))) continue;
            c.counts_in[i] = true;
            c.pods[c.about_hosts ? i : c.domain_of(i)] += matching_pods(s, p, nodes[i]);
        }
        c.weight = std::log(2.0);
        all_.push_back(std::move(c));
    }
    find_colours();
}

BERTH_DECL auto preferred_spread_tracker::find_colours() -> void {
    if (!all_take_part_) return;
    for (std::size_t i = 0; i < all_.size(); ++i) {
        auto& place = all_[i].about_hosts ? about_hosts_ : about_domains_;
        if (place != nobody || (all_[i].about_hosts && !all_[i].all_named)) return;
        place = i;
    }
    auto const domains = about_domains_ == nobody ? 1 : all_[about_domains_].rows.domains() + 1;
    if (domains > most_colours) return;
    colours_ = domains;
    if (about_hosts_ == nobody) return;
    auto const& pods = all_[about_hosts_].pods;
    if (!pods.empty()) make_level(*std::max_element(pods.begin(), pods.end()));
}

BERTH_DECL auto preferred_spread_tracker::make_level(std::int64_t pods) -> void {
    if (colours_ == 0 || pods < static_cast<std::int64_t>(levels_)) return;
    auto const domains = colours_ / levels_;
    levels_ = std::bit_ceil(static_cast<std::size_t>(pods) + 1);
    colours_ = levels_ <= most_colours / domains ? domains * levels_ : 0;
}

/// Keys with many domains weigh more.
BERTH_DECL auto preferred_spread_tracker::weigh(one& c, schedule::stale_nodes& stale) const -> void {
    c.weight = std::log(static_cast<double>(c.about_hosts ? candidates_ : c.domains) + 2);
    stale.all();
}

BERTH_DECL auto preferred_spread_tracker::candidate(std::size_t node, std::int64_t sign,
                                                    schedule::stale_nodes& stale) -> void {
    if (all_.empty() || !takes_part_[node]) return;
    candidates_ += sign;
    for (auto& c : all_) {
        if (c.about_hosts) {
            weigh(c, stale);
            continue;
        }
        auto& in = c.candidates[c.domain_of(node)];
        in += sign;
        if (in != (sign > 0 ? 1 : 0)) continue;
        c.domains += sign;
        weigh(c, stale);
    }
}

BERTH_DECL auto preferred_spread_tracker::entered(pod_info const& other, std::size_t node,
                                                  std::span<node_info const>, int sign,
                                                  schedule::stale_nodes& stale) -> void {
    for (auto& c : all_) {
        if (!c.counts_in[node] || !counts(c.what, space_, other)) continue;
        if (c.about_hosts) {
            c.pods[node] += sign;
            make_level(c.pods[node]);
            stale.node(node);
        } else {
            auto const domain = c.domain_of(node);
            c.pods[domain] += sign;
            if (domain < c.rows.domains()) stale.nodes(c.rows.members(static_cast<std::uint32_t>(domain)));
        }
    }
}

BERTH_DECL auto preferred_spread_tracker::points_of(std::size_t node) const -> schedule::points {
    if (all_.empty()) return 0;
    if (!takes_part_[node]) return std::numeric_limits<schedule::points>::quiet_NaN();
    auto points = 0.0;
    for (auto const& c : all_) {
        if (c.rows.domain_of(node) == topology_rows::none) continue;
        points += c.cost(c.about_hosts ? node : c.domain_of(node));
    }
    return rounded(points);
}

BERTH_DECL auto preferred_spread_tracker::points_of_colour(std::size_t colour) const -> schedule::points {
    auto points = 0.0;
    if (about_domains_ != nobody) {
        auto const& c = all_[about_domains_];
        if (colour / levels_ < c.rows.domains()) points += c.cost(colour / levels_);
    }
    if (about_hosts_ != nobody) {
        auto const& c = all_[about_hosts_];
        points += cost_of(c.what, static_cast<std::int64_t>(colour % levels_), c.weight);
    }
    return rounded(points);
}

BERTH_DECL auto preferred_spread_tracker::one::add_to(std::span<schedule::points> all) const -> void {
    if (about_hosts && all_named) {
        for (std::size_t i = 0; i < all.size(); ++i) all[i] += cost(i);
        return;
    }
    auto by_domain = std::array<double, most_colours>();
    auto const few = !about_hosts && rows.domains() <= by_domain.size();
    for (std::size_t d = 0; d < rows.domains() && few; ++d) by_domain[d] = cost(d);
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto const domain = rows.domain_of(i);
        if (domain == topology_rows::none) continue;
        all[i] += few ? by_domain[domain] : cost(about_hosts ? i : domain);
    }
}

BERTH_DECL auto preferred_spread_tracker::fill(std::span<schedule::points> all) const -> void {
    std::fill(all.begin(), all.end(), 0);
    if (all_.empty()) return;
    for (auto const& c : all_) c.add_to(all);
    for (auto& p : all) p = rounded(p);
    for (std::size_t i = 0; i < all.size() && !all_take_part_; ++i)
        if (!takes_part_[i]) all[i] = std::numeric_limits<schedule::points>::quiet_NaN();
}

BERTH_DECL auto turned_over(schedule::points p, schedule::extremes const& e) -> schedule::points {
    if (!(p == p)) return 0;
    auto const most = static_cast<std::int64_t>(e.greatest);
    if (most == 0) return static_cast<schedule::points>(most_points);
    auto const least = static_cast<std::int64_t>(e.least);
    return static_cast<schedule::points>(most_points * (most + least - static_cast<std::int64_t>(p)) / most);
}

} // namespace berth::kube::plugins::detail
