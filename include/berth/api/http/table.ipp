#pragma once

/// \file
/// The bodies of `berth/api/http/table.hpp`.

#include <berth/api/http/table.hpp>
#include <berth/core/config.hpp>

#include <variant>

namespace berth::api::http::detail {

/// Kinds that do not say how they are shown have a name and the time of their creation.
inline auto default_columns(kind const& k) -> std::vector<column> {
    auto const of = [type = k.type](void const* p) -> object::meta const& {
        return *reinterpret_cast<object::meta const*>(static_cast<char const*>(p) + type->metadata);
    };
    auto const name = [of](void const* p, time_point) { return cell(of(p).name); };
    auto const created = [of](void const* p, time_point) {
        auto const& at = of(p).creation_timestamp;
        return cell(at.is_zero() ? std::string() : at.to_string());
    };
    return {{"Name", name, "string", "name", 0, name_description},
            {"Created At", created, "date", "", 0, "When the object was created."}};
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
    else if (auto const* real = std::get_if<double>(&c)) object::append_json_number(out, *real);
    else if (auto const* truth = std::get_if<bool>(&c)) out += *truth ? "true" : "false";
    else out += "null";
}

inline auto append_condition(std::string& out, row_condition const& c) -> void {
    if (c.reason.empty()) return;
    out += R"(,"conditions":[{"type":"Completed","status":"True","reason":)";
    object::append_json_string(out, c.reason);
    out += ",\"message\":";
    object::append_json_string(out, c.message);
    out += "}]";
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto append_metadata(std::string& out, object::object_ref const& ref, std::string_view version)
    -> void {
    ((out += R"({"kind":"PartialObjectMetadata","apiVersion":")") += version) += R"(","metadata":{)";
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

BERTH_DECL auto table::append(std::string& out, std::string_view metadata,
                              std::span<object::object_ref const> rows, bool with_columns) const -> void {
    ((out += R"({"kind":"Table","apiVersion":")") += version_) += R"(","metadata":)";
    out += metadata;
    out += ",\"columnDefinitions\":";
    auto const* const shown = rows.empty() ? nullptr : projection_of(rows.front());
    auto made = std::vector<column>();
    if (shown == nullptr && of_.columns.empty()) made = detail::default_columns(of_);
    auto const& columns = shown != nullptr ? shown->columns : made.empty() ? of_.columns : made;
    if (with_columns) append_columns(out, columns);
    else out += "null";
    out += ",\"rows\":[";
    for (auto const& row : rows) {
        if (out.back() == '}') out += ',';
        append_row(out, columns, row);
    }
    out += "]}";
}

BERTH_DECL auto table::projection_of(object::object_ref const& ref) const -> projection const* {
    if (&ref->type() == of_.type) return nullptr;
    for (auto const& s : of_.subresources)
        if (auto const* const p = std::get_if<projection>(&s.does); p != nullptr && p->type == &ref->type())
            return p;
    return nullptr;
}

BERTH_DECL auto table::append_columns(std::string& out, std::span<column const> columns) -> void {
    out += '[';
    for (auto const& c : columns) {
        if (out.back() == '}') out += ',';
        detail::append_column(out, c);
    }
    out += ']';
}

BERTH_DECL auto table::append_row(std::string& out, std::span<column const> columns,
                                  object::object_ref const& ref) const -> void {
    out += "{\"cells\":[";
    auto first = true;
    for (auto const& c : columns) {
        if (!first) out += ',';
        first = false;
        detail::append_cell(out, c.value(ref->data(), now_));
    }
    out += ']';
    if (of_.completion && &ref->type() == of_.type)
        detail::append_condition(out, of_.completion(ref->data()));
    out += ",\"object\":";
    if (what_ == row_object::metadata) append_metadata(out, ref, version_);
    else if (what_ == row_object::whole) out += encode(ref);
    else out += "null";
    out += '}';
}

BERTH_DECL auto list_metadata(object::revision rev, std::string_view continue_token,
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
