#pragma once

/// \file
/// Amounts of a resource (`100m`, `2Gi`, `1e3`): exact decimal numbers that remember how they were written.
/// The semantics are those of apimachinery 1.36 (`api/resource/quantity.go`), rounding and overflow included.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/big_integer.hpp>
#include <berth/object/detail/decimal.hpp>
#include <berth/object/detail/quantity_text.hpp>
#include <berth/object/reflect.hpp>

#include <compare>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace berth::object {

namespace detail {

struct quantity_access;

} // namespace detail

/// An exact amount with its format: what a container requests, what a node has.
///
/// Sixteen bytes. An amount whose digits fit 64 bits lies in the object, others on the heap (only sums, and
/// texts with fractions of binary units or more than 18 digits, get there). Amounts are kept to the
/// nano: what is smaller is rounded away from zero; binary amounts beyond 2^63-1 are capped, as in
/// Kubernetes.
///
/// `==` and `<=>` compare amounts: `1Gi == 1024Mi`, and `1Ki == 1024` though they print differently
/// (`same_text` tells them apart). A default-made quantity is zero.
class quantity {
public:
    constexpr quantity() = default;
    constexpr quantity(quantity const& other) { copy(other); }
    constexpr quantity(quantity&& other) noexcept { steal(other); }
    constexpr auto operator=(quantity const& other) -> quantity& {
        if (this != &other) *this = quantity(other);
        return *this;
    }
    constexpr auto operator=(quantity&& other) noexcept -> quantity& {
        if (this == &other) return *this;
        clear();
        steal(other);
        return *this;
    }
    constexpr ~quantity() { clear(); }

    /// `n` whole units: bytes, cores, pods.
    [[nodiscard]] static constexpr auto of(std::int64_t n,
                                           quantity_format format = quantity_format::decimal_si) -> quantity {
        return scaled(n, 0, format);
    }
    /// `n` thousandths of a unit, e.g. millicores.
    [[nodiscard]] static constexpr auto of_milli(std::int64_t n,
                                                 quantity_format format = quantity_format::decimal_si)
        -> quantity {
        return scaled(n, -3, format);
    }
    /// n * 10^exponent units. `exponent` is taken to lie within -9 and 18.
    [[nodiscard]] static constexpr auto scaled(std::int64_t n, std::int32_t exponent,
                                               quantity_format format = quantity_format::decimal_si)
        -> quantity {
        auto out = quantity();
        out.payload_.value = n;
        out.exponent_ = exponent;
        out.format_ = format;
        return out;
    }

    /// The quantity that a text denotes. Errors: `bad_request`, in the words of Kubernetes.
    [[nodiscard]] static auto parse(std::string_view text) -> result<quantity>;

    /// The amount in whole units, rounded away from zero. Beyond 64 bits it is what Kubernetes 1.36 makes of
    /// it (zero or wrapped bits): compare before asking.
    [[nodiscard]] auto value() const -> std::int64_t { return scaled_value(0); }
    /// The amount in thousandths, rounded as in `value`.
    [[nodiscard]] auto milli_value() const -> std::int64_t { return scaled_value(-3); }
    /// The amount in units of 10^exponent, rounded as in `value`.
    [[nodiscard]] auto scaled_value(std::int32_t exponent) const -> std::int64_t {
        return store_ == store::wide ? wide_scaled_value(exponent) : small_scaled_value(exponent);
    }
    /// The amount in whole units if it is whole and fits.
    [[nodiscard]] constexpr auto whole() const -> std::optional<std::int64_t> {
        if (store_ == store::wide) return std::nullopt;
        if (exponent_ >= 0) return detail::scale_up(small(), exponent_);
        auto const down = detail::scale_down(small(), -std::int64_t{exponent_});
        return down.exact ? std::optional(down.value) : std::nullopt;
    }
    /// The nearest double, about.
    [[nodiscard]] auto to_double() const -> double;

    [[nodiscard]] constexpr auto format() const -> quantity_format { return format_; }
    /// -1, 0 or 1.
    [[nodiscard]] constexpr auto sign() const -> int {
        if (store_ == store::wide) return payload_.wide->sign();
        return small() == 0 ? 0 : (small() < 0 ? -1 : 1);
    }
    [[nodiscard]] constexpr auto is_zero() const -> bool { return sign() == 0; }

    /// The text under which Kubernetes keeps and shows it: the largest suffix that needs no fraction. A text
    /// that Kubernetes takes as it is (`+5`, `1.024k`, `1E3`) stays as it is until the amount changes.
    [[nodiscard]] auto to_string() const -> std::string;
    auto append_to(std::string& out) const -> void;

    /// Sums and differences are exact. They have the format of the left operand, or of the right if the left
    /// is zero.
    auto operator+=(quantity const& other) -> quantity& { return add(other, false); }
    auto operator-=(quantity const& other) -> quantity& { return add(other, true); }
    friend auto operator+(quantity a, quantity const& b) -> quantity { return std::move(a += b); }
    friend auto operator-(quantity a, quantity const& b) -> quantity { return std::move(a -= b); }
    friend auto operator-(quantity const& a) -> quantity {
        auto zero = quantity();
        return std::move(zero -= a);
    }

    friend constexpr auto operator<=>(quantity const& a, quantity const& b) -> std::weak_ordering {
        return a.compare(b) <=> 0;
    }
    friend constexpr auto operator==(quantity const& a, quantity const& b) -> bool {
        return a.compare(b) == 0;
    }
    /// Whether both print the same.
    [[nodiscard]] friend auto same_text(quantity const& a, quantity const& b) -> bool {
        return a.to_string() == b.to_string();
    }

private:
    friend struct detail::quantity_access;

    enum class store : std::uint8_t { plain, spelled, wide };
    struct spelling {
        std::int64_t value;
        std::string text;
    };
    union payload {
        std::int64_t value = 0;
        spelling* text;
        detail::big_integer* wide;
    };

    /// The digits of an amount that is not wide.
    [[nodiscard]] constexpr auto small() const -> std::int64_t {
        return store_ == store::plain ? payload_.value : payload_.text->value;
    }
    [[nodiscard]] auto digits() const -> detail::big_integer {
        return store_ == store::wide ? *payload_.wide : detail::big_integer(small());
    }
    constexpr auto clear() -> void {
        if (store_ == store::spelled) delete payload_.text;
        if (store_ == store::wide) delete payload_.wide;
        store_ = store::plain;
        payload_.value = 0;
    }
    constexpr auto copy(quantity const& other) -> void {
        if (other.store_ == store::spelled) payload_.text = new spelling(*other.payload_.text);
        else if (other.store_ == store::wide) payload_.wide = new detail::big_integer(*other.payload_.wide);
        else payload_.value = other.payload_.value;
        exponent_ = other.exponent_;
        format_ = other.format_;
        store_ = other.store_;
    }
    constexpr auto steal(quantity& other) noexcept -> void {
        payload_ = other.payload_;
        exponent_ = other.exponent_;
        format_ = other.format_;
        store_ = std::exchange(other.store_, store::plain);
        other.payload_.value = 0;
    }
    constexpr auto set_small(std::int64_t value, std::int32_t exponent) -> void {
        clear();
        payload_.value = value;
        exponent_ = exponent;
    }
    auto set_wide(detail::big_integer value, std::int32_t exponent) -> void;

    constexpr auto compare(quantity const& other) const -> int;
    auto compare_wide(quantity const& other) const -> int;
    auto add(quantity const& other, bool subtract) -> quantity&;
    auto add_small(std::int64_t value, std::int32_t exponent) -> bool;
    auto small_scaled_value(std::int32_t exponent) const -> std::int64_t;
    auto wide_scaled_value(std::int32_t exponent) const -> std::int64_t;
    auto append_decimal(std::string& out) const -> void;
    auto append_binary(std::string& out) const -> bool;

    payload payload_;
    std::int32_t exponent_ = 0; ///< the amount is the payload's number times 10^exponent
    quantity_format format_ = quantity_format::decimal_si;
    store store_ = store::plain;
};

namespace detail {

/// The inner parts of a quantity, for the parser.
struct quantity_access {
    static auto set_wide(quantity& q, big_integer value, std::int32_t exponent) -> void {
        q.set_wide(std::move(value), exponent);
    }
    static auto set_spelling(quantity& q, std::string_view text) -> void;
};

/// The amount on the short way: at most 18 digits, nothing below the nano, no fraction of a binary unit.
constexpr auto small_amount(quantity_pieces const& text, quantity_suffix const& suffix)
    -> std::optional<quantity> {
    auto const count = static_cast<int>(text.whole.size() + text.fraction.size());
    if (count > 18) return std::nullopt;
    auto const exponent = (suffix.base == 10 ? suffix.exponent : 0) - static_cast<int>(text.fraction.size());
    if (exponent < -9) return std::nullopt;
    if (suffix.base == 2 && (!text.fraction.empty() || 14 - count - suffix.exponent * 3 / 10 < 0))
        return std::nullopt;
    auto digits = std::int64_t{0};
    for (auto const c : text.whole) digits = digits * 10 + (c - '0');
    for (auto const c : text.fraction) digits = digits * 10 + (c - '0');
    auto value = suffix.base == 2 ? digits << suffix.exponent : digits;
    return quantity::scaled(text.negative ? -value : value, exponent, suffix.format);
}

} // namespace detail

constexpr auto quantity::compare(quantity const& other) const -> int {
    if (sign() != other.sign()) return sign() - other.sign();
    if (store_ == store::wide || other.store_ == store::wide) return compare_wide(other);
    auto const a = small();
    auto const b = other.small();
    auto const gap = std::int64_t{exponent_} - other.exponent_;
    auto const a_aligned = gap > 0 ? detail::scale_up(a, gap) : std::optional(a);
    auto const b_aligned = gap < 0 ? detail::scale_up(b, -gap) : std::optional(b);
    if (!a_aligned) return sign();
    if (!b_aligned) return -sign();
    return *a_aligned < *b_aligned ? -1 : (*a_aligned > *b_aligned ? 1 : 0);
}

inline namespace literals {

/// A quantity known at compile time: `"250m"_quantity`. At most 18 digits; it prints in canonical form.
consteval auto operator""_quantity(char const* text, std::size_t size) -> quantity {
    auto const pieces = detail::split_quantity({text, size});
    auto const suffix = detail::read_suffix(pieces.suffix);
    if (!pieces.well_formed || !suffix) throw "this text is not a quantity";
    auto const amount = detail::small_amount(pieces, *suffix);
    if (!amount) throw "this quantity has too many digits for a literal";
    return *amount;
}

} // namespace literals

/// A quantity in JSON is a string; a number is accepted.
template <> struct scalar_traits<quantity> {
    static constexpr std::string_view name = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    static constexpr std::string_view schema_type = "string,number";
    static constexpr std::string_view schema_format = "";

    static auto is_zero(quantity const& q) -> bool { return q.is_zero(); }
    static auto write(quantity const& q, std::string& json) -> void {
        json += '"';
        q.append_to(json);
        json += '"';
    }
    static auto read(scalar_token const& token) -> result<quantity> {
        switch (token.type) {
        case scalar_token::kind::null: return quantity();
        case scalar_token::kind::integer: return quantity::of(token.integer);
        case scalar_token::kind::real: return read_real(token.real);
        case scalar_token::kind::text: return quantity::parse(trimmed(token.text));
        case scalar_token::kind::boolean:
        case scalar_token::kind::compound: break;
        }
        return quantity::parse("true"); // as text, whatever else it is
    }

private:
    /// Reads the shortest digits that mean the number.
    static auto read_real(double number) -> result<quantity> {
        char text[40];
        for (auto precision = 15; precision <= 17; ++precision) {
            static_cast<void>(std::snprintf(text, sizeof text, "%.*g", precision, number));
            if (std::strtod(text, nullptr) == number) break;
        }
        return quantity::parse(text);
    }
    static constexpr auto trimmed(std::string_view text) -> std::string_view {
        constexpr auto blank = std::string_view(" \t\n\v\f\r");
        while (!text.empty() && blank.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
        while (!text.empty() && blank.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
        return text;
    }
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/quantity.ipp>
#endif
