#pragma once

/// \file
/// Random values of any described type, for tests of what must hold for all values.

#include <berth/core/random.hpp>
#include <berth/object/encode.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace berth::object {

/// What random values are like.
struct arbitrary_options {
    std::uint64_t rarity = 3; ///< one in so many members is there
    std::uint64_t most = 3;   ///< elements of a list or map
    int depth = 12;           ///< beyond it, only what a record cannot do without
    bool unknown = true;      ///< records also have members that nobody described
};

/// Fills values by walking their description. Texts are among the allowed values where there are such;
/// other rules of a schema are not obeyed. Scalars are not zero, and lists that are always written not empty:
/// they would be `null` in JSON.
class arbitrary_values {
public:
    explicit arbitrary_values(random& draw, arbitrary_options options = {})
        : draw_(draw), options_(options) {}

    /// Fills a value that is fresh.
    auto fill(type_info const& type, void* value) -> void { fill(type, value, nullptr, 0); }

private:
    auto chance(std::uint64_t n) -> bool { return draw_.below(n) == 0; }

    auto fill(type_info const& type, void* value, field_info const* as, int depth) -> void {
        switch (type.form) {
        case shape::boolean: *static_cast<bool*>(value) = chance(2); return;
        case shape::int32: *static_cast<std::int32_t*>(value) = static_cast<std::int32_t>(integer()); return;
        case shape::int64: *static_cast<std::int64_t*>(value) = integer(); return;
        case shape::number: *static_cast<double*>(value) = static_cast<double>(integer()) / 8; return;
        case shape::text: *static_cast<std::string*>(value) = text(as); return;
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

    auto fill_record(type_info const& type, void* record, int depth, bool unknown) -> void {
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

    /// Whether a member would be written as `null` where it is not there.
    [[nodiscard]] auto needed(field_info const& f, int depth) const -> bool {
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

    auto integer() -> std::int64_t {
        constexpr auto limits = std::array<std::int64_t, 4>{1, -1, 2147483647, -2147483648};
        if (chance(8)) return limits[draw_.below(limits.size())];
        return static_cast<std::int64_t>(draw_.below(2000)) - 1000;
    }

    auto text(field_info const* as) -> std::string {
        if (as != nullptr && !as->details->values.empty())
            return std::string(as->details->values[draw_.below(as->details->values.size())]);
        constexpr auto odd = std::array<std::string_view, 6>{"\"", "\\", "\n", "é", "/", "~1"};
        auto out = draw_.suffix(1 + draw_.below(20));
        if (chance(6)) out += odd[draw_.below(odd.size())];
        return out;
    }

    auto raw() -> std::string {
        constexpr auto some = std::array<std::string_view, 6>{
            R"({"a":1})", R"([1,"b",true])", "7", R"("text")", R"({"a":{"b":[]},"c":"d"})", "false"};
        return std::string(some[draw_.below(some.size())]);
    }

    /// Asks the scalar what it understands.
    auto fill_scalar(type_info const& type, void* value) -> void {
        constexpr auto texts = std::array<std::string_view, 6>{
            "2026-03-01T12:30:07Z", "2031-11-30T00:00:01.000250Z", "aGFyYm91cg==", "250m", "3Gi", "http"};
        for (auto tries = 0; tries < 100; ++tries) {
            auto token = scalar_token{};
            token.type = chance(4) ? scalar_token::kind::integer : scalar_token::kind::text;
            token.integer = 1 + static_cast<std::int64_t>(draw_.below(999));
            token.text = texts[draw_.below(texts.size())];
            if (type.read(value, token) && !type.is_zero(value)) return;
        }
    }

    random& draw_;
    arbitrary_options options_;
};

/// A random value of a described type.
template <described T> [[nodiscard]] auto arbitrary(random& draw, arbitrary_options options = {}) -> T {
    auto out = T{};
    arbitrary_values(draw, options).fill(type_of<T>(), &out);
    return out;
}

} // namespace berth::object
