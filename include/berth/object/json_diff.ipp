#pragma once

/// \file
/// The bodies of `berth/object/json_diff.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/json_diff.hpp>

namespace berth::object {

BERTH_DECL auto merge_patch_between(boost::json::object const& from, boost::json::object const& to)
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
