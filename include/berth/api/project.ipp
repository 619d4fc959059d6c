#pragma once

/// \file
/// The bodies of `berth/api/project.hpp`.

#include <berth/api/project.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto project(projection const& p, object::object_ref const& o) -> result<object::object_ref> {
    auto const& m = o->metadata();
    auto shown = p.read(o->data());
    if (!shown) return std::unexpected(std::move(shown).error());
    auto out = object::draft(*shown);
    out.metadata().name = m.name;
    out.metadata().namespace_ = m.namespace_;
    out.metadata().uid = m.uid;
    out.metadata().creation_timestamp = m.creation_timestamp;
    return object::object_ref{std::move(out).finish(), o.rev};
}

} // namespace berth::api
