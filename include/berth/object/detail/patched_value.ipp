#pragma once

/// \file
/// The bodies of `berth/object/detail/patched_value.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/patched_value.hpp>

#include <algorithm>

namespace berth::object::detail {

BERTH_DECL auto put_null() -> boost::json::value { return std::numeric_limits<double>::quiet_NaN(); }

BERTH_DECL auto copied_null() -> boost::json::value { return -std::numeric_limits<double>::quiet_NaN(); }

BERTH_DECL auto is_put_null(boost::json::value const& value) -> bool {
    return value.is_double() && std::isnan(value.get_double()) && !std::signbit(value.get_double());
}

BERTH_DECL auto is_copied_null(boost::json::value const& value) -> bool {
    return value.is_double() && std::isnan(value.get_double()) && std::signbit(value.get_double());
}

BERTH_DECL auto settle(boost::json::value& value) -> void {
    if (auto* const object = value.if_object()) {
        for (auto& member : *object) settle(member.value());
    } else if (auto* const array = value.if_array()) {
        for (auto& element : *array) settle(element);
    } else if (is_put_null(value) || is_copied_null(value)) {
        value = nullptr;
    }
}

BERTH_DECL auto extent_of(boost::json::value const& value) -> value_extent {
    auto out = value_extent{};
    auto const take = [&](boost::json::value const& inner) {
        auto const one = extent_of(inner);
        out.values += one.values;
        out.height = std::max(out.height, one.height);
        out.text += one.text;
    };
    if (auto const* const string = value.if_string()) out.text = string->size();
    auto const* const object = value.if_object();
    auto const* const array = value.if_array();
    if (object == nullptr && array == nullptr) return out;
    if (object != nullptr)
        for (auto const& member : *object) {
            out.text += member.key().size();
            take(member.value());
        }
    else
        for (auto const& element : *array) take(element);
    ++out.height;
    return out;
}

BERTH_DECL auto equal_in_test(boost::json::value const& actual, boost::json::value const& expected) -> bool {
    if (is_copied_null(actual)) return expected.is_object() && expected.get_object().empty();
    if (is_put_null(actual)) return is_put_null(expected);
    if (actual.is_array() && expected.is_array()) {
        auto const& a = actual.get_array();
        auto const& b = expected.get_array();
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (!equal_in_test(a[i], b[i])) return false;
        return true;
    }
    if (actual.is_object() && expected.is_object()) {
        if (actual.get_object().size() != expected.get_object().size()) return false;
        for (auto const& member : expected.get_object()) {
            auto const* const other = actual.get_object().if_contains(member.key());
            if (other == nullptr || !equal_in_test(*other, member.value())) return false;
        }
        return true;
    }
    return actual.is_double() == expected.is_double() && actual == expected;
}

} // namespace berth::object::detail
