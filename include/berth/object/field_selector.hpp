#pragma once

/// \file
/// Field selectors: `metadata.name=web,status.phase!=Running` (apimachinery 1.36, `fields/selector.go`).

#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/small_sort.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// One condition: the field has the value, or has it not.
struct field_requirement {
    std::string field;
    std::string value;
    bool negated = false; ///< `!=`

    friend auto operator==(field_requirement const&, field_requirement const&) -> bool = default;
};

/// Something that answers the value of a field as text; an absent field is the empty text.
template <class F>
concept field_lookup = requires(F const& value_of, std::string_view field) {
    { value_of(field) } -> std::convertible_to<std::string_view>;
};

namespace detail {

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

} // namespace detail

/// A conjunction of conditions on fields. A default-made selector matches everything.
class field_selector {
public:
    field_selector() = default;
    /// The selector of these conditions, in this order.
    explicit field_selector(std::vector<field_requirement> requirements)
        : requirements_(std::move(requirements)) {}

    /// Reads the text form. Errors: `bad_request`, in the words of Kubernetes.
    [[nodiscard]] static auto parse(std::string_view text) -> result<field_selector>;

    /// Whether all conditions hold of the fields that `value_of` answers.
    template <field_lookup F> [[nodiscard]] auto matches(F const& value_of) const -> bool {
        for (auto const& r : requirements_)
            if ((std::string_view(value_of(std::string_view(r.field))) == r.value) == r.negated) return false;
        return true;
    }

    /// Whether it restricts nothing.
    [[nodiscard]] auto empty() const -> bool { return requirements_.empty(); }
    [[nodiscard]] auto requirements() const -> std::vector<field_requirement> const& { return requirements_; }
    /// The one value that a field must have, if there is one: what an index may use.
    [[nodiscard]] auto required_value(std::string_view field) const -> std::optional<std::string_view> {
        for (auto const& r : requirements_)
            if (!r.negated && r.field == field) return std::string_view(r.value);
        return std::nullopt;
    }

    /// The text form: `==` becomes `=`, terms are in the order of their texts.
    [[nodiscard]] auto to_string() const -> std::string {
        auto out = std::string();
        for (auto const& r : requirements_) {
            if (!out.empty()) out.push_back(',');
            out += r.field;
            out += r.negated ? "!=" : "=";
            detail::append_escaped(out, r.value);
        }
        return out;
    }

    friend auto operator==(field_selector const&, field_selector const&) -> bool = default;

private:
    std::vector<field_requirement> requirements_;
};

inline auto field_selector::parse(std::string_view text) -> result<field_selector> {
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
