#pragma once

/// \file
/// A number or a text, mostly a count or a percentage: `3`, `"25%"` (apimachinery 1.36, `util/intstr`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/reflect.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace berth::object {

/// To which whole number a part of a count goes.
enum class rounding : std::uint8_t { down, up };

/// Either a 32-bit number or a text. A default-made one is the number 0.
class int_or_string {
public:
    int_or_string() = default;
    int_or_string(std::int32_t number) : number_(number) {}
    int_or_string(std::string text) : text_(std::move(text)), is_number_(false) {}
    int_or_string(char const* text) : int_or_string(std::string(text)) {}

    [[nodiscard]] auto is_number() const -> bool { return is_number_; }
    /// The number, or 0 for a text.
    [[nodiscard]] auto number() const -> std::int32_t { return number_; }
    /// The text, or nothing for a number.
    [[nodiscard]] auto text() const -> std::string_view { return text_; }
    /// The number in digits, or the text.
    [[nodiscard]] auto to_string() const -> std::string;

    /// The number itself, or that percentage of `total`. Errors: `bad_request` for a text that is no
    /// percentage.
    [[nodiscard]] auto scaled(std::int64_t total, rounding direction) const -> result<std::int64_t>;

    friend auto operator==(int_or_string const&, int_or_string const&) -> bool = default;

private:
    std::string text_;
    std::int32_t number_ = 0;
    bool is_number_ = true;
};

namespace detail {

/// value * percent / 100, computed in floating point like Kubernetes where that can tell.
BERTH_DECL auto part_of(std::int64_t percent, std::int64_t total, rounding direction) -> std::int64_t;

} // namespace detail

/// The count that an optional field means: its own, or the default's where it is absent.
[[nodiscard]] inline auto scaled_or(std::optional<int_or_string> const& value, int_or_string const& otherwise,
                                    std::int64_t total, rounding direction) -> result<std::int64_t> {
    return (value ? *value : otherwise).scaled(total, direction);
}

/// In JSON: a number or a string.
template <> struct scalar_traits<int_or_string> {
    static constexpr std::string_view name = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    static constexpr std::string_view schema_type = "integer,string";
    static constexpr std::string_view schema_format = "int-or-string";

    static auto is_zero(int_or_string const& value) -> bool { return value == int_or_string(); }
    static auto write(int_or_string const& value, std::string& json) -> void {
        json += value.is_number() ? value.to_string() : detail::go_json(value.text());
    }
    static auto read(scalar_token const& token) -> result<int_or_string> {
        if (token.type == scalar_token::kind::null) return int_or_string();
        if (token.type == scalar_token::kind::text) return int_or_string(std::string(token.text));
        auto const fits = token.integer >= std::numeric_limits<std::int32_t>::min() &&
                          token.integer <= std::numeric_limits<std::int32_t>::max();
        if (token.type == scalar_token::kind::integer && fits)
            return int_or_string(static_cast<std::int32_t>(token.integer));
        return fail(
            error_code::bad_request,
            "json: cannot unmarshal into Go value of type intstr.IntOrString: must be a 32-bit number "
            "or a string");
    }
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/int_or_string.ipp>
#endif
