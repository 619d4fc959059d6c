#pragma once

/// \file
/// What kinds have in common that keep a number of equal pods: their selectors in tables, and how they are
/// scaled.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube::detail {

BERTH_DECL auto shown_selector(object::boxed<object::label_selector> const& s) -> std::string;

inline auto selector_text(object::boxed<object::label_selector> const& s) -> std::string {
    auto const parsed = object::to_selector(s);
    return parsed ? parsed->to_string() : "<invalid>";
}

template <class Workload> auto workload_scale(Workload const& w) -> api::scale_state {
    return {w.spec.replicas.value_or(0), w.status.replicas, selector_text(w.spec.selector)};
}

template <class Workload> auto set_workload_scale(Workload& w, std::int32_t replicas) -> void {
    w.spec.replicas = replicas;
}

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/workload.ipp>
#endif
