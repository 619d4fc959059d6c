#pragma once

/// \file
/// Checks of whole values against their description: what is required, allowed values, bounds, sizes,
/// patterns, what may not change, lists whose elements are told apart. Kinds with checks of their own ask for
/// single members instead (`check_field.hpp`). The words are those of apimachinery 1.36.

#include <berth/api/check_field.hpp>

#include <regex.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace berth::api {

namespace detail {

/// A compiled POSIX extended expression.
class expression {
public:
    explicit expression(std::string_view pattern)
        : good_(::regcomp(&compiled_, translated(pattern).c_str(), REG_EXTENDED | REG_NOSUB) == 0) {}
    expression(expression const&) = delete;
    auto operator=(expression const&) -> expression& = delete;
    ~expression() {
        if (good_) ::regfree(&compiled_);
    }
    [[nodiscard]] auto good() const -> bool { return good_; }
    [[nodiscard]] auto matches(std::string const& text) const -> bool {
        return ::regexec(&compiled_, text.c_str(), 0, nullptr, 0) == 0;
    }

private:
    /// Two habits of other dialects that POSIX lacks.
    static auto translated(std::string_view pattern) -> std::string {
        auto out = std::string();
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            auto const rest = pattern.substr(i);
            if (rest.substr(0, 2) == "\\d") {
                out += "[0-9]";
                ++i;
            } else if (rest.substr(0, 2) == "\\\\" || (rest.size() > 1 && rest.front() == '\\')) {
                out += rest.substr(0, 2);
                ++i;
            } else if (rest.substr(0, 3) == "(?:") {
                out += '(';
                i += 2;
            } else {
                out += rest.front();
            }
        }
        return out;
    }

    ::regex_t compiled_ = {};
    bool good_;
};

/// How many characters a text of UTF-8 has.
inline auto count_characters(std::string_view text) -> std::int64_t {
    auto n = std::int64_t{0};
    for (auto const c : text) n += (static_cast<unsigned char>(c) & 0xc0U) == 0x80U ? 0 : 1;
    return n;
}

inline auto shown_json(object::type_info const& type, void const* value) -> shown_value {
    auto text = std::string();
    object::append_json(text, type, value);
    return shown_value::bare(std::move(text));
}

/// The part of a list's element by which it is told from the others, as JSON.
inline auto identifying_text(object::field_info const& f, object::type_info const& element, void const* value)
    -> std::string {
    auto out = std::string();
    if (f.topology == object::merge_topology::set) {
        object::append_json(out, element, value);
        return out;
    }
    out += '{';
    for (auto keys = f.details->list_keys; !keys.empty();) {
        auto const comma = keys.find(',');
        auto const* const key = element.field(keys.substr(0, comma));
        if (key != nullptr) {
            if (out.size() > 1) out += ',';
            object::append_json_string(out, key->name);
            out += ':';
            object::append_json(out, key->type(), key->in(value));
        }
        keys = comma == std::string_view::npos ? std::string_view() : keys.substr(comma + 1);
    }
    return out += '}';
}

/// The metadata of objects have rules of their own.
inline auto is_metadata(object::type_info const& type, object::field_info const& f) -> bool {
    return type.resource != nullptr && f.offset == type.metadata;
}

/// Walks a value with its description.
class schema_checker {
public:
    explicit schema_checker(field_errors& errors) : errors_(errors) {}

    auto check(object::type_info const& type, void const* value, field_path const& at) -> void {
        using object::shape;
        switch (type.form) {
        case shape::record:
            for (auto const& f : type.fields)
                if (!is_metadata(type, f)) check_field(f, f.in(value), at.child(f.name));
            return;
        case shape::list:
            for (std::size_t i = 0; i < type.size(value); ++i)
                check(type.element(), type.at(value, i), at.index(i));
            return;
        case shape::map:
            for (std::size_t i = 0; i < type.size(value); ++i)
                check(type.element(), type.at(value, i), at.key(type.key(value, i)));
            return;
        case shape::optional:
            if (type.size(value) != 0) check(type.element(), type.at(value, 0), at);
            return;
        default: return;
        }
    }

private:
    auto check_field(object::field_info const& f, void const* value, field_path const& at) -> void {
        using object::shape;
        auto const& type = f.type();
        // A number or truth value that is zero and one that is absent look the same.
        auto const always_there = type.form == shape::boolean || type.form == shape::int32 ||
                                  type.form == shape::int64 || type.form == shape::number;
        auto const zero = type.is_zero(value);
        if (zero && f.required && !always_there && type.form != shape::record) return errors_.required(at);
        if (zero && !f.required && !(f.always && always_there)) return;
        if (f.details != &object::no_details) check_details(f, type, value, at);
        if (type.form == shape::list) check_elements(f, value, at);
        check(type, value, at);
    }

    auto check_details(object::field_info const& f, object::type_info const& type, void const* value,
                       field_path const& at) -> void {
        using object::shape;
        switch (type.form) {
        case shape::optional: return check_details(f, type.element(), type.at(value, 0), at);
        case shape::text: return check_text(f, *static_cast<std::string const*>(value), at);
        case shape::int32:
        case shape::int64: return check_integer(f, *number_in(type, value), at);
        case shape::number: return check_real(f, *static_cast<double const*>(value), at);
        case shape::list:
        case shape::map: return check_count(f, type.size(value), at);
        default: return;
        }
    }

    /// Only types described at run time have numbers of which some are allowed; their values are JSON.
    auto check_integer(object::field_info const& f, std::int64_t n, field_path const& at) -> void {
        if (!object::is_allowed(f, std::to_string(n))) return errors_.not_supported(at, n, f.details->values);
        check_bounds(f, n, at, errors_);
    }

    auto check_text(object::field_info const& f, std::string const& text, field_path const& at) -> void {
        auto const& d = *f.details;
        if (!check_allowed(f, std::string_view(text), at, errors_)) return;
        if (d.min_size != object::no_details.min_size || d.max_size != object::no_details.max_size) {
            auto const n = count_characters(text);
            if (n > d.max_size)
                errors_.add("FieldValueTooLong", at,
                            "Too long: may not be more than " + std::to_string(d.max_size) + " characters");
            if (n < d.min_size)
                errors_.invalid(at, text, "must be at least " + std::to_string(d.min_size) + " characters");
        }
        if (d.pattern.empty()) return;
        auto const wanted = expression(d.pattern);
        if (!wanted.good()) errors_.internal(at, "not a regular expression: " + std::string(d.pattern));
        else if (!wanted.matches(text))
            errors_.invalid(at, text, "should match '" + std::string(d.pattern) + "'");
    }

    auto check_real(object::field_info const& f, double n, field_path const& at) -> void {
        auto const within =
            n >= static_cast<double>(f.details->minimum) && n <= static_cast<double>(f.details->maximum);
        if (within) return;
        auto shown = std::string();
        object::append_json_number(shown, n);
        errors_.invalid(at, shown_value::bare(std::move(shown)), bounds_problem(f));
    }

    auto check_count(object::field_info const& f, std::size_t n, field_path const& at) -> void {
        check_most(f, n, at, errors_);
        if (static_cast<std::int64_t>(n) < f.details->min_size)
            errors_.add("FieldValueInvalid", at,
                        "Too few: " + std::to_string(n) + ": must have at least " +
                            std::to_string(f.details->min_size) + " items");
    }

    /// What a member says of the elements of its list.
    auto check_elements(object::field_info const& f, void const* list, field_path const& at) -> void {
        using object::merge_topology;
        auto const& type = f.type();
        auto const& element = type.element();
        auto const n = type.size(list);
        for (std::size_t i = 0; i < n; ++i) {
            auto const* const value = type.at(list, i);
            if (element.form == object::shape::text)
                check_allowed(f, std::string_view(*static_cast<std::string const*>(value)), at.index(i),
                              errors_);
            else if (auto const number = number_in(element, value))
                check_bounds(f, *number, at.index(i), errors_);
        }
        if (f.topology != merge_topology::set && f.topology != merge_topology::map) return;
        auto seen = std::set<std::string>();
        for (std::size_t i = 0; i < n; ++i) {
            auto key = identifying_text(f, element, type.at(list, i));
            if (!seen.insert(key).second) errors_.duplicate(at.index(i), shown_value::bare(std::move(key)));
        }
    }

    field_errors& errors_;
};

/// Walks a value and what it was before.
class change_checker {
public:
    explicit change_checker(field_errors& errors) : errors_(errors) {}

    auto check(object::type_info const& type, void const* now, void const* before, field_path const& at)
        -> void {
        using object::shape;
        if (type.form == shape::optional) {
            if (type.size(now) != 0 && type.size(before) != 0)
                check(type.element(), type.at(now, 0), type.at(before, 0), at);
        } else if (type.form == shape::map) {
            check_map(type, now, before, at);
        } else if (type.form == shape::record) {
            for (auto const& f : type.fields)
                if (!is_metadata(type, f)) check_field(f, f.in(now), f.in(before), at.child(f.name));
        }
    }

private:
    auto check_field(object::field_info const& f, void const* now, void const* before, field_path const& at)
        -> void {
        if (f.immutable && !f.type().equal(now, before))
            return errors_.invalid(at, shown_json(f.type(), now), "field is immutable");
        if (f.topology == object::merge_topology::map && f.type().form == object::shape::list)
            return check_list(f, now, before, at);
        check(f.type(), now, before, at);
    }

    auto check_map(object::type_info const& type, void const* now, void const* before, field_path const& at)
        -> void {
        auto old = std::size_t{0}; // the keys of both are sorted
        for (std::size_t i = 0; i < type.size(now); ++i) {
            auto const key = type.key(now, i);
            while (old < type.size(before) && type.key(before, old) < key) ++old;
            if (old < type.size(before) && type.key(before, old) == key)
                check(type.element(), type.at(now, i), type.at(before, old), at.key(key));
        }
    }

    /// Elements with the same keys are the same element.
    auto check_list(object::field_info const& f, void const* now, void const* before, field_path const& at)
        -> void {
        auto const& type = f.type();
        auto old = std::map<std::string, void const*>();
        for (std::size_t i = 0; i < type.size(before); ++i)
            old.emplace(identifying_text(f, type.element(), type.at(before, i)), type.at(before, i));
        for (std::size_t i = 0; i < type.size(now); ++i) {
            auto const* const value = type.at(now, i);
            auto const same = old.find(identifying_text(f, type.element(), value));
            if (same != old.end()) check(type.element(), value, same->second, at.index(i));
        }
    }

    field_errors& errors_;
};

} // namespace detail

/// Checks a value of a type against its description; the metadata of an object are left to others. `at`: the
/// path of the value; that of a whole object is `field_path("")`. Linear in the size of the value, besides n
/// log n of lists whose elements are told apart.
inline auto check_schema(object::type_info const& type, void const* value, field_path const& at,
                         field_errors& errors) -> void {
    detail::schema_checker(errors).check(type, value, at);
}
/// See above.
template <object::described T>
auto check_schema(T const& value, field_path const& at, field_errors& errors) -> void {
    check_schema(object::type_of<T>(), &value, at, errors);
}

/// Checks a changed value: as `check_schema` does, and refuses changes of what the description calls
/// immutable. Elements of lists are compared with those of the same keys; elements of lists without keys are
/// not compared.
inline auto check_schema_update(object::type_info const& type, void const* now, void const* before,
                                field_path const& at, field_errors& errors) -> void {
    check_schema(type, now, at, errors);
    detail::change_checker(errors).check(type, now, before, at);
}
/// See above.
template <object::described T>
auto check_schema_update(T const& now, T const& before, field_path const& at, field_errors& errors) -> void {
    check_schema_update(object::type_of<T>(), &now, &before, at, errors);
}

} // namespace berth::api
