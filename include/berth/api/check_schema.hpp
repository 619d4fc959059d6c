#pragma once

/// \file
/// Checks of whole values against their description: what is required, allowed values, bounds, sizes,
/// patterns, what may not change, lists whose elements are told apart. Kinds with checks of their own ask for
/// single members instead (`check_field.hpp`). The words are those of apimachinery 1.36.

#include <berth/api/check_field.hpp>
#include <berth/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace berth::api {

namespace detail {

/// The metadata of objects have rules of their own.
inline auto is_metadata(object::type_info const& type, object::field_info const& f) -> bool {
    return type.resource != nullptr && f.offset == type.metadata;
}

/// Walks a value with its description.
class schema_checker {
public:
    explicit schema_checker(field_errors& errors) : errors_(errors) {}

    auto check(object::type_info const& type, void const* value, field_path const& at) -> void;

private:
    auto check_field(object::field_info const& f, void const* value, field_path const& at) -> void;

    auto check_details(object::field_info const& f, object::type_info const& type, void const* value,
                       field_path const& at) -> void;

    /// Only types described at run time have numbers of which some are allowed; their values are JSON.
    auto check_integer(object::field_info const& f, std::int64_t n, field_path const& at) -> void;

    auto check_text(object::field_info const& f, std::string const& text, field_path const& at) -> void;

    auto check_real(object::field_info const& f, double n, field_path const& at) -> void;

    auto check_count(object::field_info const& f, std::size_t n, field_path const& at) -> void;

    /// What a member says of the elements of its list.
    auto check_elements(object::field_info const& f, void const* list, field_path const& at) -> void;

    field_errors& errors_;
};

/// Walks a value and what it was before.
class change_checker {
public:
    explicit change_checker(field_errors& errors) : errors_(errors) {}

    auto check(object::type_info const& type, void const* now, void const* before, field_path const& at)
        -> void;

private:
    auto check_field(object::field_info const& f, void const* now, void const* before, field_path const& at)
        -> void;

    auto check_map(object::type_info const& type, void const* now, void const* before, field_path const& at)
        -> void;

    /// Elements with the same keys are the same element.
    auto check_list(object::field_info const& f, void const* now, void const* before, field_path const& at)
        -> void;

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

/// Refuses changes of what the description calls immutable, and checks nothing else.
template <object::described T>
auto check_schema_change(T const& now, T const& before, field_path const& at, field_errors& errors) -> void {
    detail::change_checker(errors).check(object::type_of<T>(), &now, &before, at);
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

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/check_schema.ipp>
#endif
