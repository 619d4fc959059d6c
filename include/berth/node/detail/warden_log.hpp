#pragma once

/// \file
/// How the warden brings the output of containers into their logs. Only async-signal-safe calls, as in the
/// warden.

#include <berth/core/config.hpp>
#include <berth/node/detail/warden_protocol.hpp>

namespace berth::node::detail {

/// Writes all of it, or as much as the file takes.
BERTH_DECL auto write_all(int file, char const* text, std::size_t size) -> void;

/// Moves what a stream has into the log, up to a bound, so that a noisy container does not starve others.
/// Says whether there may be more.
BERTH_DECL auto pump_stream(warden_slot& slot, int number) -> bool;

/// The rest of a stream. A process that left the group may still hold the other end: its further output is
/// lost.
BERTH_DECL auto finish_stream(warden_slot& slot, int number) -> void;

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/warden_log.ipp>
#endif
