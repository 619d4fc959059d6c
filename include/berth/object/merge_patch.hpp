#pragma once

/// \file
/// JSON merge patch (RFC 7386), applied as Kubernetes 1.36 does (evanphx/json-patch 4), and made from two
/// documents.

#include <berth/core/error.hpp>

#include <boost/json.hpp>

#include <utility>

namespace berth::object {

namespace detail {

/// Drops members that are null, also within arrays; elements that are null stay.
inline auto drop_null_members(boost::json::value& value) -> void {
    if (auto* const array = value.if_array()) {
        for (auto& element : *array) drop_null_members(element);
        return;
    }
    auto* const object = value.if_object();
    if (object == nullptr) return;
    for (auto member = object->begin(); member != object->end();) {
        if (member->value().is_null()) {
            member = object->stable_erase(member);
        } else {
            drop_null_members(member->value());
            ++member;
        }
    }
}

inline auto merge_objects(boost::json::object& into, boost::json::object patch) -> void {
    for (auto& member : patch) {
        auto& change = member.value();
        auto* const old = into.if_contains(member.key());
        if (change.is_null()) {
            into.stable_erase(member.key());
        } else if (old != nullptr && old->is_object()) {
            if (change.is_object()) merge_objects(old->get_object(), std::move(change.get_object()));
            else *old = std::move(change);
        } else {
            drop_null_members(change);
            into[member.key()] = std::move(change);
        }
    }
}

} // namespace detail

/// The document changed as the patch says: null removes a member, an object merges into an object, anything
/// else replaces. Errors: `bad_request` if either is not an object.
[[nodiscard]] inline auto apply_merge_patch(boost::json::value document, boost::json::value patch)
    -> result<boost::json::value> {
    if (!document.is_object()) return fail(error_code::bad_request, "Invalid JSON Document");
    if (!patch.is_object()) return fail(error_code::bad_request, "Invalid JSON Patch");
    detail::merge_objects(document.get_object(), std::move(patch.get_object()));
    return document;
}

} // namespace berth::object
