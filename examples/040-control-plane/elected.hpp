#pragma once

/// \file
/// Parts of which one in a cluster is at work, in whatever process.

#include "parts.hpp"

#include <berth/core/time.hpp>

#include <functional>
#include <memory>
#include <string>

namespace plane {

/// The leadership of this process at the moment; null while another leads.
using leadership_source = std::function<berth::api::shared_fence()>;

/// Makes a part. What it writes through the access that it is given is written under its leadership: the API
/// server refuses it once another leads.
using part_maker = std::function<std::unique_ptr<part>(api_access const&, leadership_source)>;

/// For which leadership a process stands.
struct candidature {
    std::string component; ///< `kube-scheduler`: the Lease of this name in `kube-system` tells who leads
    std::string identity;  ///< who this process is; the same after a restart leads on at once
    berth::duration lease = berth::seconds(15); ///< how long others wait when it dies
    bool quiet = false;                         ///< does not say that it leads
    /// Whether the part is made at once and stands by, with all that it looks at in its caches, until it may
    /// lead (`part::lead`); otherwise it is made when it leads.
    bool warm = false;
};

/// A part that works while this process leads, and is stopped, or stands by, before another may.
auto make_elected(api_access const& api, candidature what, part_maker make) -> std::unique_ptr<part>;

} // namespace plane
