#pragma once

/// \file
/// Who owns the claims of a stateful set's pods, so that they go with the set or with a pod that is not
/// wanted any more (kubernetes 1.36, `pkg/controller/statefulset/stateful_set_utils.go`).

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>

#include <string_view>

namespace berth::kube {

/// Whether a set's claims go with their pods when the set shrinks.
[[nodiscard]] BERTH_DECL auto drops_claims_when_scaled(stateful_set const& set) -> bool;

/// The set and one of its pods, as possible owners of a claim.
struct claim_context {
    stateful_set const& set;
    std::string_view pod; ///< its name
    std::string_view uid; ///< its uid; nothing if it is yet to be made
    bool surplus = false; ///< the set wants no pod of its number
};

/// Whether a claim belongs to an earlier pod of that name. It must go before a new pod is made.
[[nodiscard]] BERTH_DECL auto is_stale(persistent_volume_claim const& c, claim_context const& of) -> bool;

/// Whether something else controls a claim that the set is to drop some day: then the set leaves it alone.
[[nodiscard]] BERTH_DECL auto has_foreign_controller(persistent_volume_claim const& c,
                                                     claim_context const& of) -> bool;

/// Whether a claim is owned as the set's policy says, or is not the set's business.
[[nodiscard]] BERTH_DECL auto is_owned_rightly(persistent_volume_claim const& c, claim_context const& of)
    -> bool;

/// The claim owned as the set's policy says.
[[nodiscard]] BERTH_DECL auto rightly_owned(persistent_volume_claim c, claim_context const& of)
    -> persistent_volume_claim;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apps/stateful_set/controller/claims.ipp>
#endif
