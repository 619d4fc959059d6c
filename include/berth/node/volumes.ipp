#pragma once

/// \file
/// The bodies of `berth/node/volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/volume_claims.hpp>
#include <berth/node/persistent_folder.hpp>
#include <berth/node/volumes.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <utility>

namespace berth::node::detail {

inline auto volume_named(kube::pod const& pod, std::string const& name) -> kube::volume const* {
    for (auto const& v : pod.spec.volumes)
        if (v.name == name) return &v;
    return nullptr;
}

inline auto is_made_of_files(kube::pod const& pod, std::string const& name) -> bool {
    auto const* const v = volume_named(pod, name);
    return v != nullptr && volume_files::makes(*v);
}

/// Where a mount is below the folder of its container, without a slash at the end.
inline auto place_of_mount(std::string const& root, kube::volume_mount const& mount)
    -> std::filesystem::path {
    using std::filesystem::path;
    auto out = (path(root) / path(mount.mount_path).lexically_normal().relative_path()).string();
    if (out.ends_with('/')) out.pop_back();
    return out;
}

inline auto is_read_only(kube::pod const& pod, kube::volume_mount const& mount) -> bool {
    if (mount.read_only) return true;
    auto const* const v = volume_named(pod, mount.name);
    return v != nullptr && v->persistent_volume_claim && v->persistent_volume_claim->read_only;
}

} // namespace berth::node::detail

namespace berth::node {

BERTH_DECL auto read_only_paths(std::string const& directory, kube::pod const& pod, kube::container const& c)
    -> std::vector<std::string> {
    auto kept = std::set<std::string>();
    auto written = std::set<std::string>();
    auto const root = container_root(directory, pod.metadata.uid, c.name);
    for (auto const& mount : c.volume_mounts) {
        if (detail::is_made_of_files(pod, mount.name)) continue;
        auto problem = std::error_code();
        auto const target = std::filesystem::canonical(detail::place_of_mount(root, mount), problem).string();
        if (problem) continue;
        (detail::is_read_only(pod, mount) ? kept : written).insert(target);
    }
    std::erase_if(kept, [&](auto const& path) {
        return std::any_of(written.begin(), written.end(), [&](auto const& w) {
            return w == path || w.starts_with(path.ends_with('/') ? path : path + "/");
        });
    });
    return {kept.begin(), kept.end()};
}

BERTH_DECL auto container_root(std::string const& directory, std::string const& uid,
                               std::string const& container) -> std::string {
    return directory + "/" + uid + "/containers/" + container;
}

BERTH_DECL auto remove_volumes(std::string const& directory, std::string const& uid) -> void {
    auto ignored = std::error_code();
    if (!directory.empty() && !uid.empty()) std::filesystem::remove_all(directory + "/" + uid, ignored);
}

BERTH_DECL volume_maker::volume_maker(api::any_client client, kube::pod const& pod,
                                      std::string const& directory, kube::resource_list const& node)
    : client_(client),
      pod_(pod),
      directory_(directory),
      base_(directory + "/" + pod.metadata.uid + "/volumes"),
      files_(std::move(client), pod, node) {}

BERTH_DECL auto volume_maker::make() -> result<void> {
    for (auto const& v : pod_.spec.volumes)
        if (auto done = make_one(v); !done) return in_words_of_kubelet(v, std::move(done).error());
    for (auto const* const list : {&pod_.spec.init_containers, &pod_.spec.containers})
        for (auto const& c : *list)
            if (auto done = link_mounts(c); !done) return done;
    return {};
}

BERTH_DECL auto volume_maker::check() -> result<void> {
    for (auto const& v : pod_.spec.volumes) {
        if (kube::claim_of(pod_, v)) {
            if (auto found = volume_behind(client_, pod_, v); !found)
                return in_words_of_kubelet(v, std::move(found).error());
        } else if (volume_files::makes(v)) {
            auto found = files_.gather(v, false);
            if (!found && found.error().code != error_code::invalid)
                return in_words_of_kubelet(v, std::move(found).error());
        }
    }
    return {};
}

BERTH_DECL auto volume_maker::in_words_of_kubelet(kube::volume const& v, error why)
    -> std::unexpected<error> {
    if (why.message.starts_with("error processing PVC"))
        return fail(why.code, "Unable to attach or mount volumes: unmounted volumes=[" + v.name +
                                  "], unattached volumes=[], failed to process volumes=[" + v.name +
                                  "]: " + why.message);
    return fail(why.code, "MountVolume.SetUp failed for volume \"" + v.name + "\" : " + why.message);
}

BERTH_DECL auto volume_maker::broken(std::error_code problem, path const& where) -> std::unexpected<error> {
    return fail(error_code::internal, where.string() + ": " + problem.message());
}

BERTH_DECL auto volume_maker::make_folder(path const& where) -> result<void> {
    auto problem = std::error_code();
    std::filesystem::create_directories(where, problem);
    if (problem) return broken(problem, where);
    return {};
}

BERTH_DECL auto volume_maker::make_one(kube::volume const& v) -> result<void> {
    auto const found = [&](result<std::string> where) -> result<void> {
        if (!where) return std::unexpected(std::move(where).error());
        elsewhere_[v.name] = *std::move(where);
        return {};
    };
    if (v.host_path) return found(host_path_of(*v.host_path));
    if (kube::claim_of(pod_, v)) {
        auto const volume = volume_behind(client_, pod_, v);
        if (!volume) return std::unexpected(volume.error());
        return found(persistent_path_of(directory_, *volume));
    }
    if (volume_files::makes(v)) return write(v);
    if (v.empty_dir) return make_folder(base_ / v.name);
    return fail(error_code::invalid, "this kind of volume is not supported by this node");
}

BERTH_DECL auto volume_maker::write(kube::volume const& v) -> result<void> {
    auto const files = files_.gather(v);
    if (!files) return std::unexpected(files.error());
    if (auto done = make_folder(base_ / v.name); !done) return done;
    for (auto const& one : *files)
        if (auto done = write(v.name, one); !done) return done;
    return {};
}

BERTH_DECL auto volume_maker::write(std::string const& volume, volume_file const& file) -> result<void> {
    auto const inside = path(file.path).lexically_normal();
    if (inside.empty() || inside.is_absolute() || *inside.begin() == "..")
        return fail(error_code::invalid, "the path \"" + file.path + "\" leads out of the volume");
    auto const where = base_ / volume / inside;
    if (auto done = make_folder(where.parent_path()); !done) return done;
    auto problem = std::error_code();
    std::filesystem::remove(where, problem); // one of an earlier try cannot be written
    auto out = std::ofstream(where, std::ios::binary | std::ios::trunc);
    out.write(file.text.data(), static_cast<std::streamsize>(file.text.size()));
    out.close();
    if (!out) return fail(error_code::internal, where.string() + " cannot be written");
    using std::filesystem::perms;
    std::filesystem::permissions(where, perms::owner_read | perms::group_read | perms::others_read, problem);
    if (problem) return broken(problem, where);
    return {};
}

BERTH_DECL auto volume_maker::source_of(std::string const& name) const -> path {
    auto const found = elsewhere_.find(name);
    return found == elsewhere_.end() ? base_ / name : found->second;
}

BERTH_DECL auto volume_maker::mirror(path const& from, path const& to) -> result<void> {
    auto problem = std::error_code();
    if (auto done = make_folder(to); !done) return done;
    for (auto const& one : std::filesystem::recursive_directory_iterator(from, problem)) {
        auto const place = to / one.path().lexically_relative(from);
        if (std::filesystem::exists(place, problem)) continue;
        if (one.is_directory(problem)) std::filesystem::create_directory(place, problem);
        else std::filesystem::create_hard_link(one.path(), place, problem);
        if (problem) return broken(problem, place);
    }
    if (problem) return broken(problem, from);
    return {};
}

BERTH_DECL auto volume_maker::link_mounts(kube::container const& c) -> result<void> {
    auto const root = path(container_root(directory_, pod_.metadata.uid, c.name));
    if (auto done = make_folder(root); !done) return done;
    for (auto const& mount : c.volume_mounts) {
        if (!mount.sub_path_expr.empty())
            return fail(error_code::invalid, "subPathExpr is not supported by this node");
        auto const target =
            mount.sub_path.empty() ? source_of(mount.name) : source_of(mount.name) / mount.sub_path;
        auto problem = std::error_code();
        if (!mount.sub_path.empty() && !std::filesystem::exists(target, problem))
            if (auto done = make_folder(target); !done) return done;
        auto const place = detail::place_of_mount(root.string(), mount);
        if (auto done = make_folder(place.parent_path()); !done) return done;
        if (detail::is_made_of_files(pod_, mount.name) && std::filesystem::is_directory(target, problem)) {
            if (auto done = mirror(target, place); !done) return done;
            continue;
        }
        if (std::filesystem::is_symlink(place, problem)) continue;
        std::filesystem::create_symlink(target, place, problem);
        if (problem) return broken(problem, place);
    }
    return {};
}

} // namespace berth::node
