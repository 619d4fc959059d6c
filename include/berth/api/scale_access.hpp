#pragma once

/// \file
/// An object's scale as a `Scale` object, for kinds that have the subresource.

#include <berth/api/kind.hpp>
#include <berth/api/scale.hpp>

namespace berth::api {

/// The scale of an object of a kind that has one.
[[nodiscard]] inline auto scale_of(kind const& k, object::any_object const& o) -> object::any_object {
    auto const state = k.scale(o.data());
    auto const& m = o.metadata();
    auto out = scale{};
    out.metadata.name = m.name;
    out.metadata.namespace_ = m.namespace_;
    out.metadata.uid = m.uid;
    out.metadata.creation_timestamp = m.creation_timestamp;
    out.spec.replicas = state.desired;
    out.status.replicas = state.current;
    out.status.selector = state.selector;
    return out;
}

} // namespace berth::api
