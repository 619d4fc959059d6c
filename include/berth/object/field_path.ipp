#pragma once

/// \file
/// The bodies of `berth/object/field_path.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/field_path.hpp>

#include <charconv>

namespace berth::object {

BERTH_DECL auto located::to_string() const -> std::string {
    auto out = std::string();
    if (type->form == shape::text) return type->text(value);
    append_json(out, *type, value);
    auto const quoted = type->form == shape::scalar && out.size() >= 2 && out.front() == '"';
    return quoted ? out.substr(1, out.size() - 2) : out;
}

BERTH_DECL auto field_path::parse(std::string_view text) -> result<field_path> {
    auto out = field_path();
    auto rest = text;
    if (rest.starts_with('{') && rest.ends_with('}')) rest = rest.substr(1, rest.size() - 2);
    if (rest.starts_with('$')) rest.remove_prefix(1);
    while (!rest.empty() && rest != ".") {
        auto step = next(rest);
        if (!step)
            return fail(error_code::bad_request, "the field path " + std::string(text) +
                                                     " cannot be understood from " + std::string(rest));
        out.steps_.push_back(*std::move(step));
    }
    return out;
}

BERTH_DECL auto field_path::next(std::string_view& rest) -> std::optional<step> {
    if (rest.front() == '[') return bracket(rest);
    if (rest.front() == '.') rest.remove_prefix(1);
    auto const end = rest.find_first_of(".[");
    auto const name = rest.substr(0, end);
    if (name.empty() || name.find_first_of("]{}()'\"") != std::string_view::npos) return std::nullopt;
    rest.remove_prefix(name.size());
    if (name == "*") return step{step::kind::all, {}, {}};
    return step{step::kind::member, std::string(name), {}};
}

BERTH_DECL auto field_path::bracket(std::string_view& rest) -> std::optional<step> {
    constexpr auto front = std::string_view("[?(@.");
    auto const quote = rest.size() > 1 ? rest[1] : '\0';
    auto out = step{};
    auto size = std::size_t{0};
    if (quote == '\'' || quote == '"') {
        auto const end = rest.find(quote, 2);
        if (end == std::string_view::npos) return std::nullopt;
        out.name = rest.substr(2, end - 2);
        size = end + 1;
    } else if (rest.starts_with(front)) {
        auto const equals = rest.find("==");
        if (equals == std::string_view::npos || equals + 2 >= rest.size()) return std::nullopt;
        auto const mark = rest[equals + 2];
        auto const end = rest.find(mark, equals + 3);
        if ((mark != '"' && mark != '\'') || end == std::string_view::npos) return std::nullopt;
        out.what = step::kind::matching;
        out.name = trimmed(rest.substr(front.size(), equals - front.size()));
        out.wanted = rest.substr(equals + 3, end - equals - 3);
        if (rest.substr(end + 1, 1) != ")") return std::nullopt;
        size = end + 2;
    } else if (quote == '*') {
        out.what = step::kind::all;
        size = 2;
    } else {
        out.what = step::kind::index;
        auto const* const first = rest.data() + 1;
        auto const read = std::from_chars(first, rest.data() + rest.size(), out.index);
        if (read.ec != std::errc()) return std::nullopt;
        size = static_cast<std::size_t>(read.ptr - rest.data());
    }
    if (rest.substr(size, 1) != "]") return std::nullopt;
    rest.remove_prefix(size + 1);
    return out;
}

BERTH_DECL auto field_path::trimmed(std::string_view text) -> std::string_view {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

BERTH_DECL auto field_path::unboxed(located at) -> std::optional<located> {
    while (at.type->form == shape::optional) {
        if (at.type->size(at.value) == 0) return std::nullopt;
        at = {&at.type->element(), at.type->at(at.value, 0)};
    }
    return at;
}

BERTH_DECL auto field_path::follow(located from, std::size_t n) const -> std::optional<located> {
    auto const at = unboxed(from);
    if (!at || n == steps_.size()) return at;
    auto const& s = steps_[n];
    if (s.what == step::kind::member) {
        auto const inner = member(*at, s.name);
        return inner ? follow(*inner, n + 1) : std::nullopt;
    }
    if (at->type->form != shape::list) return std::nullopt;
    auto const size = static_cast<std::int64_t>(at->type->size(at->value));
    auto const element = [&](std::int64_t i) {
        return located{&at->type->element(), at->type->at(at->value, static_cast<std::size_t>(i))};
    };
    if (s.what == step::kind::index) {
        auto const i = s.index < 0 ? s.index + size : s.index;
        return i < 0 || i >= size ? std::nullopt : follow(element(i), n + 1);
    }
    for (std::int64_t i = 0; i < size; ++i) {
        if (s.what == step::kind::matching && !matches(element(i), s)) continue;
        if (auto const found = follow(element(i), n + 1)) return found;
    }
    return std::nullopt;
}

BERTH_DECL auto field_path::member(located at, std::string_view name) -> std::optional<located> {
    auto const& type = *at.type;
    if (type.form == shape::map) {
        for (std::size_t i = 0, n = type.size(at.value); i < n; ++i)
            if (type.key(at.value, i) == name) return located{&type.element(), type.at(at.value, i)};
        return std::nullopt;
    }
    if (type.form != shape::record) return std::nullopt;
    if (auto const* const f = type.field(name)) {
        if (!f->always && f->type().is_zero(f->in(at.value))) return std::nullopt;
        return located{&f->type(), f->in(at.value)};
    }
    auto const* const unknown = type.unknown(at.value);
    auto const* const json = unknown == nullptr || !*unknown ? nullptr : (**unknown).find(name);
    if (json == nullptr) return std::nullopt;
    return located{&type_of<raw_json>(), json};
}

BERTH_DECL auto field_path::matches(located element, step const& s) -> bool {
    auto const whole = unboxed(element);
    auto const inner = whole ? member(*whole, s.name) : std::nullopt;
    auto const value = inner ? unboxed(*inner) : std::nullopt;
    return value && value->to_string() == s.wanted;
}

} // namespace berth::object
