#pragma once

/// \file
/// The bodies of `berth/node/detail/read_only.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/read_only.hpp>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace berth::node::detail {

/// Writes a file of /proc that takes one write; 0 or the errno.
inline auto tell_kernel(char const* file, char const* text) -> int {
    auto const fd = ::open(file, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return errno;
    auto const size = std::strlen(text);
    auto const error = ::write(fd, text, size) == static_cast<ssize_t>(size) ? 0 : errno;
    ::close(fd);
    return error;
}

/// A mount namespace in a user namespace in which this user is who it is outside.
inline auto enter_user_namespace() -> int {
    char users[64];
    char groups[64];
    std::snprintf(users, sizeof users, "%u %u 1", ::geteuid(), ::geteuid());
    std::snprintf(groups, sizeof groups, "%u %u 1", ::getegid(), ::getegid());
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return errno;
    auto error = tell_kernel("/proc/self/setgroups", "deny");
    if (error == 0) error = tell_kernel("/proc/self/uid_map", users);
    if (error == 0) error = tell_kernel("/proc/self/gid_map", groups);
    return error;
}

/// What a mount is besides read-only must be said again as it is made read-only.
inline auto mount_flags_of(char const* path) -> unsigned long {
    struct statvfs info{};
    if (::statvfs(path, &info) != 0) return 0;
    auto out = 0UL;
    if ((info.f_flag & ST_NOSUID) != 0) out |= MS_NOSUID;
    if ((info.f_flag & ST_NODEV) != 0) out |= MS_NODEV;
    if ((info.f_flag & ST_NOEXEC) != 0) out |= MS_NOEXEC;
    if ((info.f_flag & ST_NOATIME) != 0) out |= MS_NOATIME;
    if ((info.f_flag & ST_NODIRATIME) != 0) out |= MS_NODIRATIME;
    if ((info.f_flag & ST_RELATIME) != 0) out |= MS_RELATIME;
    return out;
}

BERTH_DECL auto make_read_only(char* const* paths) -> int {
    if (::unshare(CLONE_NEWNS) != 0)
        if (auto const error = errno == EPERM ? enter_user_namespace() : errno; error != 0) return error;
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return errno;
    for (auto const* path = paths; *path != nullptr; ++path) {
        auto const is_root = std::strcmp(*path, "/") == 0; // a mount already, and nothing can cover it
        if (!is_root && ::mount(*path, *path, nullptr, MS_BIND | MS_REC, nullptr) != 0) return errno;
        auto const flags = MS_BIND | MS_REMOUNT | MS_RDONLY | mount_flags_of(*path);
        if (::mount("none", *path, nullptr, flags, nullptr) != 0) return errno;
    }
    return 0;
}

BERTH_DECL auto can_make_read_only() -> bool {
    auto const pid = ::fork();
    if (pid == 0) {
        char place[] = "/proc";
        char* const paths[] = {place, nullptr};
        ::_exit(make_read_only(paths) == 0 ? 0 : 1);
    }
    auto status = 0;
    while (pid > 0 && ::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace berth::node::detail
