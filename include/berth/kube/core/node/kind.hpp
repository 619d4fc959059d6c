#pragma once

/// \file
/// How nodes behave in the API, and their table (kubernetes 1.36, `pkg/registry/core/node`, `printNode`).

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/node/defaults.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/node/validation.hpp>

namespace berth::kube {

namespace detail {

inline auto or_unknown(std::string const& text) -> std::string { return text.empty() ? "<unknown>" : text; }

inline auto shown_kernel(auto const& info) -> std::string {
    auto out = or_unknown(info.kernel_version);
    if (!info.kernel_version.empty() && !info.architecture.empty()) out += " (" + info.architecture + ")";
    return out;
}

} // namespace detail

[[nodiscard]] BERTH_DECL auto node_kind() -> api::kind_of<node>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/node/kind.ipp>
#endif
