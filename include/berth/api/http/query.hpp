#pragma once

/// \file
/// The text of a request's target: percent-decoding, and the parameters behind the question mark.

#include <berth/core/config.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api::http {

namespace detail {

constexpr auto hex_digit(char c) -> int {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

BERTH_DECL auto trim(std::string_view text) -> std::string_view;

/// Cuts off what is before `separator`, and the separator.
BERTH_DECL auto cut(std::string_view& text, char separator) -> std::string_view;

} // namespace detail

/// A text as it may stand in a path or as the value of a parameter: all but letters, digits and `-._~` as
/// `%XX`.
[[nodiscard]] BERTH_DECL auto percent_encode(std::string_view text) -> std::string;

/// Undoes percent-encoding; in a query `+` is a space. Nothing if an escape is malformed.
[[nodiscard]] BERTH_DECL auto percent_decode(std::string_view text, bool in_query)
    -> std::optional<std::string>;

/// The parameters of a request, in their order; names may occur more than once.
class query {
public:
    query() = default;
    /// Reads `a=1&b=2`. Parameters with malformed escapes are left out, as Go's `url.ParseQuery` does.
    explicit query(std::string_view text);

    /// The first value of a parameter; null if there is none.
    [[nodiscard]] auto find(std::string_view name) const -> std::string const*;
    /// The first value of a parameter, or nothing at all.
    [[nodiscard]] auto text(std::string_view name) const -> std::string {
        auto const* value = find(name);
        return value == nullptr ? std::string() : *value;
    }
    /// All values of a parameter.
    [[nodiscard]] auto all(std::string_view name) const -> std::vector<std::string>;
    /// A switch: absent is nothing, `false` and `0` are off, everything else is on (apimachinery
    /// `queryparams`).
    [[nodiscard]] auto flag(std::string_view name) const -> std::optional<bool>;
    [[nodiscard]] auto empty() const -> bool { return parameters_.empty(); }

private:
    static auto is_false(std::string_view text) -> bool;

    auto add(std::string_view pair) -> void;

    std::vector<std::pair<std::string, std::string>> parameters_;
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/query.ipp>
#endif
