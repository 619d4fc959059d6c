#pragma once

/// \file
/// Objects as rows of a `Table`, and as their metadata alone (apimachinery 1.36, `meta/v1`).

#include <berth/api/age.hpp>
#include <berth/api/encoding.hpp>
#include <berth/api/http/accept.hpp>
#include <berth/api/scale.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

/// What the `object` of a row is.
enum class row_object : std::uint8_t { metadata, whole, none };

namespace detail {

constexpr std::string_view name_description =
    "Name must be unique within a namespace. Is required when creating resources, although some resources "
    "may allow a client to request the generation of an appropriate name automatically. Name is primarily "
    "intended for creation idempotence and configuration definition. Cannot be updated.";

/// Kinds that do not say how they are shown have a name and the time of their creation.
inline auto default_columns() -> std::span<column const> {
    static std::array<column, 2> const columns{
        column{.name = "Name", .type = "string", .format = "name", .description = name_description},
        column{.name = "Created At", .type = "date", .description = "When the object was created."}};
    return columns;
}

inline auto scale_columns() -> std::span<column const> {
    static std::array<column, 4> const columns{
        column{.name = "Name", .format = "name", .description = name_description},
        column{.name = "Desired", .type = "integer", .description = "How many replicas are wanted."},
        column{.name = "Available", .type = "integer", .description = "How many replicas there are."},
        column{.name = "Age", .description = "How long ago it was created."}};
    return columns;
}

inline auto default_row(object::meta const& m) -> table_row {
    return {
        {m.name, m.creation_timestamp.is_zero() ? std::string() : m.creation_timestamp.to_string()}, {}, {}};
}

inline auto scale_row(scale const& s, time_point now) -> table_row {
    return {{s.metadata.name, std::int64_t{s.spec.replicas}, std::int64_t{s.status.replicas},
             age_of(s.metadata.creation_timestamp, now)},
            {},
            {}};
}

inline auto append_column(std::string& out, column const& c) -> void {
    out += "{\"name\":";
    object::append_json_string(out, c.name);
    out += ",\"type\":";
    object::append_json_string(out, c.type);
    out += ",\"format\":";
    object::append_json_string(out, c.format);
    out += ",\"description\":";
    object::append_json_string(out, c.description);
    out += ",\"priority\":";
    object::append_json_number(out, c.priority);
    out += '}';
}

inline auto append_cell(std::string& out, cell const& c) -> void {
    if (auto const* text = std::get_if<std::string>(&c)) object::append_json_string(out, *text);
    else if (auto const* number = std::get_if<std::int64_t>(&c)) object::append_json_number(out, *number);
    else out += std::get<bool>(c) ? "true" : "false";
}

inline auto append_condition(std::string& out, table_row const& row) -> void {
    if (row.condition_reason.empty()) return;
    out += R"(,"conditions":[{"type":"Completed","status":"True","reason":)";
    object::append_json_string(out, row.condition_reason);
    out += ",\"message\":";
    object::append_json_string(out, row.condition_message);
    out += "}]";
}

} // namespace detail

/// Appends the metadata of an object as a `PartialObjectMetadata` document.
inline auto append_metadata(std::string& out, object::object_ref const& ref, bool with_kind = true) -> void {
    out += '{';
    if (with_kind) out += R"("kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",)";
    out += "\"metadata\":{";
    auto first = true;
    if (ref.rev != 0) {
        out += "\"resourceVersion\":\"";
        object::append_json_number(out, ref.rev);
        out += '"';
        first = false;
    }
    object::detail::append_members(out, object::type_of<object::meta>(), &ref.object.metadata(), first);
    out += "}}";
}

/// Builds the text of a `Table`, row by row.
class table {
public:
    /// A table for a kind's objects (or, for the `scale` subresource, for scales).
    table(kind const& of, time_point now, row_object what) : of_(of), now_(now), what_(what) {}

    /// Appends the whole table: metadata (a JSON object), column definitions if wanted, and the rows.
    auto append(std::string& out, std::string_view metadata, std::span<object::object_ref const> rows,
                bool with_columns = true) const -> void {
        out += R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":)";
        out += metadata;
        out += ",\"columnDefinitions\":";
        auto const scales = !rows.empty() && is_scale(rows.front());
        if (with_columns) append_columns(out, scales);
        else out += "null";
        out += ",\"rows\":[";
        for (auto const& row : rows) {
            if (out.back() == '}') out += ',';
            append_row(out, row);
        }
        out += "]}";
    }

private:
    static auto is_scale(object::object_ref const& ref) -> bool { return ref->get_if<scale>() != nullptr; }

    auto append_columns(std::string& out, bool scales) const -> void {
        auto const own = std::span<column const>(of_.columns);
        auto const columns = scales ? detail::scale_columns() : own.empty() ? detail::default_columns() : own;
        out += '[';
        for (auto const& c : columns) {
            if (out.back() == '}') out += ',';
            detail::append_column(out, c);
        }
        out += ']';
    }

    auto row_of(object::object_ref const& ref) const -> table_row {
        if (auto const* s = ref->get_if<scale>()) return detail::scale_row(*s, now_);
        if (of_.row && !of_.columns.empty()) return of_.row(ref->data(), now_);
        return detail::default_row(ref->metadata());
    }

    auto append_row(std::string& out, object::object_ref const& ref) const -> void {
        auto const row = row_of(ref);
        out += "{\"cells\":[";
        auto first = true;
        for (auto const& c : row.cells) {
            if (!first) out += ',';
            first = false;
            detail::append_cell(out, c);
        }
        out += ']';
        detail::append_condition(out, row);
        out += ",\"object\":";
        if (what_ == row_object::metadata) append_metadata(out, ref);
        else if (what_ == row_object::whole) out += encode(ref);
        else out += "null";
        out += '}';
    }

    kind const& of_;
    time_point now_;
    row_object what_;
};

/// The metadata of a list: its revision, and how to go on.
[[nodiscard]] inline auto list_metadata(object::revision rev, std::string_view continue_token,
                                        std::optional<std::int64_t> remaining) -> std::string {
    auto out = std::string("{\"resourceVersion\":\"");
    object::append_json_number(out, rev);
    out += '"';
    if (!continue_token.empty()) {
        out += ",\"continue\":";
        object::append_json_string(out, continue_token);
    }
    if (remaining) {
        out += ",\"remainingItemCount\":";
        object::append_json_number(out, *remaining);
    }
    return out += '}';
}

} // namespace berth::api::http
