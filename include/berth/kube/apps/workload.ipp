#pragma once

/// \file
/// The bodies of `berth/kube/apps/workload.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/workload.hpp>

namespace berth::kube::detail {

BERTH_DECL auto shown_selector(object::boxed<object::label_selector> const& s) -> std::string {
    return s ? object::shown(*s) : std::string(none_shown);
}

} // namespace berth::kube::detail
