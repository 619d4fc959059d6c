#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/mirroring.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/controller/subsets.hpp>
#include <berth/kube/core/service/backends.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/packing.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/port_key.hpp>
#include <berth/kube/discovery/endpoint_slice/mirroring.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace berth::kube::detail {

inline auto is_mirrored(endpoints const& e) -> bool {
    return e.metadata.labels.get("endpointslice.kubernetes.io/skip-mirror") != "true" &&
           !e.metadata.annotations.contains("control-plane.alpha.kubernetes.io/leader");
}

/// The mirror of one Endpoints object.
class slice_mirror {
public:
    slice_mirror(reconcile::snapshot const& world, reconcile::seen<endpoints> of, std::size_t most)
        : of_(of), owner_(reconcile::controlled_by(*of)), most_(std::max<std::size_t>(most, 1)) {
        using controller = endpoint_slice_mirroring_controller;
        for (auto const& s : slices_of(world, of->metadata.where(), controller::manager))
            groups_[group_key(s->address_type, s->ports)].existing.push_back(s);
        for (auto const& s : repacked(of->subsets)) add(s);
    }

    auto run() -> reconcile::plan {
        auto changes = slice_changes();
        for (auto& [key, of_ports] : groups_) mirror(of_ports, changes);
        recycle(changes, owner_);
        auto plan = reconcile::plan{};
        if (!of_->metadata.deleting())
            for (auto& s : changes.create) plan.create(std::move(s));
        for (auto& c : changes.update) plan.update(c.before, std::move(c.after));
        for (auto const& s : changes.remove) plan.remove(s);
        if (!plan.empty() && skipped_ > 0)
            plan.warn(of_, "TooManyAddressesToMirror",
                      "A max of " + std::to_string(most_) +
                          " addresses can be mirrored to EndpointSlices per Endpoints subset. " +
                          std::to_string(skipped_) + " addresses were skipped");
        return plan;
    }

private:
    struct group {
        endpoint_slice wanted; ///< without endpoints
        endpoint_set endpoints;
        std::vector<reconcile::seen<endpoint_slice>> existing;
    };

    static auto group_key(std::string_view type, object::list<slice_port> const& ports) -> std::string {
        return std::string(type) + " " + port_key(ports);
    }

    auto add(endpoint_subset const& s) -> void {
        auto ports = object::list<slice_port>();
        for (auto const& p : s.ports) {
            auto& made = ports.emplace_back();
            made.name = p.name;
            made.port = p.port;
            made.protocol = p.protocol;
            made.app_protocol = p.app_protocol;
        }
        sort_ports(ports);
        auto taken = std::size_t{0};
        for (auto const* const list : {&s.addresses, &s.not_ready_addresses})
            for (auto const& a : *list) {
                if (taken++ < most_) add(a, list == &s.addresses, ports);
                else ++skipped_;
            }
    }

    auto add(endpoint_address const& a, bool ready, object::list<slice_port> const& ports) -> void {
        auto const* const type = is_ipv6(a.ip) ? "IPv6" : "IPv4";
        auto& in = groups_[group_key(type, ports)];
        in.wanted = empty_slice(type, ports);
        auto e = endpoint();
        e.addresses.push_back(a.ip);
        e.conditions.ready = ready;
        e.target_ref = a.target_ref;
        e.node_name = a.node_name;
        if (!a.hostname.empty()) e.hostname = a.hostname;
        auto key = endpoint_key(e);
        in.endpoints.insert_or_assign(std::move(key), std::move(e));
    }

    [[nodiscard]] auto empty_slice(std::string_view type, object::list<slice_port> const& ports) const
        -> endpoint_slice {
        auto const& from = of_->metadata;
        auto out = endpoint_slice();
        auto& m = out.metadata;
        m.namespace_ = from.namespace_;
        m.generate_name = from.name + "-";
        m.owner_references.push_back(owner_);
        m.labels = from.labels;
        m.labels[slice_service_label] = from.name;
        m.labels[slice_manager_label] = std::string(endpoint_slice_mirroring_controller::manager);
        m.annotations = from.annotations;
        m.annotations.erase(trigger_time_annotation);
        m.annotations.erase("kubectl.kubernetes.io/last-applied-configuration");
        out.address_type = std::string(type);
        out.ports = ports;
        return out;
    }

    [[nodiscard]] static auto is_right(endpoint_slice const& s, group const& g) -> bool {
        auto const same = [&](endpoint const& e) {
            auto const found = g.endpoints.find(endpoint_key(e));
            return found != g.endpoints.end() && same_endpoint(found->second, e);
        };
        return s.endpoints.size() == g.endpoints.size() &&
               std::all_of(s.endpoints.begin(), s.endpoints.end(), same) &&
               s.metadata.labels == g.wanted.metadata.labels &&
               s.metadata.annotations == g.wanted.metadata.annotations;
    }

    /// The first slice that is there becomes the mirror; others go.
    auto mirror(group& g, slice_changes& changes) const -> void {
        auto const& there = g.existing;
        if (g.endpoints.empty()) {
            changes.remove.insert(changes.remove.end(), there.begin(), there.end());
            return;
        }
        if (!there.empty()) changes.remove.insert(changes.remove.end(), there.begin() + 1, there.end());
        if (!there.empty() && is_right(*there.front(), g)) return;
        for (auto& [key, e] : g.endpoints)
            if (g.wanted.endpoints.size() < most_) g.wanted.endpoints.push_back(std::move(e));
        if (there.empty()) {
            changes.create.push_back(std::move(g.wanted));
            return;
        }
        auto after = *there.front();
        after.endpoints = std::move(g.wanted.endpoints);
        after.metadata.labels = std::move(g.wanted.metadata.labels);
        after.metadata.annotations = std::move(g.wanted.metadata.annotations);
        after.metadata.owner_references = std::move(g.wanted.metadata.owner_references);
        changes.update.push_back({there.front(), std::move(after)});
    }

    reconcile::seen<endpoints> of_;
    object::owner_reference owner_;
    std::size_t most_;
    std::size_t skipped_ = 0;
    std::map<std::string, group> groups_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto endpoint_slice_mirroring_controller::indexes() -> std::vector<reconcile::index> {
    return {slice_index()};
}

BERTH_DECL auto endpoint_slice_mirroring_controller::keys_for(reconcile::snapshot const&,
                                                              service const& s) const
    -> std::vector<object::key> {
    return {s.metadata.where()};
}

BERTH_DECL auto endpoint_slice_mirroring_controller::keys_for(reconcile::snapshot const&,
                                                              endpoint_slice const& s) const
    -> std::vector<object::key> {
    return service_of(s, manager);
}

BERTH_DECL auto endpoint_slice_mirroring_controller::matters(service const& before,
                                                             service const& after) const -> bool {
    return before.spec.selector.empty() != after.spec.selector.empty() ||
           before.metadata.uid != after.metadata.uid;
}

BERTH_DECL auto endpoint_slice_mirroring_controller::reconcile(reconcile::snapshot const& world,
                                                               object::key const& k) const
    -> reconcile::plan {
    auto const of = world.get<endpoints>(k);
    auto const front = world.get<service>(k);
    if (of && front && front->spec.selector.empty() && detail::is_mirrored(*of))
        return detail::slice_mirror(world, of, most_per_subset).run();
    auto plan = reconcile::plan{};
    for (auto const& s : slices_of(world, k, manager)) plan.remove(s);
    return plan;
}

} // namespace berth::kube
