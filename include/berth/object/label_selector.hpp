#pragma once

/// \file
/// Label selectors as they are written in objects: `matchLabels` and `matchExpressions` (apimachinery 1.36,
/// `meta/v1`). To match with one, make a `selector` of it.

#include <berth/object/meta.hpp>
#include <berth/object/selector.hpp>

namespace berth::object {

/// A condition on one label.
struct label_selector_requirement {
    std::string key;
    std::string operator_; ///< `In`, `NotIn`, `Exists` or `DoesNotExist`
    std::vector<std::string> values;
    unknown_fields unknown;

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

    BERTH_DESCRIBE(label_selector, "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector",
                   (match_labels, .number = 1),
                   (match_expressions, .topology = merge_topology::atomic, .number = 2))
};

/// The selector that matches as `from` says. Errors: `bad_request` for an unknown operator, a wrong number of
/// values, or labels that cannot be.
[[nodiscard]] inline auto to_selector(label_selector const& from) -> result<selector> {
    auto requirements = std::vector<requirement>();
    auto const add = [&](std::string const& key, selector_operator op,
                         std::vector<std::string> values) -> result<void> {
        auto made = requirement::make(key, op, std::move(values));
        if (!made) return std::unexpected(std::move(made).error());
        requirements.push_back(*std::move(made));
        return {};
    };
    for (auto const& [key, value] : from.match_labels)
        if (auto r = add(key, selector_operator::equals, {value}); !r)
            return std::unexpected(std::move(r).error());
    for (auto const& e : from.match_expressions) {
        auto op = selector_operator::in;
        if (e.operator_ == "NotIn") op = selector_operator::not_in;
        else if (e.operator_ == "Exists") op = selector_operator::exists;
        else if (e.operator_ == "DoesNotExist") op = selector_operator::does_not_exist;
        else if (e.operator_ != "In")
            return fail(error_code::bad_request,
                        detail::go_quoted(e.operator_) + " is not a valid label selector operator");
        if (auto r = add(e.key, op, e.values); !r) return std::unexpected(std::move(r).error());
    }
    return selector::of(std::move(requirements));
}

/// The same of an optional selector: an absent one matches nothing.
[[nodiscard]] inline auto to_selector(boxed<label_selector> const& from) -> result<selector> {
    return from ? to_selector(*from) : result<selector>(selector::nothing());
}

/// How kubectl shows it: its text form, `<none>` if that is empty, `<error>` if it is not valid.
[[nodiscard]] inline auto shown(label_selector const& structured) -> std::string {
    auto const s = to_selector(structured);
    if (!s) return "<error>";
    auto text = s->to_string();
    return text.empty() ? "<none>" : text;
}

} // namespace berth::object
