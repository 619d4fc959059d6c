#pragma once

/// \file
/// Values within a document under a JSON patch, and when `test` holds them to be equal.
///
/// The library that Kubernetes uses tells three nulls apart: one of the document, one that an operation put
/// there, and a copy of the latter, which reads as an empty object and equals one, and nothing else. While a
/// patch is applied the second and the third are held as not-a-numbers, which no JSON text yields; `settle`
/// turns them into nulls.

#include <boost/json/value.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace berth::object::detail {

inline auto put_null() -> boost::json::value { return std::numeric_limits<double>::quiet_NaN(); }
inline auto copied_null() -> boost::json::value { return -std::numeric_limits<double>::quiet_NaN(); }
inline auto is_put_null(boost::json::value const& value) -> bool {
    return value.is_double() && std::isnan(value.get_double()) && !std::signbit(value.get_double());
}
inline auto is_copied_null(boost::json::value const& value) -> bool {
    return value.is_double() && std::isnan(value.get_double()) && std::signbit(value.get_double());
}

/// Makes plain nulls of all nulls.
inline auto settle(boost::json::value& value) -> void {
    if (auto* const object = value.if_object()) {
        for (auto& member : *object) settle(member.value());
    } else if (auto* const array = value.if_array()) {
        for (auto& element : *array) settle(element);
    } else if (is_put_null(value) || is_copied_null(value)) {
        value = nullptr;
    }
}

/// How much a value is.
struct value_extent {
    std::size_t values = 1; ///< itself and all that is in it
    std::size_t height = 0; ///< how deep objects and arrays are nested in it; 0 of a leaf
    std::size_t text = 0;   ///< bytes of all its keys and strings
};

inline auto extent_of(boost::json::value const& value) -> value_extent {
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

/// Equality by content, at a cost that depends on `expected` alone; 1 and 1.0 differ, as their texts do.
inline auto equal_in_test(boost::json::value const& actual, boost::json::value const& expected) -> bool {
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
