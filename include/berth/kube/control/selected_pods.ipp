#pragma once

/// \file
/// The bodies of `berth/kube/control/selected_pods.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/selected_pods.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// The fewest pods among which all are that a selector matches.
inline auto pods_to_match(reconcile::snapshot const& world, std::string_view namespace_,
                          object::selector const& selector) -> reconcile::objects<pod> {
    auto out = world.all_in<pod>(namespace_);
    for (auto const& r : selector.requirements()) {
        auto const value = selector.required_value(r.key);
        if (!value) continue;
        auto const some = world.where<pod>(pods_by_label, label_entry(namespace_, r.key, *value));
        if (some.size() < out.size()) out = some;
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto label_entry(std::string_view namespace_, std::string_view key, std::string_view value)
    -> std::string {
    auto out = std::string(namespace_);
    out.append(1, '=').append(key).append(1, '=').append(value);
    return out;
}

BERTH_DECL auto pod_label_index() -> reconcile::index {
    return reconcile::index_of<pod>(std::string(pods_by_label), [](pod const& p) {
        auto out = std::vector<std::string>();
        for (auto const& [key, value] : p.metadata.labels)
            out.push_back(label_entry(p.metadata.namespace_, key, value));
        return out;
    });
}

BERTH_DECL auto selected_pods(reconcile::snapshot const& world, std::string_view namespace_,
                              object::selector const& selector) -> std::vector<reconcile::seen<pod>> {
    auto out = std::vector<reconcile::seen<pod>>();
    if (selector.matches_nothing()) return out;
    for (auto const p : detail::pods_to_match(world, namespace_, selector))
        if (selector.matches(p->metadata.labels)) out.push_back(p);
    std::sort(out.begin(), out.end(),
              [](auto const& a, auto const& b) { return a->metadata.name < b->metadata.name; });
    return out;
}

} // namespace berth::kube
