#pragma once

/// \file
/// What objects use of quotas, and which quotas are about them (Kubernetes 1.36,
/// `pkg/quota/v1/evaluator/core`).

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/kube/core/resource_quota/type.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

namespace detail {

template <class T> auto is_kind(api::kind const& k) -> bool { return k.type == &object::type_of<T>(); }

/// The object as a `T`, or null if it is none.
template <class T> auto as_kind(api::kind const& k, void const* object) -> T const* {
    return is_kind<T>(k) ? static_cast<T const*>(object) : nullptr;
}

/// What an object of a kind uses: it counts as one, and pods, services and claims use more than that.
[[nodiscard]] BERTH_DECL auto quota_usage(api::kind const& k, void const* object, time_point now)
    -> resource_list;

/// Whether objects of a kind can use a resource.
[[nodiscard]] BERTH_DECL auto uses_quota(api::kind const& k, std::string_view resource) -> bool;

/// The scopes of a quota, and those that its selector names.
[[nodiscard]] BERTH_DECL auto scopes_of(resource_quota const& q)
    -> std::vector<scoped_resource_selector_requirement>;

/// Whether an object of a kind is within a scope.
[[nodiscard]] BERTH_DECL auto is_in_scope(scoped_resource_selector_requirement const& scope,
                                          api::kind const& k, void const* object) -> bool;

/// What containers of a pod do not say though the resources that are limited must be said: the sentence, or
/// nothing.
[[nodiscard]] BERTH_DECL auto unsaid_amounts(std::vector<std::string> const& limited, api::kind const& k,
                                             void const* object) -> std::string;

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/resource_quota/usage.ipp>
#endif
