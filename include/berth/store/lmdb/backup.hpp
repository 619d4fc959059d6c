#pragma once

/// \file
/// Backups of durable stores, and how a store is made from one.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/lmdb/file.hpp>

#include <filesystem>
#include <string>
#include <system_error>

namespace berth::store {

namespace detail {

/// Copies a file beside its final name, puts it on the disk, and gives it its name.
[[nodiscard]] BERTH_DECL auto write_backup(lmdb_file& from, std::string const& directory) -> result<void>;

} // namespace detail

/// Makes the store of a new directory from a backup, which stays as it is. Errors: `unavailable`: the
/// directory is not empty or cannot be written, or the backup is in use; `internal`: the backup is damaged or
/// no store.
[[nodiscard]] BERTH_DECL auto restore_lmdb(std::string const& backup, std::string const& directory)
    -> result<void>;

} // namespace berth::store

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/lmdb/backup.ipp>
#endif
