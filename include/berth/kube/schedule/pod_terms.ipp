#pragma once

/// \file
/// The bodies of `berth/kube/schedule/pod_terms.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/pod_terms.hpp>
#include <berth/object/label_selector.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto selector_or_nothing(object::boxed<object::label_selector> const& s) -> object::selector {
    return object::to_selector(s).value_or(object::selector::nothing());
}

/// Without namespaces and without a selector of them, a term is about the pod's own namespace.
inline auto term_of(pod const& owner, pod_affinity_term const& t, std::int64_t weight) -> affinity_term {
    auto out = affinity_term{selector_or_nothing(t.label_selector), t.namespaces,
                             selector_or_nothing(t.namespace_selector), t.topology_key, weight};
    if (t.namespaces.empty() && !t.namespace_selector) out.namespaces = {owner.metadata.namespace_};
    return out;
}

/// The required and the preferred terms of either kind of affinity.
template <class Affinity>
auto take_terms(pod const& owner, object::boxed<Affinity> const& from, std::vector<affinity_term>& required,
                std::vector<affinity_term>& preferred) -> void {
    if (!from) return;
    for (auto const& t : from->required_during_scheduling_ignored_during_execution)
        required.push_back(term_of(owner, t, 0));
    for (auto const& t : from->preferred_during_scheduling_ignored_during_execution)
        preferred.push_back(term_of(owner, t.pod_affinity_term, t.weight));
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto affinity_term::matches(pod const& p, object::string_map const& labels) const -> bool {
    auto const& space = p.metadata.namespace_;
    auto const meant = std::find(namespaces.begin(), namespaces.end(), space) != namespaces.end() ||
                       namespaces_selected.matches(labels);
    return meant && selects.matches(p.metadata.labels);
}

BERTH_DECL auto affinity_term::matches(pod const& p) const -> bool {
    static auto const none = object::string_map();
    return matches(p, none);
}

BERTH_DECL auto affinity_term::named(catalogue const& c) const -> affinity_term {
    auto out = *this;
    if (namespaces_selected.empty() || namespaces_selected.matches_nothing()) return out;
    for (auto const& [name, e] : c.namespaces.in(""))
        if (namespaces_selected.matches(e.value->metadata.labels)) out.namespaces.push_back(name);
    out.namespaces_selected = object::selector::nothing();
    return out;
}

BERTH_DECL auto terms_of(pod const& p) -> std::shared_ptr<pod_terms const> {
    auto const& a = p.spec.affinity;
    if (!a || (!a->pod_affinity && !a->pod_anti_affinity)) return nullptr;
    auto out = pod_terms();
    detail::take_terms(p, a->pod_affinity, out.required, out.preferred);
    detail::take_terms(p, a->pod_anti_affinity, out.excluded, out.avoided);
    return std::make_shared<pod_terms const>(std::move(out));
}

BERTH_DECL auto no_terms() -> pod_terms const& {
    static auto const none = pod_terms();
    return none;
}

} // namespace berth::kube
