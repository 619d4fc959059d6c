#pragma once

/// \file
/// Volumes of pods as folders. Processes see the machine's files, so nothing is mounted: each container gets
/// a folder of its own in which its mounts are links to the volumes of the pod:
///
///     DIR/<uid>/volumes/<volume>/...
///     DIR/<uid>/containers/<container>/<mount path>  ->  the volume
///
/// (A volume that is made of objects is a folder there too, whose files are those of the volume.)
///
/// Each container finds its folder in `BERTH_ROOT`, and works in it if it says nowhere else. Made are
/// emptyDir, configMap, secret, downwardAPI, projected and hostPath volumes, and those that are on claims
/// (`node/persistent_folder.hpp`); others are an error. Contents are not updated later,
/// `subPathExpr` is not supported, and files of volumes that are made of objects have the mode 0444, whatever
/// is asked for. Read-only mounts of other volumes are told to the runtime (`read_only_paths`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/node/volume_files.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace berth::node {

/// The folder of a container's mounts below `directory`.
[[nodiscard]] BERTH_DECL auto container_root(std::string const& directory, std::string const& uid,
                                             std::string const& container) -> std::string;

/// Removes all volumes of a pod that go with it.
BERTH_DECL auto remove_volumes(std::string const& directory, std::string const& uid) -> void;

/// The paths below which a container must not write, once its pod's volumes are made: what is behind its
/// read-only mounts, but those of volumes that are made of objects, and what another mount of it may write.
[[nodiscard]] BERTH_DECL auto read_only_paths(std::string const& directory, kube::pod const& pod,
                                              kube::container const& c) -> std::vector<std::string>;

/// Makes the volumes of one pod below a folder.
class volume_maker {
public:
    /// `node`: what the node has (see `volume_files`). All must outlive it.
    volume_maker(api::any_client client, kube::pod const& pod, std::string const& directory,
                 kube::resource_list const& node);

    /// Makes what is not there yet. Errors, in the words of the kubelet: a missing object, key or claim, a
    /// kind of volume that is not supported, a folder that cannot be written.
    auto make() -> result<void>;

    /// Makes nothing, and the errors are those of missing objects, keys and claims alone: for nodes that only
    /// pretend.
    auto check() -> result<void>;

private:
    using path = std::filesystem::path;

    static auto broken(std::error_code problem, path const& where) -> std::unexpected<error>;
    static auto make_folder(path const& where) -> result<void>;
    static auto in_words_of_kubelet(kube::volume const& v, error why) -> std::unexpected<error>;

    auto make_one(kube::volume const& v) -> result<void>;
    auto write(kube::volume const& v) -> result<void>;
    auto write(std::string const& volume, volume_file const& file) -> result<void>;
    auto source_of(std::string const& name) const -> path;
    /// The same folders, with the same files in them.
    static auto mirror(path const& from, path const& to) -> result<void>;
    auto link_mounts(kube::container const& c) -> result<void>;

    api::any_client client_;
    kube::pod const& pod_;
    std::string const& directory_;
    path base_;
    volume_files files_;
    std::map<std::string, path> elsewhere_; ///< volumes that are not below the pod's folder
};

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/volumes.ipp>
#endif
