#pragma once

/// \file
/// The bodies of `berth/kube/schedule/node_selection.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/node_selection.hpp>

#include <charconv>

namespace berth::kube::detail {

inline auto whole_number(std::string_view text) -> std::optional<std::int64_t> {
    auto n = std::int64_t{0};
    if (text.starts_with('+')) text.remove_prefix(1);
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (failed != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return n;
}

BERTH_DECL auto listed(std::vector<std::string> const& values, std::string_view value) -> bool {
    for (auto const& v : values)
        if (v == value) return true;
    return false;
}

/// Whether a value (null: absent) is as a requirement says.
inline auto satisfies(node_selector_requirement const& r, std::string const* value) -> bool {
    if (r.operator_ == "In") return value != nullptr && listed(r.values, *value);
    if (r.operator_ == "NotIn") return value == nullptr || !listed(r.values, *value);
    if (r.operator_ == "Exists") return value != nullptr;
    if (r.operator_ == "DoesNotExist") return value == nullptr;
    if ((r.operator_ != "Gt" && r.operator_ != "Lt") || value == nullptr || r.values.size() != 1)
        return false;
    auto const have = whole_number(*value);
    auto const want = whole_number(r.values.front());
    if (!have || !want) return false;
    return r.operator_ == "Gt" ? *have > *want : *have < *want;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto matches(node_selector_term const& term, node const& n) -> bool {
    if (term.match_expressions.empty() && term.match_fields.empty()) return false;
    for (auto const& r : term.match_expressions)
        if (!detail::satisfies(r, n.metadata.labels.find(r.key))) return false;
    for (auto const& r : term.match_fields)
        if (!detail::satisfies(r, r.key == "metadata.name" ? &n.metadata.name : nullptr)) return false;
    return true;
}

BERTH_DECL auto matches(node_selector const& any, node const& n) -> bool {
    for (auto const& term : any.node_selector_terms)
        if (matches(term, n)) return true;
    return false;
}

BERTH_DECL auto selects(pod_spec const& spec, node const& n) -> bool {
    for (auto const& [key, value] : spec.node_selector) {
        auto const* const have = n.metadata.labels.find(key);
        if (have == nullptr || *have != value) return false;
    }
    if (!spec.affinity || !spec.affinity->node_affinity) return true;
    auto const& required = spec.affinity->node_affinity->required_during_scheduling_ignored_during_execution;
    return !required || matches(*required, n);
}

} // namespace berth::kube
