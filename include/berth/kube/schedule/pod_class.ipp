#pragma once

/// \file
/// The bodies of `berth/kube/schedule/pod_class.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_class.hpp>

#include <algorithm>
#include <string_view>

namespace berth::kube {

namespace detail {

/// Whether every node can have it at once.
inline auto is_anywhere(volume const& v) -> bool {
    return v.empty_dir || v.host_path || v.secret || v.config_map || v.downward_api || v.projected ||
           v.git_repo || v.image || v.nfs;
}

/// Whether both have the same volumes, of those that are not anywhere.
inline auto same_volumes(pod_info const& a, pod_info const& b) -> bool {
    auto const& x = a.spec().volumes;
    auto const& y = b.spec().volumes;
    auto const special = [](volume const& v) { return !is_anywhere(v); };
    auto i = std::find_if(x.begin(), x.end(), special);
    auto k = std::find_if(y.begin(), y.end(), special);
    auto made_for_one = false;
    for (; i != x.end() && k != y.end();
         i = std::find_if(++i, x.end(), special), k = std::find_if(++k, y.end(), special)) {
        if (!(*i == *k)) return false;
        made_for_one = made_for_one || bool(i->ephemeral);
    }
    if (i != x.end() || k != y.end()) return false;
    return !made_for_one || (a.value->metadata.name == b.value->metadata.name &&
                             a.value->metadata.uid == b.value->metadata.uid);
}

inline auto same_images(object::list<container> const& a, object::list<container> const& b) -> bool {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](container const& x, container const& y) { return x.image == y.image; });
}

inline auto same_spec(pod_spec const& a, pod_spec const& b) -> bool {
    return same_images(a.containers, b.containers) && same_images(a.init_containers, b.init_containers) &&
           a.node_selector == b.node_selector && a.affinity == b.affinity && a.tolerations == b.tolerations &&
           a.topology_spread_constraints == b.topology_spread_constraints && a.priority == b.priority &&
           a.preemption_policy == b.preemption_policy && a.node_name == b.node_name &&
           a.scheduler_name == b.scheduler_name && a.host_network == b.host_network;
}

/// Mixes one more value into a hash.
inline auto mix(std::size_t hash, std::size_t more) -> std::size_t {
    return (hash ^ more) * std::size_t{0x9e3779b97f4a7c15U} + (hash >> 29U);
}
inline auto mix(std::size_t hash, std::string_view more) -> std::size_t {
    return mix(hash, std::hash<std::string_view>()(more));
}

} // namespace detail

BERTH_DECL auto operator==(pod_class const& a, pod_class const& b) -> bool {
    if (a.pod == b.pod) return true;
    auto const& x = *a.pod;
    auto const& y = *b.pod;
    auto const& m = x.value->metadata;
    auto const& n = y.value->metadata;
    return x.class_hash == y.class_hash && x.catalogue == y.catalogue && x.request == y.request &&
           x.load == y.load && m.namespace_ == n.namespace_ && m.labels == n.labels &&
           m.annotations == n.annotations && m.owner_references == n.owner_references && x.ports == y.ports &&
           detail::same_spec(x.spec(), y.spec()) && detail::same_volumes(x, y);
}

BERTH_DECL auto depends_on_volumes(pod_info const& p) -> bool {
    auto const& all = p.spec().volumes;
    return !std::all_of(all.begin(), all.end(), detail::is_anywhere);
}

BERTH_DECL auto class_hash_of(pod_info const& p) -> std::size_t {
    auto const& m = p.value->metadata;
    auto out = detail::mix(0, m.namespace_);
    for (auto const& [key, value] : m.labels) out = detail::mix(detail::mix(out, key), value);
    for (auto const& owner : m.owner_references) out = detail::mix(out, owner.uid);
    for (auto const& container : p.spec().containers) out = detail::mix(out, container.image);
    out = detail::mix(out, static_cast<std::size_t>(p.request.cpu));
    out = detail::mix(out, static_cast<std::size_t>(p.request.memory));
    return detail::mix(out, static_cast<std::size_t>(p.priority()));
}

} // namespace berth::kube

BERTH_DECL auto std::hash<berth::kube::pod_class>::operator()(berth::kube::pod_class const& c) const
    -> std::size_t {
    return c.pod->class_hash;
}
