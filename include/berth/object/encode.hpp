#pragma once

/// \file
/// Described values as JSON text.

#include <berth/core/config.hpp>
#include <berth/object/reflect.hpp>

#include <charconv>
#include <string>
#include <string_view>

namespace berth::object {

/// Appends a JSON string: quoted, control characters and quotes escaped.
BERTH_DECL auto append_json_string(std::string& out, std::string_view text) -> void;

template <class Number> auto append_json_number(std::string& out, Number n) -> void {
    char digits[32];
    auto const end = std::to_chars(digits, digits + sizeof digits, n).ptr;
    out.append(digits, end);
}

auto append_json(std::string& out, type_info const& type, void const* value) -> void;

namespace detail {

/// Appends the members of a record that are to be written, each with a comma before it unless it is the
/// first.
inline auto append_members(std::string& out, type_info const& type, void const* record, bool first) -> void;

/// The same for a document: its metadata has a `resourceVersion` unless `rev` is 0.
BERTH_DECL auto append_members(std::string& out, type_info const& type, void const* record, bool first,
                               std::int64_t rev) -> void;

inline auto append_members(std::string& out, type_info const& type, void const* record, bool first) -> void {
    append_members(out, type, record, first, 0);
}

} // namespace detail

/// Appends a described value as JSON text: members in the order of their description, absent and zero ones
/// left out unless the description says `always`, then the unknown members as they came.
BERTH_DECL auto append_json(std::string& out, type_info const& type, void const* value) -> void;

/// A described value as JSON text.
template <described T> [[nodiscard]] auto to_json_text(T const& value) -> std::string {
    auto out = std::string();
    append_json(out, type_of<T>(), &value);
    return out;
}

/// Appends a kind's object as a document: `kind` and `apiVersion` first, and `resourceVersion` in the
/// metadata when `rev` is not 0.
BERTH_DECL auto append_document(std::string& out, type_info const& type, void const* object, std::int64_t rev)
    -> void;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/encode.ipp>
#endif
