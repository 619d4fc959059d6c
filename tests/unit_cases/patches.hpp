#pragma once

/// \file
/// The operations of the unit cases that patch documents.

#include "values.hpp"

#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/json_patch.hpp>
#include <berth/object/merge_patch.hpp>
#include <berth/object/strategic_patch.hpp>

namespace unit_cases {

inline auto patched(berth::result<json::value> const& result) -> json::object {
    if (!result) return refused(result.error().message);
    return {{"result", *result}};
}

inline auto merge_patch(json::object const& in) -> json::object {
    return patched(object::apply_merge_patch(in.at("doc"), in.at("patch")));
}

inline auto json_patch(json::object const& in) -> json::object {
    return patched(object::apply_json_patch(in.at("doc"), in.at("patch")));
}

inline auto strategic_patch(json::object const& in) -> json::object {
    auto const& type = text_of(in, "kind") == "Pod" ? object::type_of<berth::kube::pod>()
                                                    : object::type_of<berth::kube::deployment>();
    return patched(object::apply_strategic_patch(in.at("doc"), in.at("patch"), type));
}

} // namespace unit_cases
