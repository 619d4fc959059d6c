#pragma once

/// \file
/// Which pods a pod wants to be with, and which not, ready to be matched (kubernetes 1.36,
/// `scheduler/framework/types.go`, `AffinityTerm`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/selector.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

class catalogue;

/// The pods of some namespaces with some labels, in one topology domain.
struct affinity_term {
    object::selector selects;
    std::vector<std::string> namespaces;
    object::selector namespaces_selected = object::selector::nothing(); ///< beside `namespaces`, by labels
    std::string topology_key;
    std::int64_t weight = 0; ///< of a preference

    /// Whether a pod is meant; `labels` are those of its namespace.
    [[nodiscard]] auto matches(pod const& p, object::string_map const& labels) const -> bool;
    /// The same where namespaces are chosen by name, or all (see `named`).
    [[nodiscard]] auto matches(pod const& p) const -> bool;
    /// The same term with the namespaces that its selector selects now given by name.
    [[nodiscard]] auto named(catalogue const& c) const -> affinity_term;
};

/// All of a pod's terms.
struct pod_terms {
    std::vector<affinity_term> required;
    std::vector<affinity_term> excluded; ///< required anti-affinity
    std::vector<affinity_term> preferred;
    std::vector<affinity_term> avoided; ///< preferred anti-affinity
};

/// The terms of a pod, or null if it has no affinity to pods. A selector that cannot be matches nothing.
[[nodiscard]] BERTH_DECL auto terms_of(pod const& p) -> std::shared_ptr<pod_terms const>;

/// No terms.
[[nodiscard]] BERTH_DECL auto no_terms() -> pod_terms const&;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/pod_terms.ipp>
#endif
