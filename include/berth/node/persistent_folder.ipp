#pragma once

/// \file
/// The bodies of `berth/node/persistent_folder.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/local_provisioner.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/schedule/volume_claims.hpp>
#include <berth/node/persistent_folder.hpp>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace berth::node::detail {

namespace files = std::filesystem;

inline auto is_of_type(files::file_status const& s, std::string_view type) -> bool {
    if (type == "Directory") return files::is_directory(s);
    if (type == "File") return files::is_regular_file(s);
    if (type == "Socket") return files::is_socket(s);
    if (type == "CharDevice") return files::is_character_file(s);
    if (type == "BlockDevice") return files::is_block_file(s);
    return true;
}

inline auto word_of_type(std::string_view type) -> std::string {
    if (type == "Directory") return "a directory";
    if (type == "File") return "a file";
    if (type == "Socket") return "a socket file";
    return type == "CharDevice" ? "a character device" : "a block device";
}

inline auto make_path(std::string const& path, bool folder) -> result<void> {
    auto problem = std::error_code();
    if (files::exists(path, problem)) return {};
    if (folder) files::create_directories(path, problem);
    else if (!std::ofstream(path)) problem = std::make_error_code(std::errc::permission_denied);
    if (problem) return fail(error_code::internal, path + ": " + problem.message());
    return {};
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto local_volume_folder(std::string const& directory, std::string_view handle) -> std::string {
    auto const name = std::filesystem::path(handle);
    if (handle.empty() || name.filename() != name || handle == "." || handle == "..") return {};
    return directory + "/persistent/" + std::string(handle);
}

BERTH_DECL auto host_path_of(kube::host_path_volume_source const& source) -> result<std::string> {
    auto type = source.type ? std::string_view(*source.type) : std::string_view();
    constexpr auto create = std::string_view("OrCreate");
    if (type.ends_with(create)) {
        type.remove_suffix(create.size());
        if (auto made = detail::make_path(source.path, type == "Directory"); !made)
            return std::unexpected(std::move(made).error());
    }
    auto problem = std::error_code();
    if (detail::is_of_type(std::filesystem::status(source.path, problem), type)) return source.path;
    return fail(error_code::invalid,
                "hostPath type check failed: " + source.path + " is not " + detail::word_of_type(type));
}

BERTH_DECL auto volume_behind(api::any_client const& client, kube::pod const& p, kube::volume const& v)
    -> result<kube::persistent_volume> {
    auto const use = *kube::claim_of(p, v);
    auto const& space = p.metadata.namespace_;
    auto const failed = [&](error_code code, std::string const& why) {
        return fail(code, "error processing PVC " + space + "/" + use.name + ": " + why);
    };
    auto const claim = api::get<kube::persistent_volume_claim>(client, {space, use.name});
    if (!claim)
        return failed(claim.error().code, "failed to fetch PVC from API server: " + claim.error().message);
    auto const& c = **claim;
    if (c.metadata.deleting()) return failed(error_code::not_found, "PVC is being deleted");
    if (!kube::is_fully_bound(c)) return failed(error_code::not_found, "PVC is not bound");
    if (auto const why = use.ephemeral ? kube::ownership_problem(p, c) : std::string(); !why.empty())
        return fail(error_code::not_found, why);
    auto const& name = c.spec.volume_name;
    auto const volume = api::get<kube::persistent_volume>(client, {{}, name});
    if (!volume)
        return failed(volume.error().code,
                      "failed to fetch PV " + name + " from API server: " + volume.error().message);
    if (!(*volume)->spec.claim_ref)
        return failed(error_code::not_found,
                      "PV object " + name + " has a nil claimRef, so it is not bound to the claim yet");
    if ((*volume)->spec.claim_ref->uid != c.metadata.uid)
        return failed(error_code::not_found, "PV " + name + " is bound to another claim");
    return **volume;
}

BERTH_DECL auto persistent_path_of(std::string const& directory, kube::persistent_volume const& v)
    -> result<std::string> {
    auto const& s = v.spec;
    if (s.volume_mode && *s.volume_mode == "Block")
        return fail(error_code::invalid, "block devices are not supported by this node");
    if (s.host_path) return host_path_of(*s.host_path);
    if (s.local) {
        auto problem = std::error_code();
        if (std::filesystem::exists(s.local->path, problem)) return s.local->path;
        return fail(error_code::invalid, "path \"" + s.local->path + "\" does not exist");
    }
    auto const folder =
        kube::is_local(v) ? local_volume_folder(directory, s.csi->volume_handle) : std::string();
    if (folder.empty()) return fail(error_code::invalid, "this kind of volume is not supported by this node");
    if (auto made = detail::make_path(folder, true); !made) return std::unexpected(std::move(made).error());
    return folder;
}

} // namespace berth::node
