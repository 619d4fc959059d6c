#pragma once

/// \file
/// The bodies of `berth/object/detail/selector_lexer.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/selector_lexer.hpp>

namespace berth::object::detail {

[[nodiscard]] inline auto is_selector_blank(char c) -> bool {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

[[nodiscard]] inline auto is_selector_symbol(char c) -> bool {
    return std::string_view("=!(),><").find(c) != std::string_view::npos;
}

[[nodiscard]] inline auto symbol_kind(char c) -> token_kind {
    switch (c) {
    case '(': return token_kind::open;
    case ')': return token_kind::close;
    case ',': return token_kind::comma;
    case '!': return token_kind::bang;
    case '>': return token_kind::greater;
    case '<': return token_kind::less;
    default: return token_kind::equals;
    }
}

BERTH_DECL auto selector_tokens(std::string_view text) -> std::vector<selector_token> {
    auto out = std::vector<selector_token>();
    for (std::size_t i = 0;;) {
        while (i < text.size() && is_selector_blank(text[i])) ++i;
        if (i == text.size() || text[i] == '\0') break;
        if (is_selector_symbol(text[i])) {
            auto const two = text.substr(i, 2);
            if (two == "==") out.push_back({token_kind::double_equals, "=="});
            else if (two == "!=") out.push_back({token_kind::not_equals, "!="});
            else out.push_back({symbol_kind(text[i]), std::string(1, text[i])});
            i += out.back().text.size();
            continue;
        }
        auto const begin = i;
        while (i < text.size() && text[i] != '\0' && !is_selector_blank(text[i]) &&
               !is_selector_symbol(text[i]))
            ++i;
        auto word = std::string(text.substr(begin, i - begin));
        auto const kind =
            word == "in" ? token_kind::in : (word == "notin" ? token_kind::not_in : token_kind::identifier);
        out.push_back({kind, std::move(word)});
        if (i < text.size() && text[i] == '\0') ++i;
    }
    out.push_back({token_kind::end, ""});
    return out;
}

} // namespace berth::object::detail
