/// \file
/// The calls that `tests::disk` listens to.

#include "disk.hpp"

#include <berth/core/random.hpp>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

// A sanitizer's own version of a call, where there is one.
extern "C" {
[[gnu::weak]] auto __interceptor_write(int, void const*, std::size_t) -> ssize_t;         // NOLINT
[[gnu::weak]] auto __interceptor_pwrite(int, void const*, std::size_t, off_t) -> ssize_t; // NOLINT
[[gnu::weak]] auto __interceptor_writev(int, iovec const*, int) -> ssize_t;               // NOLINT
[[gnu::weak]] auto __interceptor_fsync(int) -> int;                                       // NOLINT
[[gnu::weak]] auto __interceptor_fdatasync(int) -> int;                                   // NOLINT
}

namespace berth::tests {
namespace {

constexpr std::size_t sector = 512;

/// Bytes that were written at a place of a file.
struct piece {
    std::size_t at = 0;
    std::string bytes;
};

/// What a disk has of a file.
struct shadow {
    std::string durable;
    std::vector<piece> pending; ///< may be lost
};

struct listening {
    std::mutex mutex; ///< one call at a time
    disk::listener decide;
    std::map<ino_t, shadow> files; ///< of one file system
    berth::random_engine draw{1};
};

auto current() -> std::atomic<listening*>& {
    static auto it = std::atomic<listening*>{nullptr};
    return it;
}
auto busy() -> bool& {
    thread_local auto it = false;
    return it;
}

auto place(std::string& file, std::size_t at, std::string_view bytes) -> void {
    if (file.size() < at + bytes.size()) file.resize(at + bytes.size());
    file.replace(at, bytes.size(), bytes);
}

/// Places those sectors of a piece that chance lets through.
auto place_torn(std::string& file, piece const& p, berth::random_engine& draw) -> void {
    for (auto at = std::size_t{0}; at < p.bytes.size();) {
        auto const size = std::min(sector - (p.at + at) % sector, p.bytes.size() - at);
        if (draw.below(2) == 0) place(file, p.at + at, std::string_view{p.bytes}.substr(at, size));
        at += size;
    }
}

auto after_cut(shadow const& s, std::uint64_t luck) -> std::string {
    auto out = s.durable;
    auto draw = berth::random_engine{luck};
    for (auto const& p : s.pending) {
        auto const fate = luck < 2 ? luck : draw.below(3);
        if (fate == 1) place(out, p.at, p.bytes);
        if (fate == 2) place_torn(out, p, draw);
    }
    return out;
}

auto content_of(std::string const& path) -> std::string {
    auto in = std::ifstream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The file of a descriptor if it is one that is listened to.
auto shadow_of(listening& l, int fd) -> shadow* {
    auto name = std::array<char, 512>{};
    auto const link = "/proc/self/fd/" + std::to_string(fd);
    auto const size = ::readlink(link.c_str(), name.data(), name.size());
    auto const path = std::string{name.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
    struct ::stat found{};
    if (!path.ends_with("/data.mdb") || ::fstat(fd, &found) != 0) return nullptr;
    auto const [at, is_new] = l.files.try_emplace(found.st_ino);
    if (is_new) at->second.durable = content_of(path);
    return &at->second;
}

/// A write: what the disk makes of it.
template <class Forward>
auto heard_write(listening& l, shadow& s, int fd, std::size_t at, std::string bytes, Forward forward)
    -> ssize_t {
    auto const durable = (::fcntl(fd, F_GETFL) & O_DSYNC) != 0;
    auto const kind = durable ? disk_call::what::durable_write : disk_call::what::write;
    s.pending.push_back({at, std::move(bytes)});
    auto const size = s.pending.back().bytes.size();
    auto const fate = l.decide({.kind = kind, .bytes = size});
    auto written = fate.error == 0 ? forward(std::min(fate.only, size)) : ssize_t{-1};
    if (fate.error != 0) errno = fate.error;
    if (written < 0) {
        s.pending.pop_back();
        return written;
    }
    s.pending.back().bytes.resize(static_cast<std::size_t>(written));
    if (durable) {
        place(s.durable, at, s.pending.back().bytes);
        s.pending.pop_back();
    }
    return written;
}

/// A sync. After one that failed nobody writes again what was not on the disk yet (as Linux does it): a part
/// of it never comes there.
template <class Forward> auto heard_sync(listening& l, shadow& s, Forward forward) -> int {
    auto const fate = l.decide({.kind = disk_call::what::sync});
    if (fate.error != 0) {
        std::erase_if(s.pending, [&](auto const&) { return l.draw.below(2) == 0; });
        errno = fate.error;
        return -1;
    }
    auto const done = forward();
    if (done != 0) return done;
    for (auto const& p : s.pending) place(s.durable, p.at, p.bytes);
    s.pending.clear();
    return 0;
}

/// `heard(listening, shadow)` if somebody listens to this file, `plain()` if not.
template <class Heard, class Plain> auto listened(int fd, Heard heard, Plain plain) {
    if (busy() || current().load() == nullptr) return plain();
    auto const before = errno;
    busy() = true;
    struct over {
        ~over() { busy() = false; }
    } const at_end{};
    auto* const l = current().load();
    auto const lock = std::scoped_lock(l->mutex);
    auto* const s = shadow_of(*l, fd);
    errno = before;
    return s != nullptr ? heard(*l, *s) : plain();
}

/// What a call was before it was ours.
template <class F> auto original(F* intercepted, char const* name) -> F* {
    return intercepted != nullptr ? intercepted : reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name)); // NOLINT
}

auto real_pwrite(int fd, void const* data, std::size_t size, off_t at) -> ssize_t {
    static auto* const call = original(&__interceptor_pwrite, "pwrite");
    return call(fd, data, size, at);
}
auto real_write(int fd, void const* data, std::size_t size) -> ssize_t {
    static auto* const call = original(&__interceptor_write, "write");
    return call(fd, data, size);
}
auto real_writev(int fd, iovec const* parts, int count) -> ssize_t {
    static auto* const call = original(&__interceptor_writev, "writev");
    return call(fd, parts, count);
}

auto position_of(int fd) -> std::size_t { return static_cast<std::size_t>(::lseek(fd, 0, SEEK_CUR)); }
auto text(void const* data, std::size_t size) -> std::string {
    return {static_cast<char const*>(data), size};
}

} // namespace

disk::disk(listener decide) {
    auto* const it = new listening{};
    it->decide = std::move(decide);
    current().store(it);
}
disk::~disk() { delete current().exchange(nullptr); }

auto disk::cut_power(std::string const& from, std::string const& to, std::uint64_t luck) -> void {
    namespace fs = std::filesystem;
    for (auto const& entry : fs::recursive_directory_iterator(from)) {
        auto const target = to / fs::relative(entry.path(), from);
        if (entry.path().filename() != "data.mdb") continue;
        fs::create_directories(target.parent_path());
        struct ::stat found{};
        ::stat(entry.path().c_str(), &found);
        auto const& files = current().load()->files;
        auto const s = files.find(found.st_ino);
        std::ofstream(target, std::ios::binary)
            << (s == files.end() ? content_of(entry.path()) : after_cut(s->second, luck));
    }
}

} // namespace berth::tests

using namespace berth::tests;

extern "C" {

// Where offsets of 64 bits are asked for, `pwrite` is another name here than in liblmdb.
auto listened_pwrite(int fd, void const* data, std::size_t size, off_t at) -> ssize_t asm("pwrite"); // NOLINT
auto listened_pwrite(int fd, void const* data, std::size_t size, off_t at) -> ssize_t {
    auto const forward = [&](std::size_t n) { return real_pwrite(fd, data, n, at); };
    return listened(
        fd,
        [&](auto& l, auto& s) {
            return heard_write(l, s, fd, static_cast<std::size_t>(at), text(data, size), forward);
        },
        [&] { return forward(size); });
}

auto write(int fd, void const* data, std::size_t size) -> ssize_t {
    auto const forward = [&](std::size_t n) { return real_write(fd, data, n); };
    return listened(
        fd,
        [&](auto& l, auto& s) { return heard_write(l, s, fd, position_of(fd), text(data, size), forward); },
        [&] { return forward(size); });
}

auto writev(int fd, iovec const* parts, int count) -> ssize_t {
    auto const heard = [&](auto& l, auto& s) {
        auto all = std::string{};
        for (auto i = 0; i < count; ++i) all += text(parts[i].iov_base, parts[i].iov_len); // NOLINT
        auto const copy = all;
        return heard_write(l, s, fd, position_of(fd), std::move(all),
                           [&](std::size_t n) { return real_write(fd, copy.data(), n); });
    };
    return listened(fd, heard, [&] { return real_writev(fd, parts, count); });
}

auto fdatasync(int fd) -> int {
    static auto* const call = original(&__interceptor_fdatasync, "fdatasync");
    auto const forward = [&] { return call(fd); };
    return listened(fd, [&](auto& l, auto& s) { return heard_sync(l, s, forward); }, forward);
}

auto fsync(int fd) -> int {
    static auto* const call = original(&__interceptor_fsync, "fsync");
    auto const forward = [&] { return call(fd); };
    return listened(fd, [&](auto& l, auto& s) { return heard_sync(l, s, forward); }, forward);
}

} // extern "C"
