#pragma once

/// \file
/// The bodies of `berth/core/temporary_folder.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/temporary_folder.hpp>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

namespace berth::detail {

inline constexpr char const* lock_name = ".in-use";

/// A new lock in a folder, held. It has its name only once it is held: nobody sees it free.
inline auto lock_new_folder(std::string const& folder) -> descriptor {
    auto const place = folder + "/" + lock_name;
    auto out = descriptor(::open((place + ".new").c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!out || ::flock(out.get(), LOCK_EX | LOCK_NB) != 0 ||
        ::rename((place + ".new").c_str(), place.c_str()) != 0)
        return {};
    return out;
}

/// The lock of a folder of this user's that nobody holds, held; nothing if it is none.
inline auto take_lock_left_in(std::string const& folder) -> descriptor {
    constexpr auto of_others = mode_t{077};
    auto const opened = descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat info{};
    if (!opened || ::fstat(opened.get(), &info) != 0 || info.st_uid != ::geteuid() ||
        (info.st_mode & of_others) != 0)
        return {};
    auto lock = descriptor(::openat(opened.get(), lock_name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!lock || ::fstat(lock.get(), &info) != 0 || !S_ISREG(info.st_mode) || info.st_uid != ::geteuid() ||
        ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0 || ::fstat(lock.get(), &info) != 0 || info.st_nlink == 0)
        return {}; // of no link: another sweep was here meanwhile
    return lock;
}

} // namespace berth::detail

namespace berth {

BERTH_DECL auto temporary_folder::operator=(temporary_folder&& other) noexcept -> temporary_folder& {
    std::swap(path_, other.path_);
    std::swap(lock_, other.lock_);
    return *this;
}

BERTH_DECL temporary_folder::~temporary_folder() {
    auto ignored = std::error_code();
    if (lock_) std::filesystem::remove_all(path_, ignored);
}

BERTH_DECL auto temporary_folder::make(std::string_view name, std::string below) -> result<temporary_folder> {
    auto problem = std::error_code();
    if (below.empty()) below = std::filesystem::temp_directory_path(problem).string();
    sweep(name, below);
    auto path = below + "/" + std::string(name) + "-XXXXXX";
    auto const failed = [&](int error) {
        return fail(error_code::unavailable, "no temporary folder can be made in " + below + ": " +
                                                 std::generic_category().message(error));
    };
    if (::mkdtemp(path.data()) == nullptr) return failed(errno);
    auto lock = detail::lock_new_folder(path);
    if (lock) return temporary_folder(std::move(path), std::move(lock));
    auto const error = errno;
    std::filesystem::remove_all(path, problem);
    return failed(error);
}

BERTH_DECL auto temporary_folder::sweep(std::string_view name, std::string const& below) -> int {
    constexpr std::size_t drawn = 6; // characters at the end
    auto problem = std::error_code();
    auto found = std::vector<std::string>();
    for (auto at = std::filesystem::directory_iterator(below, problem);
         !problem && at != std::filesystem::directory_iterator(); at.increment(problem)) {
        auto const file = at->path().filename().string();
        if (file.size() == name.size() + 1 + drawn && file.starts_with(name) && file[name.size()] == '-')
            found.push_back(at->path().string());
    }
    auto removed = 0;
    for (auto const& folder : found) {
        auto const lock = detail::take_lock_left_in(folder);
        if (!lock) continue;
        std::filesystem::remove_all(folder, problem);
        if (!problem) ++removed;
    }
    return removed;
}

} // namespace berth
