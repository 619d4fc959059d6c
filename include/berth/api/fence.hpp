#pragma once

/// \file
/// Leaderships that writes are made under: a write of somebody who does not lead any more is refused.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/meta.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace berth::api {

/// A leadership, as a precondition of writes (`write_options::fenced_by`): the Lease must still have this
/// holder, and must not have changed hands since. Our API server checks that in the same transaction as the
/// write, so that a leader that was paused, however long, writes nothing after another has taken over. Over
/// HTTP it travels as the parameter `fence`. An API server that is not ours does not know that parameter and
/// ignores it: there, only clocks keep a late writer from writing, as with client-go's election.
struct fence {
    object::key lease;            ///< a Lease of `coordination.k8s.io/v1`
    std::string holder;           ///< its `spec.holderIdentity`
    std::int64_t transitions = 0; ///< its `spec.leaseTransitions`

    friend auto operator==(fence const&, fence const&) -> bool = default;
};

/// A leadership that many writes share; null: none.
using shared_fence = std::shared_ptr<fence const>;

/// `kube-system/kube-scheduler/3/holder`.
[[nodiscard]] BERTH_DECL auto to_string(fence const& f) -> std::string;

/// Reads what `to_string` writes. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto parse_fence(std::string_view text) -> result<fence>;

/// The refusal of a write whose leadership is over: `conflict`, with the cause `LeadershipOver`.
[[nodiscard]] BERTH_DECL auto leadership_over(fence const& f, std::string const& now)
    -> std::unexpected<error>;

/// Whether an error is that refusal.
[[nodiscard]] BERTH_DECL auto is_leadership_over(error const& e) -> bool;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/fence.ipp>
#endif
