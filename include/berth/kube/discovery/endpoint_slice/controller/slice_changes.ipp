#pragma once

/// \file
/// The bodies of `berth/kube/discovery/endpoint_slice/controller/slice_changes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/controller/slice_changes.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube::detail {

inline auto slice_entry(std::string_view namespace_, std::string_view service, std::string_view manager)
    -> std::string {
    auto out = std::string(namespace_);
    out.append(1, '/').append(service).append(1, '/').append(manager);
    return out;
}

BERTH_DECL auto endpoint_key(endpoint const& e) -> std::string {
    auto addresses = e.addresses;
    std::sort(addresses.begin(), addresses.end());
    auto out = std::string();
    for (auto const& a : addresses) out.append(a).append(1, ',');
    out.append(1, '|').append(e.hostname ? *e.hostname : std::string());
    if (e.target_ref)
        out.append(1, '|').append(e.target_ref->namespace_).append(1, '/').append(e.target_ref->name);
    return out;
}

BERTH_DECL auto same_endpoint(endpoint const& a, endpoint const& b) -> bool {
    auto const versionless = [](object::boxed<object_reference> r) {
        if (r) r->resource_version.clear();
        return r;
    };
    return a.node_name == b.node_name && a.zone == b.zone && a.hints == b.hints &&
           a.conditions == b.conditions && versionless(a.target_ref) == versionless(b.target_ref);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto slice_index() -> reconcile::index {
    return reconcile::index_of<endpoint_slice>(std::string(slices_by_service), [](endpoint_slice const& s) {
        auto const& m = s.metadata;
        return detail::slice_entry(m.namespace_, m.labels.get(slice_service_label),
                                   m.labels.get(slice_manager_label));
    });
}

BERTH_DECL auto slices_of(reconcile::snapshot const& world, object::key const& service,
                          std::string_view manager) -> std::vector<reconcile::seen<endpoint_slice>> {
    auto out = std::vector<reconcile::seen<endpoint_slice>>();
    auto const entry = detail::slice_entry(service.namespace_, service.name, manager);
    for (auto const s : world.where<endpoint_slice>(slices_by_service, entry))
        if (!s->metadata.deleting()) out.push_back(s);
    std::sort(out.begin(), out.end(),
              [](auto const& a, auto const& b) { return a->metadata.name < b->metadata.name; });
    return out;
}

BERTH_DECL auto service_of(endpoint_slice const& s, std::string_view manager) -> std::vector<object::key> {
    if (s.metadata.labels.get(slice_manager_label) != manager) return {};
    auto const* const of = s.metadata.labels.find(slice_service_label);
    if (of == nullptr || of->empty()) return {};
    return {object::key{s.metadata.namespace_, *of}};
}

BERTH_DECL auto is_slice_of(endpoint_slice const& s, object::owner_reference const& owner) -> bool {
    auto const& owners = s.metadata.owner_references;
    return std::any_of(owners.begin(), owners.end(), [&](auto const& o) {
        return o.uid == owner.uid && o.kind == owner.kind && o.api_version == owner.api_version;
    });
}

BERTH_DECL auto recycle(slice_changes& changes, object::owner_reference const& owner) -> void {
    for (auto i = changes.remove.begin(); i != changes.remove.end() && !changes.create.empty();) {
        auto& made = changes.create.back();
        if ((*i)->address_type != made.address_type || !is_slice_of(**i, owner)) {
            ++i;
            continue;
        }
        auto now = (*i)->metadata;
        now.generate_name = made.metadata.generate_name;
        now.labels = std::move(made.metadata.labels);
        now.annotations = std::move(made.metadata.annotations);
        now.owner_references = std::move(made.metadata.owner_references);
        made.metadata = std::move(now);
        changes.update.push_back({*i, std::move(made)});
        changes.create.pop_back();
        i = changes.remove.erase(i);
    }
}

} // namespace berth::kube
