#pragma once

/// \file
/// In which words pods are told that they are not careful enough (pod-security-admission of Kubernetes
/// 1.36, `policy/helpers.go`).

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/spec.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// What is wrong with a pod: in short, and where.
struct security_violation {
    std::string reason;
    std::string detail;
};

namespace detail {

using name_list = std::vector<std::string>;
using sorted_names = std::set<std::string, std::less<>>;
using violations = std::vector<security_violation>;

/// All containers of a pod, those that begin first first.
[[nodiscard]] BERTH_DECL auto all_containers(pod_spec const& s) -> std::vector<container const*>;

/// `"a", "b"`.
template <class Texts> [[nodiscard]] auto quoted(Texts const& texts) -> std::string {
    auto out = std::string();
    for (auto const& t : texts) ((out += out.empty() ? "\"" : ", \"") += t) += '"';
    return out;
}

[[nodiscard]] inline auto plural(std::string_view one, std::string_view many, std::size_t count)
    -> std::string {
    return std::string(count == 1 ? one : many);
}

/// `container "a"`, `containers "a", "b"`.
[[nodiscard]] inline auto shown_containers(name_list const& of) -> std::string {
    return plural("container ", "containers ", of.size()) + quoted(of);
}

/// The pod itself, some of its containers, and annotations, joined by `and`.
[[nodiscard]] BERTH_DECL auto shown_setters(bool by_pod, name_list const& containers,
                                            std::size_t annotations = 0) -> std::string;

/// The names of the containers with a security context, or without one, of which something is true.
template <class Wrong> [[nodiscard]] auto containers_where(pod_spec const& s, Wrong wrong) -> name_list {
    auto out = name_list();
    for (auto const* const c : all_containers(s))
        if (wrong(c->security_context.get())) out.push_back(c->name);
    return out;
}

/// Since which version pods whose users are not those of the node may do more.
inline constexpr std::int32_t own_users_since = 35;

[[nodiscard]] inline auto has_own_users(pod_spec const& s) -> bool { return !s.host_users.value_or(true); }

[[nodiscard]] inline auto is_windows(pod_spec const& s) -> bool { return s.os && s.os->name == "windows"; }

} // namespace detail

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/pod/security/wording.ipp>
#endif
