#pragma once

/// \file
/// The bodies of `berth/api/verb.hpp`.

#include <berth/api/verb.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto all_verbs() -> verb_list {
    using enum verb;
    return {create, remove, remove_collection, get, list, patch, update, watch};
}

} // namespace berth::api
