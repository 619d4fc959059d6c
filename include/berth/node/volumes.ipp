#pragma once

/// \file
/// The bodies of `berth/node/volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/node/volumes.hpp>

#include <fstream>

namespace berth::node {

BERTH_DECL auto container_root(std::string const& directory, std::string const& uid,
                               std::string const& container) -> std::string {
    return directory + "/" + uid + "/containers/" + container;
}

BERTH_DECL auto remove_volumes(std::string const& directory, std::string const& uid) -> void {
    auto ignored = std::error_code();
    if (!directory.empty() && !uid.empty()) std::filesystem::remove_all(directory + "/" + uid, ignored);
}

namespace detail {

inline auto bytes_in(kube::config_map const& map, std::string_view key) -> std::optional<std::string_view> {
    if (auto const* text = map.data.find(key)) return *text;
    if (auto const* data = map.binary_data.find(key)) return data->data;
    return std::nullopt;
}

inline auto bytes_in(kube::secret const& map, std::string_view key) -> std::optional<std::string_view> {
    if (auto const* data = map.data.find(key)) return data->data;
    return std::nullopt;
}

inline auto keys_of(kube::config_map const& map) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& [key, value] : map.data) out.push_back(key);
    for (auto const& [key, value] : map.binary_data) out.push_back(key);
    return out;
}

inline auto keys_of(kube::secret const& map) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& [key, value] : map.data) out.push_back(key);
    return out;
}

} // namespace detail

BERTH_DECL volume_maker::volume_maker(api::any_client client, kube::pod const& pod,
                                      std::string const& directory)
    : client_(std::move(client)),
      pod_(pod),
      directory_(directory),
      base_(directory + "/" + pod.metadata.uid + "/volumes") {}

BERTH_DECL auto volume_maker::make() -> result<void> {
    for (auto const& v : pod_.spec.volumes) {
        auto done = make_one(v);
        if (!done)
            return fail(done.error().code,
                        "MountVolume.SetUp failed for volume \"" + v.name + "\" : " + done.error().message);
    }
    for (auto const* const list : {&pod_.spec.init_containers, &pod_.spec.containers})
        for (auto const& c : *list)
            if (auto done = link_mounts(c); !done) return done;
    return {};
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
    if (v.host_path) return {};
    if (auto done = make_folder(base_ / v.name); !done) return done;
    if (v.empty_dir) return {};
    if (v.config_map)
        return make_files<kube::config_map>(v.name, "configmap", v.config_map->name, v.config_map->items,
                                            v.config_map->optional.value_or(false));
    if (v.secret)
        return make_files<kube::secret>(v.name, "secret", v.secret->secret_name, v.secret->items,
                                        v.secret->optional.value_or(false));
    if (v.downward_api) return make_fields(v);
    return fail(error_code::invalid, "this kind of volume is not supported by this node");
}

BERTH_DECL auto volume_maker::write(std::string const& volume, std::string const& file, std::string_view text)
    -> result<void> {
    auto const inside = path(file).lexically_normal();
    if (inside.empty() || inside.is_absolute() || *inside.begin() == "..")
        return fail(error_code::invalid, "the path \"" + file + "\" leads out of the volume");
    auto const where = base_ / volume / inside;
    if (auto done = make_folder(where.parent_path()); !done) return done;
    auto out = std::ofstream(where, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) return fail(error_code::internal, where.string() + " cannot be written");
    return {};
}

template <class T>
auto volume_maker::make_files(std::string const& volume, std::string_view word, std::string const& name,
                              object::list<kube::key_to_path> const& items, bool optional) -> result<void> {
    auto const found = api::get<T>(client_, {pod_.metadata.namespace_, name});
    if (!found && found.error().code != error_code::not_found) return std::unexpected(found.error());
    if (!found && optional) return {};
    if (!found) return fail(error_code::not_found, std::string(word) + " \"" + name + "\" not found");
    auto const put = [&](std::string const& key, std::string const& file) -> result<void> {
        if (auto const bytes = detail::bytes_in(**found, key)) return write(volume, file, *bytes);
        if (optional) return {};
        return fail(error_code::not_found, std::string(word) + " references non-existent config key: " + key);
    };
    for (auto const& item : items)
        if (auto done = put(item.key, item.path); !done) return done;
    if (!items.empty()) return {};
    auto const keys = detail::keys_of(**found);
    for (auto const& key : keys)
        if (auto done = put(key, key); !done) return done;
    return {};
}

BERTH_DECL auto volume_maker::make_fields(kube::volume const& v) -> result<void> {
    for (auto const& item : v.downward_api->items) {
        if (!item.field_ref) return fail(error_code::invalid, "only fields of the pod are supported");
        auto const text = field_of(pod_, item.field_ref->field_path);
        if (!text) return std::unexpected(text.error());
        if (auto done = write(v.name, item.path, *text); !done) return done;
    }
    return {};
}

BERTH_DECL auto volume_maker::source_of(std::string const& name) const -> path {
    for (auto const& v : pod_.spec.volumes)
        if (v.name == name && v.host_path) return v.host_path->path;
    return base_ / name;
}

BERTH_DECL auto volume_maker::link_mounts(kube::container const& c) -> result<void> {
    auto const root = path(container_root(directory_, pod_.metadata.uid, c.name));
    for (auto const& mount : c.volume_mounts) {
        if (!mount.sub_path_expr.empty())
            return fail(error_code::invalid, "subPathExpr is not supported by this node");
        auto const inside = path(mount.mount_path).lexically_normal().relative_path();
        auto const target =
            mount.sub_path.empty() ? source_of(mount.name) : source_of(mount.name) / mount.sub_path;
        auto problem = std::error_code();
        if (!mount.sub_path.empty() && !std::filesystem::exists(target, problem))
            if (auto done = make_folder(target); !done) return done;
        auto const link = (root / inside).string();
        auto const place = path(link.ends_with('/') ? link.substr(0, link.size() - 1) : link);
        if (auto done = make_folder(place.parent_path()); !done) return done;
        if (std::filesystem::is_symlink(place, problem)) continue;
        std::filesystem::create_symlink(target, place, problem);
        if (problem) return broken(problem, place);
    }
    return {};
}

} // namespace berth::node
