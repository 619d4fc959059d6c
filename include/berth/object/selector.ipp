#pragma once

/// \file
/// The bodies of `berth/object/selector.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/selector.hpp>

namespace berth::object {

BERTH_DECL auto selector::nothing() -> selector {
    auto out = selector();
    out.nothing_ = true;
    return out;
}

BERTH_DECL auto selector::of(std::vector<requirement> requirements) -> selector {
    auto out = selector();
    out.requirements_ = std::move(requirements);
    detail::small_sort(out.requirements_, [](auto const& a, auto const& b) { return a.key < b.key; });
    return out;
}

BERTH_DECL auto selector::to_string() const -> std::string {
    auto out = std::string();
    for (auto const& r : requirements_) {
        if (!out.empty()) out.push_back(',');
        r.append_to(out);
    }
    return out;
}

} // namespace berth::object

namespace berth::object::detail {

BERTH_DECL auto aggregated(std::vector<std::string> const& errors) -> std::string {
    return errors.size() == 1 ? errors.front() : "[" + joined(errors, ", ") + "]";
}

/// What is wrong with the number of values for an operator, or nothing.
inline auto value_count_problem(selector_operator op, std::size_t count) -> char const* {
    switch (op) {
    case selector_operator::in:
    case selector_operator::not_in:
        return count == 0 ? "for 'in', 'notin' operators, values set can't be empty" : nullptr;
    case selector_operator::equals:
    case selector_operator::double_equals:
    case selector_operator::not_equals:
        return count != 1 ? "exact-match compatibility requires one single value" : nullptr;
    case selector_operator::exists:
    case selector_operator::does_not_exist:
        return count != 0 ? "values set must be empty for exists and does not exist" : nullptr;
    case selector_operator::greater_than:
    case selector_operator::less_than:
        return count != 1 ? "for 'Gt', 'Lt' operators, exactly one value is required" : nullptr;
    }
    return nullptr;
}

/// Whether a label's value is a number above (or below) a bound; what is no number is neither.
inline auto number_compares(std::string_view value, std::string_view bound, bool above) -> bool {
    auto const a = go_integer(value);
    auto const b = go_integer(bound);
    if (!a.has_value() || !b.has_value()) return false;
    return above ? a.value_or(0) > b.value_or(0) : a.value_or(0) < b.value_or(0);
}

BERTH_DECL auto json_list(std::vector<std::string> const& values) -> std::string {
    if (values.empty()) return "null";
    auto out = std::string();
    for (auto const& v : values) {
        out += out.empty() ? '[' : ',';
        out += go_json(v);
    }
    out += ']';
    return out;
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto requirement::make(std::string key, selector_operator op, std::vector<std::string> values)
    -> result<requirement> {
    auto errors = std::vector<std::string>();
    if (auto const wrong = qualified_name_problems(key); !wrong.empty())
        errors.push_back("key: Invalid value: " + detail::go_quoted(key) + ": " + joined(wrong));
    if (auto const* const wrong = detail::value_count_problem(op, values.size()))
        errors.push_back("values: Invalid value: " + detail::json_list(values) + ": " + wrong);
    auto const numeric = op == selector_operator::greater_than || op == selector_operator::less_than;
    for (std::size_t i = 0; i < values.size() && numeric; ++i)
        if (!detail::go_integer(values[i]))
            errors.push_back("values[" + std::to_string(i) +
                             "]: Invalid value: " + detail::go_quoted(values[i]) +
                             ": for 'Gt', 'Lt' operators, the value must be an integer");
    for (std::size_t i = 0; i < values.size(); ++i)
        if (auto const wrong = label_value_problems(values[i]); !wrong.empty())
            errors.push_back("values[" + std::to_string(i) + "][" + key +
                             "]: Invalid value: " + detail::go_quoted(values[i]) + ": " + joined(wrong));
    if (!errors.empty()) return fail(error_code::bad_request, detail::aggregated(errors));
    return requirement{std::move(key), op, std::move(values)};
}

BERTH_DECL auto requirement::accepts(std::optional<std::string_view> value) const -> bool {
    auto const listed = [&] {
        for (auto const& v : values)
            if (v == *value) return true;
        return false;
    };
    switch (op) {
    case selector_operator::in:
    case selector_operator::equals:
    case selector_operator::double_equals: return value && listed();
    case selector_operator::not_in:
    case selector_operator::not_equals: return !value || !listed();
    case selector_operator::exists: return value.has_value();
    case selector_operator::does_not_exist: return !value.has_value();
    case selector_operator::greater_than:
    case selector_operator::less_than: break;
    }
    if (!value || values.size() != 1) return false;
    return detail::number_compares(*value, values.front(), op == selector_operator::greater_than);
}

BERTH_DECL auto requirement::append_to(std::string& out) const -> void {
    if (op == selector_operator::does_not_exist) out.push_back('!');
    out += key;
    switch (op) {
    case selector_operator::exists:
    case selector_operator::does_not_exist: return;
    case selector_operator::in: out += " in ("; break;
    case selector_operator::not_in: out += " notin ("; break;
    case selector_operator::equals: out += "="; break;
    case selector_operator::double_equals: out += "=="; break;
    case selector_operator::not_equals: out += "!="; break;
    case selector_operator::greater_than: out += ">"; break;
    case selector_operator::less_than: out += "<"; break;
    }
    auto sorted = values;
    detail::small_sort(sorted);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i > 0) out.push_back(',');
        out += sorted[i];
    }
    if (op == selector_operator::in || op == selector_operator::not_in) out.push_back(')');
}

BERTH_DECL auto selector::required_value(std::string_view key) const -> std::optional<std::string_view> {
    for (auto const& r : requirements_) {
        if (r.key != key) continue;
        auto const exact = r.op == selector_operator::equals || r.op == selector_operator::double_equals ||
                           r.op == selector_operator::in;
        if (exact && r.values.size() == 1) return std::string_view(r.values.front());
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace berth::object

namespace berth::object::detail {

BERTH_DECL auto selector_parser::parse() -> result<selector> {
    auto out = std::vector<requirement>();
    while (peek().kind != token_kind::end) {
        if (!starts_requirement(peek()))
            return refuse("found '" + peek().text + "', expected: !, identifier, or 'end of string'");
        auto one = parse_requirement();
        if (!one) return refuse("unable to parse requirement: " + one.error().message);
        out.push_back(*std::move(one));
        auto const next = take();
        if (next.kind == token_kind::end) break;
        if (next.kind != token_kind::comma)
            return refuse("found '" + next.text + "', expected: ',' or 'end of string'");
        if (!starts_requirement(peek()))
            return refuse("found '" + peek().text + "', expected: identifier after ','");
    }
    return selector::of(std::move(out));
}

BERTH_DECL auto selector_parser::take() -> selector_token {
    auto const at = position_;
    if (position_ + 1 < tokens_.size()) ++position_;
    return tokens_[at];
}

BERTH_DECL auto selector_parser::parse_requirement() -> result<requirement> {
    auto key = take();
    auto const negated = key.kind == token_kind::bang;
    if (negated) key = take();
    if (!is_identifier(key)) return refuse("found '" + key.text + "', expected: identifier");
    if (auto const wrong = qualified_name_problems(key.text); !wrong.empty())
        return refuse("<nil>: Invalid value: " + go_quoted(key.text) + ": " + joined(wrong));
    if (negated) return requirement::make(key.text, selector_operator::does_not_exist, {});
    if (peek().kind == token_kind::end || peek().kind == token_kind::comma)
        return requirement::make(key.text, selector_operator::exists, {});
    auto const op = parse_operator();
    if (!op) return std::unexpected(op.error());
    auto const set = *op == selector_operator::in || *op == selector_operator::not_in;
    auto list = set ? parse_values() : parse_exact_value();
    if (!list) return std::unexpected(std::move(list).error());
    sort_distinct(*list);
    return requirement::make(key.text, *op, *std::move(list));
}

BERTH_DECL auto selector_parser::parse_operator() -> result<selector_operator> {
    auto const token = take();
    switch (token.kind) {
    case token_kind::in: return selector_operator::in;
    case token_kind::not_in: return selector_operator::not_in;
    case token_kind::equals: return selector_operator::equals;
    case token_kind::double_equals: return selector_operator::double_equals;
    case token_kind::not_equals: return selector_operator::not_equals;
    case token_kind::greater: return selector_operator::greater_than;
    case token_kind::less: return selector_operator::less_than;
    default: return refuse("found '" + token.text + "', expected: in, notin, =, ==, !=, gt, lt");
    }
}

BERTH_DECL auto selector_parser::parse_values() -> result<values> {
    if (auto const open = take(); open.kind != token_kind::open)
        return refuse("found '" + open.text + "' expected: '('");
    if (peek().kind == token_kind::close) {
        take();
        return values{""};
    }
    if (!is_identifier(peek()) && peek().kind != token_kind::comma)
        return refuse("found '" + peek().text + "', expected: ',', ')' or identifier");
    auto out = values();
    for (;;) {
        auto const token = take();
        if (is_identifier(token)) {
            out.push_back(token.text);
            if (peek().kind == token_kind::comma) continue;
            if (peek().kind != token_kind::close)
                return refuse("found '" + peek().text + "', expected: ',' or ')'");
        } else if (token.kind == token_kind::comma) {
            if (out.empty() || peek().kind == token_kind::close || peek().kind == token_kind::comma)
                out.emplace_back();
        } else {
            return refuse("found '" + token.text + "', expected: ',', or identifier");
        }
        if (peek().kind == token_kind::close) break;
    }
    take();
    return out;
}

BERTH_DECL auto selector_parser::parse_exact_value() -> result<values> {
    if (peek().kind == token_kind::end || peek().kind == token_kind::comma) return values{""};
    auto const token = take();
    if (!is_identifier(token)) return refuse("found '" + token.text + "', expected: identifier");
    return values{token.text};
}

} // namespace berth::object::detail
