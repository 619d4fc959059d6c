#pragma once

/// \file
/// The bodies of `berth/object/merge_patch.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/merge_patch.hpp>

#include <algorithm>

namespace berth::object::detail {

BERTH_DECL auto drop_null_members(boost::json::value& value) -> void {
    if (auto* const array = value.if_array()) {
        for (auto& element : *array) drop_null_members(element);
        return;
    }
    auto* const object = value.if_object();
    if (object == nullptr) return;
    erase_members_if(*object, [](auto& member) {
        if (member.value().is_null()) return true;
        drop_null_members(member.value());
        return false;
    });
}

/// Takes out what the patch says is null.
inline auto remove_nulls_of(boost::json::object const& patch, boost::json::object& into) -> void {
    auto const is_null = [](auto const& member) { return member.value().is_null(); };
    if (std::none_of(patch.begin(), patch.end(), is_null)) return;
    erase_members_if(into, [&](auto const& member) {
        auto const* const change = patch.if_contains(member.key());
        return change != nullptr && change->is_null();
    });
}

inline auto merge_objects(boost::json::object& into, boost::json::object patch) -> void {
    remove_nulls_of(patch, into);
    for (auto& member : patch) {
        auto& change = member.value();
        if (change.is_null()) continue;
        auto* const old = into.if_contains(member.key());
        if (old != nullptr && old->is_object()) {
            if (change.is_object()) merge_objects(old->get_object(), std::move(change.get_object()));
            else *old = std::move(change);
        } else {
            drop_null_members(change);
            into[member.key()] = std::move(change);
        }
    }
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto apply_merge_patch(boost::json::value document, boost::json::value patch)
    -> result<boost::json::value> {
    if (!document.is_object()) return fail(error_code::bad_request, "Invalid JSON Document");
    if (!patch.is_object()) return fail(error_code::bad_request, "Invalid JSON Patch");
    detail::merge_objects(document.get_object(), std::move(patch.get_object()));
    return document;
}

} // namespace berth::object
