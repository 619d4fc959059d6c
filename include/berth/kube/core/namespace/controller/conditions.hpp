#pragma once

/// \file
/// What the status of a namespace that is going away says about what is left in it (kubernetes 1.36,
/// `pkg/controller/namespace/deletion/status_condition_utils.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/namespace/type.hpp>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

/// What is left in a namespace after a pass over all kinds.
struct namespace_content {
    std::map<std::string, std::size_t> by_kind;      ///< `pods.`, `deployments.apps`: how many objects
    std::map<std::string, std::size_t> by_finalizer; ///< how many objects each finalizer holds
    std::vector<std::string> errors;                 ///< why things could not be deleted
    std::int64_t patience_seconds = 0;               ///< how long what is left may take to go
    bool waits_for_pods = false;                     ///< only pods were looked at, because some are left

    [[nodiscard]] auto empty() const -> bool { return by_kind.empty() && errors.empty(); }
};

namespace detail {

BERTH_DECL auto made_condition(std::string type, bool holds, std::string reason, std::string message)
    -> namespace_condition;

} // namespace detail

/// The status of a namespace in which this is left.
[[nodiscard]] BERTH_DECL auto with_content(namespace_status s, namespace_content const& left, time_point now)
    -> namespace_status;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/namespace/controller/conditions.ipp>
#endif
