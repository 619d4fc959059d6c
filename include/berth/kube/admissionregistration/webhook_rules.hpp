#pragma once

/// \file
/// Which requests a webhook is asked about (apiserver 1.36, `admission/plugin/webhook/predicates`).

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/webhook.hpp>

#include <string_view>

namespace berth::kube {

/// A request as rules see it.
struct rule_subject {
    std::string_view group;
    std::string_view version;
    std::string_view resource;    ///< the plural
    std::string_view subresource; ///< empty: the object as a whole
    std::string_view operation;   ///< `CREATE`, `UPDATE`, `DELETE` or `CONNECT`
    bool in_namespace = false;    ///< whether objects of the kind are in namespaces
};

[[nodiscard]] BERTH_DECL auto matches(rule_with_operations const& rule, rule_subject const& what) -> bool;
[[nodiscard]] BERTH_DECL auto matches(object::list<rule_with_operations> const& rules,
                                      rule_subject const& what) -> bool;
/// Whether a rule may match anything about a resource, of whatever group and version (as objects may be sent
/// in another one, where the rule says so), as a whole or by a subresource.
[[nodiscard]] BERTH_DECL auto may_name(rule_with_operations const& rule, std::string_view plural) -> bool;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/webhook_rules.ipp>
#endif
