#pragma once

/// \file
/// Which nodes a pod asks for by their labels and names (kubernetes 1.36,
/// `component-helpers/.../nodeaffinity`).

#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/spec.hpp>
#include <berth/object/selector.hpp>

#include <charconv>
#include <optional>
#include <string_view>

namespace berth::kube {

namespace detail {

inline auto whole_number(std::string_view text) -> std::optional<std::int64_t> {
    auto n = std::int64_t{0};
    if (text.starts_with('+')) text.remove_prefix(1);
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (failed != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return n;
}

inline auto listed(std::vector<std::string> const& values, std::string_view value) -> bool {
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

} // namespace detail

/// Whether a node is as a term says: all of its requirements hold. An empty term matches nothing.
[[nodiscard]] inline auto matches(node_selector_term const& term, node const& n) -> bool {
    if (term.match_expressions.empty() && term.match_fields.empty()) return false;
    for (auto const& r : term.match_expressions)
        if (!detail::satisfies(r, n.metadata.labels.find(r.key))) return false;
    for (auto const& r : term.match_fields)
        if (!detail::satisfies(r, r.key == "metadata.name" ? &n.metadata.name : nullptr)) return false;
    return true;
}

/// Whether a node has the labels that a pod's `nodeSelector` asks for, and matches one of the terms that its
/// affinity requires.
[[nodiscard]] inline auto selects(pod_spec const& spec, node const& n) -> bool {
    for (auto const& [key, value] : spec.node_selector) {
        auto const* const have = n.metadata.labels.find(key);
        if (have == nullptr || *have != value) return false;
    }
    if (!spec.affinity || !spec.affinity->node_affinity) return true;
    auto const& required = spec.affinity->node_affinity->required_during_scheduling_ignored_during_execution;
    if (!required) return true;
    for (auto const& term : required->node_selector_terms)
        if (matches(term, n)) return true;
    return false;
}

} // namespace berth::kube
