#pragma once

/// \file
/// Where a node has the volumes that outlive pods: paths of the machine, and folders of volumes that
/// `kube/control/local_provisioner.hpp` has made.
///
///     DIR/persistent/<volume handle>

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/pod/type.hpp>

#include <string>
#include <string_view>

namespace berth::node {

/// The folder of a volume that the local provisioner has made, below `directory`; empty if the handle is not
/// the name of a folder.
[[nodiscard]] BERTH_DECL auto local_volume_folder(std::string const& directory, std::string_view handle)
    -> std::string;

/// The path of a `hostPath` source, once it is what its type says. What its type says is to be made is made.
/// Errors: `invalid`, in the words of the kubelet; `internal` where nothing can be made.
[[nodiscard]] BERTH_DECL auto host_path_of(kube::host_path_volume_source const& source)
    -> result<std::string>;

/// The volume that is bound to the claim of a pod's volume `v`, which is on a claim. Errors: those of the
/// client; `not_found` while the claim is missing, not bound, leaving, or not the pod's own, in the words of
/// the kubelet.
[[nodiscard]] BERTH_DECL auto volume_behind(api::any_client const& client, kube::pod const& p,
                                            kube::volume const& v) -> result<kube::persistent_volume>;

/// The path at which this node has a persistent volume: a `hostPath`, a `local` one, or the provisioner's
/// folder, which is made first. Errors: `invalid` for other sources and for block devices; those of
/// `host_path_of`.
[[nodiscard]] BERTH_DECL auto persistent_path_of(std::string const& directory,
                                                 kube::persistent_volume const& v) -> result<std::string>;

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/persistent_folder.ipp>
#endif
