#pragma once

/// \file
/// The bodies of `berth/node/volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/volumes.hpp>

namespace berth::node {

BERTH_DECL auto container_root(std::string const& directory, std::string const& uid,
                               std::string const& container) -> std::string {
    return directory + "/" + uid + "/containers/" + container;
}

BERTH_DECL auto remove_volumes(std::string const& directory, std::string const& uid) -> void {
    auto ignored = std::error_code();
    if (!directory.empty() && !uid.empty()) std::filesystem::remove_all(directory + "/" + uid, ignored);
}

} // namespace berth::node
