#pragma once

/// \file
/// Patches of documents: which form, and what the real API says when one cannot be applied (apiserver 1.36,
/// `endpoints/handlers/patch.go`).

#include <berth/api/errors.hpp>
#include <berth/api/options.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/json_patch.hpp>
#include <berth/object/merge_patch.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/strategic_patch.hpp>

#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

namespace detail {

/// What the real API says of a JSON patch that does not fit, whatever the reason.
inline auto rejected() -> std::unexpected<error> {
    return fail(error_code::invalid, "the server rejected our request due to an error in our request");
}

} // namespace detail

/// The document that a patch makes of the text of an object. Duplicate members of the patch are complained of
/// as `validation` says. Errors: `bad_request` for a malformed patch, `invalid` for one that does not fit.
[[nodiscard]] inline auto apply_patch(object::type_info const& type, std::string_view current, patch const& p,
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

namespace detail {

/// Where the reason begins in the refusal of a body: at what Go's decoder says, or the strict one.
inline auto reason_in(error const& e) -> std::size_t {
    auto const plain = e.message.find("json: ");
    return plain != std::string::npos ? plain : e.message.find("strict decoding error: ");
}

} // namespace detail

/// Whether a refusal says that the outcome of a patch cannot be read as an object of its kind.
[[nodiscard]] inline auto is_unreadable(error const& e) -> bool {
    return e.code == error_code::bad_request && detail::reason_in(e) != std::string::npos;
}

/// The refusal of a patch whose outcome cannot be read as an object.
[[nodiscard]] inline auto unreadable_outcome(boost::json::object const& outcome, error const& why)
    -> std::unexpected<error> {
    auto message = std::string("Invalid value: ");
    object::append_json_string(message, boost::json::serialize(outcome));
    message += ": " + why.message.substr(detail::reason_in(why));
    return invalid("", "", "", {{"FieldValueInvalid", std::move(message), "patch"}});
}

} // namespace berth::api
