#pragma once

/// \file
/// The bodies of `berth/kube/schedule/pod_class.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/meta/index_labels.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/kube/schedule/pod_class.hpp>
#include <berth/kube/schedule/pod_terms.hpp>
#include <berth/object/label_selector.hpp>

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

/// Whether both have the same labels but those that number them.
inline auto same_but_indexes(object::string_map const& a, object::string_map const& b) -> bool {
    auto const counts = [](auto const& label) { return !is_index_label(label.first); };
    auto i = std::find_if(a.begin(), a.end(), counts);
    auto k = std::find_if(b.begin(), b.end(), counts);
    for (; i != a.end() && k != b.end();
         i = std::find_if(++i, a.end(), counts), k = std::find_if(++k, b.end(), counts))
        if (!(*i == *k)) return false;
    return i == a.end() && k == b.end();
}

/// Whether both have the same labels and annotations, as far as those matter.
inline auto same_texts(object::meta const& a, object::meta const& b, bool indexes_matter) -> bool {
    if (!indexes_matter) return same_but_indexes(a.labels, b.labels);
    return a.labels == b.labels && a.annotations == b.annotations;
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
           x.load == y.load && m.namespace_ == n.namespace_ &&
           detail::same_texts(m, n, x.catalogue->indexes_matter) &&
           m.owner_references == n.owner_references && x.ports == y.ports &&
           detail::same_spec(x.spec(), y.spec()) && detail::same_volumes(x, y);
}

BERTH_DECL auto asks_for_indexes(pod_info const& p) -> bool {
    auto const of_terms = [](std::vector<affinity_term> const& all) {
        return std::any_of(all.begin(), all.end(),
                           [](auto const& t) { return names_index_label(t.selects); });
    };
    auto const of_spread = [](topology_spread_constraint const& c) {
        auto const& keys = c.match_label_keys;
        if (std::any_of(keys.begin(), keys.end(), is_index_label)) return true;
        auto const selects = object::to_selector(c.label_selector);
        return selects && names_index_label(*selects);
    };
    auto const& spreads = p.spec().topology_spread_constraints;
    if (std::any_of(spreads.begin(), spreads.end(), of_spread)) return true;
    return p.terms && (of_terms(p.terms->required) || of_terms(p.terms->excluded) ||
                       of_terms(p.terms->preferred) || of_terms(p.terms->avoided));
}

BERTH_DECL auto depends_on_volumes(pod_info const& p) -> bool {
    auto const& all = p.spec().volumes;
    return !std::all_of(all.begin(), all.end(), detail::is_anywhere);
}

BERTH_DECL auto class_hash_of(pod_info const& p) -> std::size_t {
    auto const& m = p.value->metadata;
    auto out = detail::mix(0, m.namespace_);
    for (auto const& [key, value] : m.labels)
        if (p.catalogue->indexes_matter || !is_index_label(key))
            out = detail::mix(detail::mix(out, key), value);
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
