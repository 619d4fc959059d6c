#pragma once

/// \file
/// The bodies of `berth/object/field_selector.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/field_selector.hpp>

namespace berth::object::detail {

/// A value with `\`, `,` and `=` escaped by a `\`.
inline auto append_escaped(std::string& out, std::string_view value) -> void {
    for (auto const c : value) {
        if (c == '\\' || c == ',' || c == '=') out.push_back('\\');
        out.push_back(c);
    }
}

/// The parts between commas that no `\` escapes, as they stand.
inline auto split_terms(std::string_view text) -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    auto begin = std::size_t{0};
    auto escaped = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (escaped) escaped = false;
        else if (text[i] == '\\') escaped = true;
        else if (text[i] == ',') {
            out.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    if (!text.empty()) out.push_back(text.substr(begin));
    return out;
}

/// A value without its escapes, which are `\\`, `\,` and `\=`.
inline auto unescaped(std::string_view value) -> result<std::string> {
    auto out = std::string();
    for (std::size_t i = 0; i < value.size(); ++i) {
        auto const c = value[i];
        if (c == ',' || c == '=')
            return fail(error_code::bad_request, "invalid field selector: unescaped character in value: " +
                                                     std::to_string(static_cast<int>(c)));
        if (c != '\\') {
            out.push_back(c);
            continue;
        }
        auto const rest = value.substr(i + 1);
        auto const next = rest.substr(0, rest.empty() ? 0 : first_code_point(rest).length);
        if (next.empty() || std::string_view("\\,=").find(next[0]) == std::string_view::npos)
            return fail(error_code::bad_request,
                        "invalid field selector: invalid escape sequence: \\" + std::string(next));
        out.push_back(next[0]);
        ++i;
    }
    return out;
}

/// A term cut at its operator, the first `!=`, `==` or `=`; nothing if there is none. The value is still
/// escaped.
inline auto split_term(std::string_view term) -> std::optional<field_requirement> {
    for (std::size_t i = 0; i < term.size(); ++i) {
        auto const two = term.substr(i, 2);
        auto const length =
            two == "!=" || two == "==" ? std::size_t{2} : (two[0] == '=' ? std::size_t{1} : 0);
        if (length == 0) continue;
        return field_requirement{std::string(term.substr(0, i)), std::string(term.substr(i + length)),
                                 two == "!="};
    }
    return std::nullopt;
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto field_selector::required_value(std::string_view field) const
    -> std::optional<std::string_view> {
    for (auto const& r : requirements_)
        if (!r.negated && r.field == field) return std::string_view(r.value);
    return std::nullopt;
}

BERTH_DECL auto field_selector::to_string() const -> std::string {
    auto out = std::string();
    for (auto const& r : requirements_) {
        if (!out.empty()) out.push_back(',');
        out += r.field;
        out += r.negated ? "!=" : "=";
        detail::append_escaped(out, r.value);
    }
    return out;
}

BERTH_DECL auto field_selector::parse(std::string_view text) -> result<field_selector> {
    auto terms = detail::split_terms(text);
    detail::small_sort(terms);
    auto out = std::vector<field_requirement>();
    for (auto const term : terms) {
        if (term.empty()) continue;
        auto one = detail::split_term(term);
        if (!one)
            return fail(error_code::bad_request, "invalid selector: '" + std::string(text) +
                                                     "'; can't understand '" + std::string(term) + "'");
        auto value = detail::unescaped(one->value);
        if (!value) return std::unexpected(std::move(value).error());
        one->value = *std::move(value);
        out.push_back(*std::move(one));
    }
    return field_selector(std::move(out));
}

} // namespace berth::object
