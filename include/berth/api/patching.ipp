#pragma once

/// \file
/// The bodies of `berth/api/patching.hpp`.

#include <berth/api/patching.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/sorted_json.hpp>

#include <algorithm>
#include <utility>

namespace berth::api {

BERTH_DECL auto apply_patch(object::type_info const& type, std::string_view current, patch const& p,
                            field_validation validation, std::vector<std::string>& notes)
    -> result<boost::json::object> {
    auto patch_document = object::parse_document(p.body);
    if (!patch_document) return bad_request("error decoding patch: " + patch_document.error().message);
    auto document = object::parse_document(current);
    if (!document) return std::unexpected(std::move(document).error());
    for (auto const& path : patch_document->duplicate_paths) {
        auto complaint = "duplicate field \"" + path + "\"";
        if (validation == field_validation::strict) return bad_request("strict decoding error: " + complaint);
        if (validation == field_validation::warn) notes.push_back(std::move(complaint));
    }
    auto const& patch = patch_document->value;
    auto patched = result<boost::json::value>();
    if (p.type == patch_type::json) patched = object::apply_json_patch(std::move(document->value), patch);
    else if (p.type == patch_type::merge)
        patched = object::apply_merge_patch(std::move(document->value), patch);
    else patched = object::apply_strategic_patch(std::move(document->value), patch, type);
    if (!patched && p.type == patch_type::json && patched.error().code == error_code::invalid)
        return detail::rejected();
    if (!patched) return std::unexpected(std::move(patched).error());
    if (!patched->is_object()) return detail::rejected();
    return std::move(patched->get_object());
}

} // namespace berth::api

namespace berth::api::detail {

/// Appends a value as Go's `%v` prints it; directives of the patch (`$patch` and the like) are gone by then.
inline auto append_go_value(std::string& out, boost::json::value const& json) -> void {
    if (json.is_null()) {
        out += "<nil>";
    } else if (json.is_string()) {
        out += std::string_view(json.get_string());
    } else if (json.is_array()) {
        auto between = "[";
        for (auto const& element : json.get_array()) {
            out += std::exchange(between, " ");
            append_go_value(out, element);
        }
        out += json.get_array().empty() ? "[]" : "]";
    } else if (json.is_object()) {
        auto members = std::vector<boost::json::key_value_pair const*>();
        for (auto const& m : json.get_object())
            if (!m.key().starts_with('$')) members.push_back(&m);
        std::sort(members.begin(), members.end(),
                  [](auto const* a, auto const* b) { return a->key() < b->key(); });
        auto between = "map[";
        for (auto const* m : members) {
            ((out += std::exchange(between, " ")) += std::string_view(m->key())) += ':';
            append_go_value(out, m->value());
        }
        out += members.empty() ? "map[]" : "]";
    } else if (json.is_bool()) {
        out += json.get_bool() ? "true" : "false";
    } else if (json.is_int64()) {
        object::append_json_number(out, json.get_int64());
    } else {
        object::append_json_number(out, json.to_number<double>());
    }
}

/// What is wrong with a body, without what its readers say before it.
inline auto reason_in(std::string_view message) -> std::string_view {
    for (auto const head :
         {std::string_view(" cannot be handled as a "), std::string_view("json parse error")}) {
        auto const at = message.find(head);
        auto const end = at == std::string_view::npos ? at : message.find(": ", at + head.size());
        if (end != std::string_view::npos) return message.substr(end + 2);
    }
    return message;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto unreadable_outcome(patch const& p, boost::json::object const& outcome, error const& why,
                                   bool by_name) -> std::unexpected<error> {
    if (why.code != error_code::bad_request) return std::unexpected(why);
    auto shown = std::string();
    if (p.type == patch_type::strategic) {
        if (auto const document = object::parse_document(p.body))
            detail::append_go_value(shown, document->value);
    } else if (by_name) {
        object::detail::append_sorted(shown, outcome);
    } else {
        shown = boost::json::serialize(outcome);
    }
    auto message = std::string("Invalid value: ");
    object::append_json_string(message, shown);
    (message += ": ") += detail::reason_in(why.message);
    return invalid("", "", "", {{"FieldValueInvalid", std::move(message), "patch"}});
}

} // namespace berth::api
