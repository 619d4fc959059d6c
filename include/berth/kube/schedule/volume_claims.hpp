#pragma once

/// \file
/// The claims that pods use, and what is wrong with them (kubernetes 1.36,
/// `component-helpers/storage/ephemeral` and `plugins/volumebinding`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/schedule/catalogue.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// A volume of a pod that is on a claim.
struct claim_use {
    std::string name;
    bool ephemeral = false; ///< the claim is made for the pod, and goes with it
};

/// The claim that a volume of a pod is on, if it is on one.
[[nodiscard]] BERTH_DECL auto claim_of(pod const& p, volume const& v) -> std::optional<claim_use>;

/// The claims of a pod, in the order of its volumes.
[[nodiscard]] BERTH_DECL auto claims_of(pod const& p) -> std::vector<claim_use>;

/// Whether one of a pod's volumes is on a claim, as far as names say.
[[nodiscard]] BERTH_DECL auto is_on(pod const& p, persistent_volume_claim const& c) -> bool;

/// Whether a pod has a claim that is known and of which `holds` is true.
template <class Predicate>
[[nodiscard]] auto any_claim(pod const& p, catalogue const& all, Predicate holds) -> bool {
    for (auto const& v : p.spec.volumes) {
        auto const use = claim_of(p, v);
        auto const* const c = use ? all.claims.find(p.metadata.namespace_, use->name) : nullptr;
        if (c != nullptr && holds(*c)) return true;
    }
    return false;
}

/// Whether a pod has a claim of a class.
[[nodiscard]] BERTH_DECL auto has_claim_of_class(pod const& p, catalogue const& all, std::string_view name)
    -> bool;

/// Why a claim of that name is none of the pod's own; nothing if it is.
[[nodiscard]] BERTH_DECL auto ownership_problem(pod const& p, persistent_volume_claim const& c)
    -> std::string;

/// In the words of the API.
[[nodiscard]] BERTH_DECL auto claim_not_found(std::string_view name) -> std::string;

/// Whether a volume is bound to the claim, and the claim knows.
[[nodiscard]] BERTH_DECL auto is_fully_bound(persistent_volume_claim const& c) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/volume_claims.ipp>
#endif
