#pragma once

/// \file
/// Label selectors as they are written in objects: `matchLabels` and `matchExpressions` (apimachinery 1.36,
/// `meta/v1`). To match with one, make a `selector` of it.

#include <berth/core/config.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/selector.hpp>

namespace berth::object {

/// A condition on one label.
struct label_selector_requirement {
    std::string key;
    std::string operator_; ///< `In`, `NotIn`, `Exists` or `DoesNotExist`
    std::vector<std::string> values;
    unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(label_selector_requirement,
                   "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
                   (key, .required = true, .always = true, .number = 1),
                   (operator_, .required = true, .always = true, .quiet = true,
                    .values = "In,NotIn,Exists,DoesNotExist", .number = 2),
                   (values, .topology = merge_topology::atomic, .number = 3))
};

/// Conditions on labels that must all hold. An empty one matches everything; an absent one, nothing.
struct label_selector {
    static constexpr auto berth_topology = merge_topology::atomic;

    string_map match_labels;
    list<label_selector_requirement> match_expressions;
    unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(label_selector, "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector",
                   (match_labels, .number = 1),
                   (match_expressions, .topology = merge_topology::atomic, .number = 2))
};

/// The selector that matches as `from` says. Errors: `bad_request` for an unknown operator, a wrong number of
/// values, or labels that cannot be.
[[nodiscard]] BERTH_DECL auto to_selector(label_selector const& from) -> result<selector>;

/// The same of an optional selector: an absent one matches nothing.
[[nodiscard]] BERTH_DECL auto to_selector(boxed<label_selector> const& from) -> result<selector>;

/// How kubectl shows it: its text form, `<none>` if that is empty, `<error>` if it is not valid.
[[nodiscard]] BERTH_DECL auto shown(label_selector const& structured) -> std::string;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/label_selector.ipp>
#endif
