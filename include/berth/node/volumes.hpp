#pragma once

/// \file
/// Volumes of pods as folders. Processes see the machine's files, so nothing is mounted: each container gets
/// a folder of its own in which its mounts are links to the volumes of the pod:
///
///     DIR/<uid>/volumes/<volume>/...
///     DIR/<uid>/containers/<container>/<mount path>  ->  the volume
///
/// The container finds its folder in `BERTH_ROOT`, and works in it if it says nowhere else. Made are
/// emptyDir, configMap, secret, downwardAPI (fields) and hostPath volumes; others are an error. Contents are
/// not updated later, modes of files are not set, and `subPathExpr` is not supported.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/node/environment.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace berth::node {

/// The folder of a container's mounts below `directory`.
[[nodiscard]] BERTH_DECL auto container_root(std::string const& directory, std::string const& uid,
                                             std::string const& container) -> std::string;

/// Removes all volumes of a pod.
BERTH_DECL auto remove_volumes(std::string const& directory, std::string const& uid) -> void;

/// Makes the volumes of one pod below a folder.
class volume_maker {
public:
    volume_maker(api::any_client client, kube::pod const& pod, std::string const& directory);

    /// Makes what is not there yet. Errors, in the words of the kubelet: a missing object or key, a kind of
    /// volume that is not supported, a folder that cannot be written.
    auto make() -> result<void>;

private:
    using path = std::filesystem::path;

    static auto broken(std::error_code problem, path const& where) -> std::unexpected<error>;
    static auto make_folder(path const& where) -> result<void>;

    auto make_one(kube::volume const& v) -> result<void>;

    auto write(std::string const& volume, std::string const& file, std::string_view text) -> result<void>;

    template <class T>
    auto make_files(std::string const& volume, std::string_view word, std::string const& name,
                    object::list<kube::key_to_path> const& items, bool optional) -> result<void>;

    auto make_fields(kube::volume const& v) -> result<void>;

    auto source_of(std::string const& name) const -> path;

    auto link_mounts(kube::container const& c) -> result<void>;

    api::any_client client_;
    kube::pod const& pod_;
    std::string const& directory_;
    path base_;
};

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/volumes.ipp>
#endif
