#pragma once

/// \file
/// The bodies of `berth/object/arbitrary.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/arbitrary.hpp>

namespace berth::object {

BERTH_DECL auto arbitrary_values::fill(type_info const& type, void* value, field_info const* as, int depth)
    -> void {
    switch (type.form) {
    case shape::boolean: *static_cast<bool*>(value) = chance(2); return;
    case shape::int32: *static_cast<std::int32_t*>(value) = static_cast<std::int32_t>(integer()); return;
    case shape::int64: *static_cast<std::int64_t*>(value) = integer(); return;
    case shape::number: *static_cast<double*>(value) = static_cast<double>(integer()) / 8; return;
    case shape::text: type.set_text(value, text(as)); return;
    case shape::scalar: return fill_scalar(type, value);
    case shape::raw: static_cast<raw_json*>(value)->text = raw(); return;
    case shape::optional: return fill(type.element(), type.add(value, {}), as, depth + 1);
    case shape::record: return fill_record(type, value, depth, options_.unknown);
    case shape::list:
        for (auto n = 1 + draw_.below(options_.most); n > 0; --n)
            fill(type.element(), type.add(value, {}), nullptr, depth + 1);
        return;
    case shape::map:
        for (auto n = 1 + draw_.below(options_.most); n > 0; --n) {
            auto const key = text(nullptr);
            // What is there already stays: it is no longer fresh.
            auto const before = type.size(value);
            auto* const added = type.add(value, key);
            if (type.size(value) != before) fill(type.element(), added, nullptr, depth + 1);
        }
    }
}

BERTH_DECL auto arbitrary_values::fill_record(type_info const& type, void* record, int depth, bool unknown)
    -> void {
    for (auto const& f : type.members) {
        if (f.inlined) {
            fill_record(f.type(), f.in(record), depth, false); // the outer one keeps what is unknown
            continue;
        }
        if (needed(f, depth) || (depth < options_.depth && chance(options_.rarity)))
            fill(f.type(), f.in(record), &f, depth + 1);
    }
    if (!unknown || type.unknown_at == type_info::no_unknown || !chance(8)) return;
    auto& kept = type.unknown(record)->engage();
    for (auto n = 1 + draw_.below(2); n > 0; --n) kept["x-" + draw_.suffix(3)].text = raw();
}

BERTH_DECL auto arbitrary_values::needed(field_info const& f, int depth) const -> bool {
    if (!f.always || depth > 2 * options_.depth) return false;
    switch (f.type().form) {
    case shape::scalar:
    case shape::list:
    case shape::map:
    case shape::optional:
    case shape::record: return true;
    default: return false;
    }
}

BERTH_DECL auto arbitrary_values::integer() -> std::int64_t {
    constexpr auto limits = std::array<std::int64_t, 4>{1, -1, 2147483647, -2147483648};
    if (chance(8)) return limits[draw_.below(limits.size())];
    return static_cast<std::int64_t>(draw_.below(2000)) - 1000;
}

BERTH_DECL auto arbitrary_values::text(field_info const* as) -> std::string {
    if (as != nullptr && !as->details->values.empty())
        return std::string(as->details->values[draw_.below(as->details->values.size())]);
    constexpr auto odd = std::array<std::string_view, 6>{"\"", "\\", "\n", "é", "/", "~1"};
    auto out = draw_.suffix(1 + draw_.below(20));
    if (chance(6)) out += odd[draw_.below(odd.size())];
    return out;
}

BERTH_DECL auto arbitrary_values::raw() -> std::string {
    constexpr auto some = std::array<std::string_view, 6>{R"({"a":1})", R"([1,"b",true])",           "7",
                                                          R"("text")",  R"({"a":{"b":[]},"c":"d"})", "false"};
    return std::string(some[draw_.below(some.size())]);
}

BERTH_DECL auto arbitrary_values::fill_scalar(type_info const& type, void* value) -> void {
    constexpr auto texts = std::array<std::string_view, 6>{
        "2026-03-01T12:30:07Z", "2031-11-30T00:00:01.000250Z", "aGFyYm91cg==", "250m", "3Gi", "http"};
    for (auto tries = 0; tries < 100; ++tries) {
        auto token = scalar_token{};
        token.type = chance(4) ? scalar_token::kind::integer : scalar_token::kind::text;
        token.integer = 1 + static_cast<std::int64_t>(draw_.below(999));
        token.text = texts[draw_.below(texts.size())];
        if (type.schema_type == "object") {
            token.type = scalar_token::kind::compound;
            token.text = R"({"f:spec":{}})";
        }
        if (type.read(value, token) && !type.is_zero(value)) return;
    }
}

} // namespace berth::object
