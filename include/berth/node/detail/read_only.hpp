#pragma once

/// \file
/// Paths that a process cannot write below, by a mount namespace of its own: of root as it is, of others in a
/// user namespace, where the machine lets them have one.

#include <berth/core/config.hpp>

namespace berth::node::detail {

/// Makes everything below some paths (closed by a null) read-only for this process and those that it starts.
/// To be called in a process with one thread, after a fork. 0, or the errno of what failed; then the
/// process is fit for nothing but to end. Without paths it only makes the namespace.
BERTH_DECL auto make_read_only(char* const* paths) -> int;

/// Whether that works on this machine: tried by a process of its own. To be called before there are threads.
[[nodiscard]] BERTH_DECL auto can_make_read_only() -> bool;

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/read_only.ipp>
#endif
