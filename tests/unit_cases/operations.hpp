#pragma once

/// \file
/// All operations of the unit cases by name.

#include "patches.hpp"
#include "values.hpp"

#include <functional>
#include <map>
#include <string>

namespace unit_cases {

inline auto operations() -> std::map<std::string, operation, std::less<>> const& {
    static auto const all = std::map<std::string, operation, std::less<>>{
        {"cron", {cron}},
        {"field-selector", {field_selector, true}},
        {"int-or-percent", {int_or_percent}},
        {"json-patch", {json_patch}},
        {"label-selector", {label_selector, true}},
        {"merge-patch", {merge_patch}},
        {"name", {name, true}},
        {"quantity", {quantity}},
        {"quantity-pair", {quantity_pair}},
        {"selector", {selector, true}},
        {"strategic-patch", {strategic_patch}},
    };
    return all;
}

} // namespace unit_cases
