#pragma once

/// \file
/// The text of a request's target: percent-decoding, and the parameters behind the question mark.

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

inline auto trim(std::string_view text) -> std::string_view {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Cuts off what is before `separator`, and the separator.
inline auto cut(std::string_view& text, char separator) -> std::string_view {
    auto const at = text.find(separator);
    auto const head = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return trim(head);
}

} // namespace detail

/// Undoes percent-encoding; in a query `+` is a space. Nothing if an escape is malformed.
[[nodiscard]] inline auto percent_decode(std::string_view text, bool in_query) -> std::optional<std::string> {
    auto out = std::string();
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && in_query) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            auto const high = i + 2 < text.size() ? detail::hex_digit(text[i + 1]) : -1;
            auto const low = i + 2 < text.size() ? detail::hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

/// The parameters of a request, in their order; names may occur more than once.
class query {
public:
    query() = default;
    /// Reads `a=1&b=2`. Parameters with malformed escapes are left out, as Go's `url.ParseQuery` does.
    explicit query(std::string_view text) {
        while (!text.empty()) {
            auto const end = text.find('&');
            add(text.substr(0, end));
            text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        }
    }

    /// The first value of a parameter; null if there is none.
    [[nodiscard]] auto find(std::string_view name) const -> std::string const* {
        for (auto const& [n, value] : parameters_)
            if (n == name) return &value;
        return nullptr;
    }
    /// The first value of a parameter, or nothing at all.
    [[nodiscard]] auto text(std::string_view name) const -> std::string {
        auto const* value = find(name);
        return value == nullptr ? std::string() : *value;
    }
    /// All values of a parameter.
    [[nodiscard]] auto all(std::string_view name) const -> std::vector<std::string> {
        auto out = std::vector<std::string>();
        for (auto const& [n, value] : parameters_)
            if (n == name) out.push_back(value);
        return out;
    }
    /// A switch: absent is nothing, `false` and `0` are off, everything else is on (apimachinery
    /// `queryparams`).
    [[nodiscard]] auto flag(std::string_view name) const -> std::optional<bool> {
        auto const* value = find(name);
        if (value == nullptr) return std::nullopt;
        return *value != "0" && !is_false(*value);
    }
    [[nodiscard]] auto empty() const -> bool { return parameters_.empty(); }

private:
    static auto is_false(std::string_view text) -> bool {
        constexpr std::string_view word = "false";
        if (text.size() != word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i)
            if ((text[i] | 0x20) != word[i]) return false;
        return true;
    }

    auto add(std::string_view pair) -> void {
        if (pair.empty() || pair.find(';') != std::string_view::npos) return;
        auto const equals = pair.find('=');
        auto name = percent_decode(pair.substr(0, equals), true);
        auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                      : percent_decode(pair.substr(equals + 1), true);
        if (name && value) parameters_.emplace_back(*std::move(name), *std::move(value));
    }

    std::vector<std::pair<std::string, std::string>> parameters_;
};

} // namespace berth::api::http
