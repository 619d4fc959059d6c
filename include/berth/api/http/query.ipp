#pragma once

/// \file
/// The bodies of `berth/api/http/query.hpp`.

#include <berth/api/http/query.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http::detail {

BERTH_DECL auto trim(std::string_view text) -> std::string_view {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

BERTH_DECL auto cut(std::string_view& text, char separator) -> std::string_view {
    auto const at = text.find(separator);
    auto const head = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return trim(head);
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto percent_encode(std::string_view text) -> std::string {
    constexpr auto digits = std::string_view("0123456789ABCDEF");
    auto out = std::string();
    out.reserve(text.size());
    for (auto const c : text) {
        auto const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        auto const byte = static_cast<unsigned char>(c);
        if (letter || c == '-' || c == '.' || c == '_' || c == '~') out += c;
        else out.append(1, '%').append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
    }
    return out;
}

BERTH_DECL auto percent_decode(std::string_view text, bool in_query) -> std::optional<std::string> {
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

BERTH_DECL query::query(std::string_view text) {
    while (!text.empty()) {
        auto const end = text.find('&');
        add(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
}

BERTH_DECL auto query::find(std::string_view name) const -> std::string const* {
    for (auto const& [n, value] : parameters_)
        if (n == name) return &value;
    return nullptr;
}

BERTH_DECL auto query::all(std::string_view name) const -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& [n, value] : parameters_)
        if (n == name) out.push_back(value);
    return out;
}

BERTH_DECL auto query::flag(std::string_view name) const -> std::optional<bool> {
    auto const* value = find(name);
    if (value == nullptr) return std::nullopt;
    return *value != "0" && !is_false(*value);
}

BERTH_DECL auto query::is_false(std::string_view text) -> bool {
    constexpr std::string_view word = "false";
    if (text.size() != word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if ((text[i] | 0x20) != word[i]) return false;
    return true;
}

BERTH_DECL auto query::add(std::string_view pair) -> void {
    if (pair.empty() || pair.find(';') != std::string_view::npos) return;
    auto const equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                  : percent_decode(pair.substr(equals + 1), true);
    if (name && value) parameters_.emplace_back(*std::move(name), *std::move(value));
}

} // namespace berth::api::http
