#pragma once

/// \file
/// The bodies of `berth/api/client.hpp`.

#include <berth/api/client.hpp>
#include <berth/core/config.hpp>

namespace berth::api::detail {

BERTH_DECL auto object_of(result<written> done) -> result<object::object_ref> {
    if (!done) return std::unexpected(std::move(done).error());
    return std::move(done->object);
}

BERTH_DECL auto deletion_of(result<written> done) -> result<deletion> {
    if (!done) return std::unexpected(std::move(done).error());
    return deletion{done->gone, std::move(done->object)};
}

BERTH_DECL auto written_of(result<object::object_ref> done, bool created) -> result<written> {
    if (!done) return std::unexpected(std::move(done).error());
    return written{.object = *std::move(done), .created = created};
}

} // namespace berth::api::detail
