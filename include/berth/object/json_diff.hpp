#pragma once

/// \file
/// The difference of two JSON documents as a merge patch (RFC 7386).

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace berth::object {

/// The smallest merge patch that makes `to` of `from`; empty exactly if there is nothing to change. Arrays
/// are replaced as a whole. Law: `apply_merge_patch(from, merge_patch_between(from, to)) == to` where `to`
/// has no null members, which a merge patch cannot express.
[[nodiscard]] inline auto merge_patch_between(boost::json::object const& from, boost::json::object const& to)
    -> boost::json::object {
    auto out = boost::json::object();
    for (auto const& member : from)
        if (!to.contains(member.key())) out[member.key()] = nullptr;
    for (auto const& member : to) {
        auto const* const old = from.if_contains(member.key());
        if (old != nullptr && old->is_object() && member.value().is_object()) {
            auto inner = merge_patch_between(old->get_object(), member.value().get_object());
            if (!inner.empty()) out[member.key()] = std::move(inner);
        } else if (old == nullptr || *old != member.value()) {
            out[member.key()] = member.value();
        }
    }
    return out;
}

} // namespace berth::object
