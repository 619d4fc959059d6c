#pragma once

/// \file
/// The directory of a durable store: made where it is missing, and owned by one store at a time.

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
[[nodiscard]] inline auto sync_file(std::string const& path) -> result<void> {
    auto const file = descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)); // NOLINT
    if (file && ::fsync(file.get()) == 0) return {};
    return fail(error_code::unavailable,
                "store: " + path + ": it cannot be written: " + std::strerror(errno)); // NOLINT
}

/// A directory that no other store has open, in this process or another, as long as this lives. The kernel
/// gives it up when the process ends, however it ends.
class store_directory {
public:
    /// Errors: `unavailable`: it is in use, or cannot be made or written.
    [[nodiscard]] static auto open(std::string const& path) -> result<store_directory> {
        if (path.empty()) return fail(error_code::bad_request, "store: the name of the directory is empty");
        if (::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) return refuse(path, "it cannot be made");
        auto out = store_directory{};
        out.path_ = path;
        out.directory_ = descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!out.directory_) return refuse(path, "it cannot be opened as a directory");
        out.lock_ =
            descriptor(::open((path + "/owner.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)); // NOLINT
        if (!out.lock_) return refuse(path, "it cannot be written");
        if (::flock(out.lock_.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK) return refuse(path, "it cannot be locked");
            return fail(error_code::unavailable, "store: " + path + ": it is in use" + out.owner());
        }
        out.sign();
        return out;
    }

    [[nodiscard]] auto path() const -> std::string const& { return path_; }

    /// The size of the data file, 0 if there is none.
    [[nodiscard]] auto data_bytes() const -> std::size_t {
        struct ::stat found{};
        if (::stat((path_ + "/data.mdb").c_str(), &found) != 0) return 0;
        return static_cast<std::size_t>(found.st_size);
    }

    /// Puts the names of new files, and the directory's own, on the disk. Error `unavailable`.
    [[nodiscard]] auto sync() const -> result<void> {
        if (::fsync(directory_.get()) != 0) return refuse(path_, "it cannot be written");
        auto const above = descriptor(::open((path_ + "/..").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (above && ::fsync(above.get()) != 0) return refuse(path_ + "/..", "it cannot be written");
        return {};
    }

    /// Whether there is a data file.
    [[nodiscard]] auto has_data() const -> bool { return ::access((path_ + "/data.mdb").c_str(), F_OK) == 0; }
    /// The directory below in which a data file is made or copied before it gets its name.
    [[nodiscard]] auto unfinished() const -> std::string { return path_ + "/unfinished"; }
    /// Takes away what is left of a data file that was not finished.
    auto discard_unfinished() const -> void {
        for (auto const* name : {"/data.mdb", "/lock.mdb", "/owner.lock"})
            ::unlink((unfinished() + name).c_str());
        ::rmdir(unfinished().c_str());
    }
    /// Gives a data file its name, that of a whole one.
    [[nodiscard]] auto adopt_unfinished() const -> result<void> {
        if (::rename((unfinished() + "/data.mdb").c_str(), (path_ + "/data.mdb").c_str()) != 0)
            return refuse(path_, "it cannot be written");
        discard_unfinished();
        return {};
    }

private:
    [[nodiscard]] static auto refuse(std::string const& path, std::string_view what)
        -> std::unexpected<error> {
        auto const why = errno;
        return fail(error_code::unavailable,
                    "store: " + path + ": " + std::string{what} + ": " + std::strerror(why)); // NOLINT
    }

    /// Leaves the number of this process for those who find the directory in use.
    auto sign() const -> void {
        auto const text = std::to_string(::getpid()) + "\n";
        if (::ftruncate(lock_.get(), 0) == 0)
            static_cast<void>(::pwrite(lock_.get(), text.data(), text.size(), 0) == 0);
    }
    [[nodiscard]] auto owner() const -> std::string {
        char text[32] = {};
        auto const size = ::pread(lock_.get(), text, sizeof text - 1, 0);
        if (size <= 1) return {};
        return " by process " + std::string{text, static_cast<std::size_t>(size) - 1};
    }

    std::string path_;
    descriptor directory_;
    descriptor lock_;
};

} // namespace berth::store::detail
