#pragma once

/// \file
/// The directory of a durable store: made where it is missing, and owned by one store at a time.

#include <berth/core/config.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/core/error.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace berth::store::detail {

/// Puts a file or a directory on the disk. Error `unavailable`.
[[nodiscard]] BERTH_DECL auto sync_file(std::string const& path) -> result<void>;

/// A directory that no other store has open, in this process or another, as long as this lives. The kernel
/// gives it up when the process ends, however it ends.
class store_directory {
public:
    /// Errors: `unavailable`: it is in use, or cannot be made or written.
    [[nodiscard]] static auto open(std::string const& path) -> result<store_directory>;

    [[nodiscard]] auto path() const -> std::string const& { return path_; }

    /// The size of the data file, 0 if there is none.
    [[nodiscard]] auto data_bytes() const -> std::size_t;

    /// Puts the names of new files, and the directory's own, on the disk. Error `unavailable`.
    [[nodiscard]] auto sync() const -> result<void>;

    /// Whether there is a data file.
    [[nodiscard]] auto has_data() const -> bool;
    /// The directory below in which a data file is made or copied before it gets its name.
    [[nodiscard]] auto unfinished() const -> std::string;
    /// Takes away what is left of a data file that was not finished.
    auto discard_unfinished() const -> void;
    /// Gives a data file its name, that of a whole one.
    [[nodiscard]] auto adopt_unfinished() const -> result<void>;

private:
    [[nodiscard]] static auto refuse(std::string const& path, std::string_view what)
        -> std::unexpected<error>;

    /// Leaves the number of this process for those who find the directory in use.
    auto sign() const -> void;
    [[nodiscard]] auto owner() const -> std::string;

    std::string path_;
    descriptor directory_;
    descriptor lock_;
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/lmdb/directory.ipp>
#endif
