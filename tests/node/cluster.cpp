/// \file
/// The parts of the world of agents that take long to compile.

#include "cluster.hpp"

#include <berth/kube/coordination/lease/kind.hpp>
#include <berth/kube/core/config_map/kind.hpp>
#include <berth/kube/core/node/kind.hpp>
#include <berth/kube/core/pod/kind.hpp>
#include <berth/kube/core/secret/kind.hpp>
#include <berth/kube/core/service_account/kind.hpp>
#include <berth/kube/scheduling/priority_class/kind.hpp>

namespace berth::object {
template auto type_of<kube::pod>() -> type_info const&;
template auto type_of<kube::node>() -> type_info const&;
template auto type_of<kube::lease>() -> type_info const&;
template auto type_of<kube::secret>() -> type_info const&;
template auto type_of<kube::config_map>() -> type_info const&;
} // namespace berth::object

auto test::node_kinds() -> berth::api::registry {
    auto out = berth::api::registry();
    out.add(kube::pod_kind()).add(kube::node_kind()).add(kube::lease_kind());
    out.add(kube::config_map_kind()).add(kube::secret_kind());
    return out;
}
