#pragma once

/// \file
/// The bodies of `berth/store/lmdb/backup.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/lmdb/backup.hpp>

namespace berth::store::detail {

/// Sees to it that a directory is there and empty. Error `unavailable`: it is not.
[[nodiscard]] inline auto empty_directory(std::string const& directory) -> result<void> {
    auto problem = std::error_code{};
    std::filesystem::create_directories(directory, problem);
    auto const empty = !problem && std::filesystem::is_empty(directory, problem);
    if (problem)
        return fail(error_code::unavailable,
                    "store: " + directory + ": it cannot be made: " + problem.message());
    if (!empty)
        return fail(error_code::unavailable,
                    "store: " + directory + ": it is not empty; name a new directory");
    return {};
}

BERTH_DECL auto write_backup(lmdb_file& from, std::string const& directory) -> result<void> {
    if (auto ready = empty_directory(directory); !ready) return ready;
    auto const folder = directory + "/unfinished";
    auto problem = std::error_code{};
    std::filesystem::create_directory(folder, problem);
    auto done = from.copy_to(folder);
    if (done) done = sync_file(folder + "/data.mdb");
    if (done) std::filesystem::rename(folder + "/data.mdb", directory + "/data.mdb", problem);
    if (done && problem)
        done = fail(error_code::unavailable,
                    "store: " + directory + ": it cannot be written: " + problem.message());
    auto ignored = std::error_code{};
    std::filesystem::remove_all(folder, ignored);
    if (done) done = sync_file(directory);
    return done;
}

} // namespace berth::store::detail

namespace berth::store {

BERTH_DECL auto restore_lmdb(std::string const& backup, std::string const& directory) -> result<void> {
    auto problem = std::error_code{};
    if (!std::filesystem::exists(backup + "/data.mdb", problem))
        return fail(error_code::unavailable, "store: " + backup + ": there is no backup (no data.mdb)");
    auto from = detail::lmdb_file::open(backup, 0);
    if (!from) return std::unexpected(std::move(from.error()));
    if (auto checked = (*from)->verify(); !checked) return checked;
    return detail::write_backup(**from, directory);
}

} // namespace berth::store
