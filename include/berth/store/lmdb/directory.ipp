#pragma once

/// \file
/// The bodies of `berth/store/lmdb/directory.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/lmdb/directory.hpp>

namespace berth::store::detail {

BERTH_DECL auto sync_file(std::string const& path) -> result<void> {
    auto const file = descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)); // NOLINT
    if (file && ::fsync(file.get()) == 0) return {};
    return fail(error_code::unavailable,
                "store: " + path + ": it cannot be written: " + std::strerror(errno)); // NOLINT
}

BERTH_DECL auto store_directory::open(std::string const& path) -> result<store_directory> {
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

BERTH_DECL auto store_directory::data_bytes() const -> std::size_t {
    struct ::stat found{};
    if (::stat((path_ + "/data.mdb").c_str(), &found) != 0) return 0;
    return static_cast<std::size_t>(found.st_size);
}

BERTH_DECL auto store_directory::sync() const -> result<void> {
    if (::fsync(directory_.get()) != 0) return refuse(path_, "it cannot be written");
    auto const above = descriptor(::open((path_ + "/..").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (above && ::fsync(above.get()) != 0) return refuse(path_ + "/..", "it cannot be written");
    return {};
}

BERTH_DECL auto store_directory::has_data() const -> bool {
    return ::access((path_ + "/data.mdb").c_str(), F_OK) == 0;
}

BERTH_DECL auto store_directory::unfinished() const -> std::string { return path_ + "/unfinished"; }

BERTH_DECL auto store_directory::discard_unfinished() const -> void {
    for (auto const* name : {"/data.mdb", "/lock.mdb", "/owner.lock"})
        ::unlink((unfinished() + name).c_str());
    ::rmdir(unfinished().c_str());
}

BERTH_DECL auto store_directory::adopt_unfinished() const -> result<void> {
    if (::rename((unfinished() + "/data.mdb").c_str(), (path_ + "/data.mdb").c_str()) != 0)
        return refuse(path_, "it cannot be written");
    discard_unfinished();
    return {};
}

BERTH_DECL auto store_directory::refuse(std::string const& path, std::string_view what)
    -> std::unexpected<error> {
    auto const why = errno;
    return fail(error_code::unavailable,
                "store: " + path + ": " + std::string{what} + ": " + std::strerror(why)); // NOLINT
}

BERTH_DECL auto store_directory::sign() const -> void {
    auto const text = std::to_string(::getpid()) + "\n";
    if (::ftruncate(lock_.get(), 0) == 0)
        static_cast<void>(::pwrite(lock_.get(), text.data(), text.size(), 0) == 0);
}

BERTH_DECL auto store_directory::owner() const -> std::string {
    char text[32] = {};
    auto const size = ::pread(lock_.get(), text, sizeof text - 1, 0);
    if (size <= 1) return {};
    return " by process " + std::string{text, static_cast<std::size_t>(size) - 1};
}

} // namespace berth::store::detail
