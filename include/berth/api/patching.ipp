#pragma once

/// \file
/// The bodies of `berth/api/patching.hpp`.

#include <berth/api/patching.hpp>
#include <berth/core/config.hpp>

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

BERTH_DECL auto reason_in(error const& e) -> std::size_t {
    auto const plain = e.message.find("json: ");
    return plain != std::string::npos ? plain : e.message.find("strict decoding error: ");
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto unreadable_outcome(boost::json::object const& outcome, error const& why)
    -> std::unexpected<error> {
    auto message = std::string("Invalid value: ");
    object::append_json_string(message, boost::json::serialize(outcome));
    message += ": " + why.message.substr(detail::reason_in(why));
    return invalid("", "", "", {{"FieldValueInvalid", std::move(message), "patch"}});
}

} // namespace berth::api
