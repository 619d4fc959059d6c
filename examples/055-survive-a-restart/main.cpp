/// \file
/// An API server on a disk: objects, their revisions and what a watch missed are there after a restart.

#include <berth/api/server.hpp>
#include <berth/api/value_codec.hpp>
#include <berth/core/clock.hpp>
#include <berth/kube/core/config_map/kind.hpp>
#include <berth/store/lmdb.hpp>

#include <filesystem>
#include <iostream>

namespace {

using namespace berth;

/// One life of an API server: opens the store of a folder, lets the server live, and closes it.
auto live(std::string const& folder, auto const& life) -> result<void> {
    auto const kinds = api::shared_registry(api::registry().add(kube::config_map_kind()));
    auto disk =
        store::basic_lmdb<object::any_object, api::object_codec>::open(folder, {}, api::object_codec(kinds));
    if (!disk) return std::unexpected(disk.error());
    auto server =
        api::server(*disk, kinds, {.now = [] { return system_clock{}.now(); }, .seed = 1, .admission = {}});
    return life(server);
}

/// Writes what happened on a day, after a look at what is there; an earlier life wrote up to revision `seen`.
auto write_log(api::server& server, std::string const& day, object::revision& seen) -> result<void> {
    auto log = kube::config_map();
    log.metadata.namespace_ = "default";
    log.metadata.name = "log";
    auto const there = api::get<kube::config_map>(server, {"default", "log"});
    auto since = api::watch_options();
    since.resource_version = std::to_string(seen);
    auto missed = server.watch(kube::config_map::resource, since);
    if (!missed) return std::unexpected(missed.error());
    auto const days = there ? (*there)->data.size() : 0;
    std::cout << day << ": the log has " << days << (days == 1 ? " day\n" : " days\n");
    for (auto e = missed->next(); e && *e; e = missed->next())
        std::cout << "  since the day before: " << to_string((*e)->type) << '\n';
    if (there) log = **there;
    log.data[day] = "saw a whale";
    auto const written = there ? api::update(server, log, there->revision_of()) : api::create(server, log);
    return written.transform([&](auto const& now) { seen = now.revision_of() - 1; });
}

} // namespace

auto main() -> int {
    auto const folder = std::filesystem::temp_directory_path() / "berth-story-055";
    std::filesystem::remove_all(folder);
    auto seen = object::revision{0};
    auto told = result<void>();
    for (auto const* day : {"day-1", "day-2", "day-3"})
        told = told.and_then(
            [&] { return live(folder, [&](auto& server) { return write_log(server, day, seen); }); });
    std::filesystem::remove_all(folder);
    if (!told) std::cerr << "survive-a-restart: " << told.error().message << '\n';
    return told ? 0 : 1;
}
