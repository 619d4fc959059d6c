#pragma once

/// \file
/// The operations of the unit cases: each takes a case's input and answers as the case's output is written.

#include <berth/object/quantity.hpp>

#include <boost/json.hpp>

#include <map>
#include <string>
#include <string_view>

namespace unit_cases {

namespace json = boost::json;
namespace object = berth::object;

struct operation {
    auto (*run)(json::object const& in) -> json::object;
    bool words_count = false; ///< the words of a refusal must agree as well
};

inline auto refused(std::string_view message) -> json::object {
    return {{"error", json::string_view(message.data(), message.size())}};
}

inline auto text_of(json::object const& in, char const* key) -> std::string_view {
    auto const& text = in.at(key).as_string();
    return {text.data(), text.size()};
}

inline auto name_of(object::quantity_format format) -> char const* {
    switch (format) {
    case object::quantity_format::decimal_si: return "DecimalSI";
    case object::quantity_format::binary_si: return "BinarySI";
    case object::quantity_format::decimal_exponent: return "DecimalExponent";
    }
    return "";
}

inline auto quantity(json::object const& in) -> json::object {
    auto const q = object::quantity::parse(text_of(in, "s"));
    if (!q) return refused(q.error().message);
    return {{"canonical", q->to_string()},
            {"format", name_of(q->format())},
            {"value", std::to_string(q->value())},
            {"milli", std::to_string(q->milli_value())},
            {"sign", q->sign()}};
}

inline auto quantity_pair(json::object const& in) -> json::object {
    auto const a = object::quantity::parse(text_of(in, "a"));
    auto const b = object::quantity::parse(text_of(in, "b"));
    if (!a || !b) return refused("one does not parse");
    auto const order = *a <=> *b;
    return {{"compare", order < 0 ? -1 : (order > 0 ? 1 : 0)},
            {"sum", (*a + *b).to_string()},
            {"difference", (*a - *b).to_string()}};
}

inline auto operations() -> std::map<std::string, operation, std::less<>> const& {
    static auto const all = std::map<std::string, operation, std::less<>>{
        {"quantity", {quantity}},
        {"quantity-pair", {quantity_pair}},
    };
    return all;
}

} // namespace unit_cases
