#pragma once

/// \file
/// The bodies of `berth/object/label_selector_text.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/label_selector_text.hpp>

namespace berth::object {

BERTH_DECL auto go_text(boxed<label_selector> const& s) -> std::string {
    if (!s) return "nil";
    auto out = std::string("&LabelSelector{MatchLabels:map[string]string{");
    for (auto const& [key, value] : s->match_labels) out.append(key).append(": ").append(value).append(",");
    out += "},MatchExpressions:[]LabelSelectorRequirement{";
    for (auto const& e : s->match_expressions) {
        out.append("LabelSelectorRequirement{Key:").append(e.key).append(",Operator:").append(e.operator_);
        out += ",Values:[";
        for (auto const& v : e.values) out.append(&v == &e.values.front() ? "" : " ").append(v);
        out += "],},";
    }
    return out + "},}";
}

} // namespace berth::object
