#pragma once

/// \file
/// Parts of which one in a cluster is at work, in whatever process.

#include "parts.hpp"

#include <berth/core/time.hpp>

#include <functional>
#include <memory>
#include <string>

namespace plane {

/// Makes a part when it is to work.
using part_maker = std::function<std::unique_ptr<part>()>;

/// For which leadership a process stands.
struct candidature {
    std::string component; ///< `kube-scheduler`: the Lease of this name in `kube-system` tells who leads
    std::string identity;  ///< who this process is; the same after a restart leads on at once
    berth::duration lease = berth::seconds(15); ///< how long others wait when it dies
    bool quiet = false;                         ///< does not say that it leads
};

/// A part that is made when this process leads, and stopped before another may.
auto make_elected(api_access const& api, candidature what, part_maker make) -> std::unique_ptr<part>;

} // namespace plane
