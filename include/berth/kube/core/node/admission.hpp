#pragma once

/// \file
/// What admission adds to new nodes: the taint of a node that has not reported yet (kubernetes 1.36,
/// `TaintNodesByCondition`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>

namespace berth::kube {

namespace detail {

/// A node takes no pods until it has reported that it is ready.
BERTH_DECL auto taint_new_node(api::admission_request& r, api::admission_world const&) -> result<void>;

} // namespace detail

[[nodiscard]] inline auto taint_nodes_by_condition() -> api::admission {
    return {"TaintNodesByCondition", &detail::taint_new_node, {}};
}

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/admission.ipp>
#endif
