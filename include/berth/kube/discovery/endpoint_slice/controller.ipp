#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/controller.hpp>
#include <berth/kube/discovery/endpoint_slice/controller.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/desired.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/packing.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/port_key.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// A look at one service.
class slice_sync {
public:
    slice_sync(reconcile::snapshot const& world, reconcile::seen<service> of, std::size_t most)
        : world_(world),
          service_(of),
          owner_(reconcile::controlled_by(*of)),
          most_(std::max<std::size_t>(most, 1)),
          labels_(slice_labels(*of, endpoint_slice_controller::manager)),
          pods_(pods_behind(world, *of)),
          existing_(slices_of(world, of->metadata.where(), endpoint_slice_controller::manager)) {}

    auto run(trigger_times const& before) -> reconcile::decision<trigger_times> {
        auto [at, after] = triggered(before, *service_, pods_);
        trigger_ = at;
        auto const types = address_types_of(*service_);
        for (auto const type : types) sync(type);
        for (auto const& s : existing_)
            if (std::find(types.begin(), types.end(), s->address_type) == types.end()) plan_.remove(s);
        tell();
        return {std::move(plan_), std::move(after)};
    }

private:
    using slices = std::vector<reconcile::seen<endpoint_slice>>;

    [[nodiscard]] auto empty_slice(std::string_view type) const -> endpoint_slice {
        auto out = endpoint_slice();
        out.metadata.namespace_ = service_->metadata.namespace_;
        out.metadata.generate_name = service_->metadata.name + "-";
        out.metadata.labels = labels_;
        out.metadata.owner_references.push_back(owner_);
        out.address_type = std::string(type);
        return out;
    }

    /// The slices of one type of address.
    auto sync(std::string_view type) -> void {
        auto changes = slice_changes();
        auto by_ports = std::map<std::string, slices>();
        auto there = std::size_t{0};
        for (auto const& s : existing_) {
            if (s->address_type != type) continue;
            ++there;
            if (is_slice_of(*s, owner_)) by_ports[port_key(s->ports)].push_back(s);
            else changes.remove.push_back(s);
        }
        auto desired = desired_of(world_, *service_, pods_, type);
        if (!desired.without_node.empty()) without_node_ = std::move(desired.without_node);
        for (auto& [key, group] : desired.groups) {
            auto pattern = slice_pattern{empty_slice(type), most_};
            pattern.empty.ports = std::move(group.ports);
            add(pack(by_ports[key], std::move(group.endpoints), pattern), changes);
        }
        for (auto const& [key, left] : by_ports)
            if (!desired.groups.contains(key))
                changes.remove.insert(changes.remove.end(), left.begin(), left.end());
        if (there == changes.remove.size() && changes.create.empty()) keep_placeholder(type, changes);
        finish(std::move(changes));
    }

    static auto add(slice_changes from, slice_changes& to) -> void {
        std::move(from.create.begin(), from.create.end(), std::back_inserter(to.create));
        std::move(from.update.begin(), from.update.end(), std::back_inserter(to.update));
        to.remove.insert(to.remove.end(), from.remove.begin(), from.remove.end());
    }

    /// A service without endpoints has one slice that says so.
    auto keep_placeholder(std::string_view type, slice_changes& changes) const -> void {
        auto const is_one = [&](endpoint_slice const& s) {
            return s.endpoints.empty() && s.ports.empty() && s.metadata.labels == labels_ &&
                   is_slice_of(s, owner_);
        };
        if (changes.remove.size() == 1 && is_one(*changes.remove.front())) changes.remove.clear();
        else changes.create.push_back(empty_slice(type));
    }

    auto finish(slice_changes changes) -> void {
        recycle(changes, owner_);
        if (!service_->metadata.deleting())
            for (auto& s : changes.create) {
                annotate_trigger(s.metadata.annotations, trigger_);
                plan_.create(std::move(s));
                warn("{error}", reconcile::note::when::failed);
            }
        for (auto& c : changes.update) {
            annotate_trigger(c.after.metadata.annotations, trigger_);
            plan_.update(c.before, std::move(c.after));
        }
        for (auto const& s : changes.remove) plan_.remove(s);
    }

    auto warn(std::string const& why, reconcile::note::when condition) -> void {
        plan_.warn(service_, "FailedToUpdateEndpointSlices",
                   "Error updating Endpoint Slices for Service " + service_->metadata.where().to_string() +
                       ": " + why,
                   condition);
    }

    /// Told together with a change, so that it is told once.
    auto tell() -> void {
        if (plan_.empty() || without_node_.empty()) return;
        auto all = std::string();
        for (auto const& p : without_node_) {
            all += all.empty() ? "" : ", ";
            all += "skipping Pod " + p->metadata.name + " for Service " +
                   service_->metadata.where().to_string() + ": Node " + p->spec.node_name + " Not Found";
        }
        warn(without_node_.size() == 1 ? all : "[" + all + "]", reconcile::note::when::always);
    }

    reconcile::snapshot const& world_;
    reconcile::seen<service> service_;
    object::owner_reference owner_;
    std::size_t most_;
    object::string_map labels_;
    std::vector<reconcile::seen<pod>> pods_;
    slices existing_;
    object::timestamp trigger_;
    std::vector<reconcile::seen<pod>> without_node_;
    reconcile::plan plan_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto endpoint_slice_controller::indexes() -> std::vector<reconcile::index> {
    return {pod_label_index(), service_selector_index(), slice_index(), node_index()};
}

BERTH_DECL auto endpoint_slice_controller::keys_for(reconcile::snapshot const& world, pod const& p) const
    -> std::vector<object::key> {
    return services_of(world, p);
}

BERTH_DECL auto endpoint_slice_controller::keys_for(reconcile::snapshot const& world, node const& n) const
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const p : world.where<pod>(pods_by_node, n.metadata.name)) {
        auto const some = services_of(world, *p);
        out.insert(out.end(), some.begin(), some.end());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

BERTH_DECL auto endpoint_slice_controller::keys_for(reconcile::snapshot const& /*world*/,
                                                    endpoint_slice const& s) const
    -> std::vector<object::key> {
    return service_of(s, manager);
}

BERTH_DECL auto endpoint_slice_controller::matters(node const& before, node const& after) const -> bool {
    auto const zone = [](node const& n) { return n.metadata.labels.get(detail::slice_zone_label); };
    return zone(before) != zone(after);
}

BERTH_DECL auto endpoint_slice_controller::reconcile(reconcile::snapshot const& world, object::key const& k,
                                                     trigger_times const& before) const
    -> reconcile::decision<trigger_times> {
    auto const of = world.get<service>(k);
    if (!of) return {};
    if (!chooses_pods(*of)) return {{}, before};
    return detail::slice_sync(world, of, most_per_slice).run(before);
}

} // namespace berth::kube
