#pragma once

/// \file
/// The bodies of `berth/kube/core/namespace/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/kind.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto prepare_namespace(namespace_& n) -> void {
    n.status.phase = "Active";
    n.metadata.labels["kubernetes.io/metadata.name"] = n.metadata.name;
    auto& finalizers = n.spec.finalizers;
    if (std::find(finalizers.begin(), finalizers.end(), "kubernetes") == finalizers.end())
        finalizers.emplace_back("kubernetes");
}

inline auto prepare_namespace_update(namespace_& now, namespace_ const& before) -> void {
    now.spec.finalizers = before.spec.finalizers;
}

inline auto prepare_finalize(namespace_& now, namespace_ const& before) -> void {
    now.status = before.status;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto namespace_kind() -> api::kind_of<namespace_> {
    auto k = api::kind_of<namespace_>{};
    k.metadata.name = api::name_rule::dns1123_label;
    k.short_names = {"ns"};
    using enum api::verb;
    k.verbs = {create, remove, get, list, patch, update, watch};
    k.set_defaults = &set_defaults;
    k.prepare_create = &detail::prepare_namespace;
    k.prepare_update = &detail::prepare_namespace_update;
    k.validate = &validate;
    k.validate_status = &validate_status;
    k.held = [](namespace_ const& n) { return !n.spec.finalizers.empty(); };
    k.mark_deleting = [](namespace_& n) { n.status.phase = "Terminating"; };
    k.subresources = {api::part_of<namespace_>{.name = "finalize", .prepare = &detail::prepare_finalize}};
    k.field_labels = {{"status.phase", [](namespace_ const& n) { return n.status.phase; }},
                      {"name", [](namespace_ const& n) { return n.metadata.name; }}};
    k.columns = {name_column<namespace_>(),
                 column<namespace_>(
                     "Status", [](namespace_ const& n, time_point) -> api::cell { return n.status.phase; }),
                 age_column<namespace_>()};
    return k;
}

} // namespace berth::kube
