#pragma once

/// \file
/// The bodies of `berth/kube/rbac/rule_cover.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/rule_cover.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace berth::kube::detail {

using rule_words = std::vector<std::string>;

inline auto has_word(rule_words const& all, std::string_view word) -> bool {
    return std::find(all.begin(), all.end(), word) != all.end();
}

/// `*` stands for all resources, `*/scale` for that part of all.
inline auto covers_resource(rule_words const& owned, std::string_view resource) -> bool {
    if (has_word(owned, "*") || has_word(owned, resource)) return true;
    auto const slash = resource.find('/');
    return slash != std::string_view::npos && has_word(owned, "*" + std::string(resource.substr(slash)));
}

/// A path that ends in `*` stands for all that begin so.
inline auto covers_path(rule_words const& owned, std::string_view path) -> bool {
    return std::any_of(owned.begin(), owned.end(), [&](std::string_view o) {
        return o == path || (o.ends_with('*') && path.starts_with(o.substr(0, o.size() - 1)));
    });
}

/// Whether a rule lets do what one of a single verb on a single thing does.
inline auto covers(policy_rule const& owned, policy_rule const& one) -> bool {
    if (!has_word(owned.verbs, "*") && !has_word(owned.verbs, one.verbs.front())) return false;
    if (!one.non_resource_urls.empty())
        return covers_path(owned.non_resource_urls, one.non_resource_urls.front());
    if (!has_word(owned.api_groups, "*") && !has_word(owned.api_groups, one.api_groups.front())) return false;
    if (!covers_resource(owned.resources, one.resources.front())) return false;
    return owned.resource_names.empty() ||
           (!one.resource_names.empty() && has_word(owned.resource_names, one.resource_names.front()));
}

/// Adds the rules of a single verb on a single thing that a rule consists of.
inline auto break_down(policy_rule const& r, object::list<policy_rule>& out) -> void {
    for (auto const& group : r.api_groups)
        for (auto const& resource : r.resources)
            for (auto const& verb : r.verbs) {
                auto one = policy_rule{};
                one.api_groups = {group};
                one.resources = {resource};
                one.verbs = {verb};
                if (r.resource_names.empty()) out.push_back(one);
                for (auto const& name : r.resource_names) {
                    one.resource_names = {name};
                    out.push_back(one);
                }
            }
    for (auto const& path : r.non_resource_urls)
        for (auto const& verb : r.verbs) {
            auto& one = out.emplace_back();
            one.verbs = {verb};
            one.non_resource_urls = {path};
        }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto uncovered_rules(object::list<policy_rule> const& owned,
                                object::list<policy_rule> const& wanted) -> object::list<policy_rule> {
    auto all = object::list<policy_rule>();
    for (auto const& w : wanted) {
        if (std::find(owned.begin(), owned.end(), w) != owned.end()) continue; // the usual case, and cheap
        detail::break_down(w, all);
    }
    auto out = object::list<policy_rule>();
    for (auto const& one : all)
        if (std::none_of(owned.begin(), owned.end(),
                         [&](policy_rule const& o) { return detail::covers(o, one); }))
            out.push_back(one);
    return out;
}

} // namespace berth::kube
