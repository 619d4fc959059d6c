#pragma once

/// \file
/// Which stores must be told to end leases (see `lessor`), so that what stands in front of them passes it on.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/core/time.hpp>

#include <concepts>
#include <optional>

namespace berth::store::detail {

/// Ends leases when `expire` is called; says in how long that must be done again, and notifies `leased` if it
/// must be sooner.
template <class S>
concept ends_leases = requires(S& s) {
    { s.expire() } -> std::same_as<result<std::optional<duration>>>;
    { s.leased() } -> std::same_as<wake_signal&>;
};

} // namespace berth::store::detail
