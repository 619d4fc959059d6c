#pragma once

/// \file
/// The bodies of `berth/object/label_selector.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::object {

BERTH_TABLE(label_selector_requirement);
BERTH_TABLE(label_selector);

BERTH_DECL auto to_selector(label_selector const& from) -> result<selector> {
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

BERTH_DECL auto to_selector(boxed<label_selector> const& from) -> result<selector> {
    return from ? to_selector(*from) : result<selector>(selector::nothing());
}

BERTH_DECL auto shown(label_selector const& structured) -> std::string {
    auto const s = to_selector(structured);
    if (!s) return "<error>";
    auto text = s->to_string();
    return text.empty() ? "<none>" : text;
}

} // namespace berth::object
