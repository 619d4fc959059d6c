#pragma once

/// \file
/// A bad disk below the stores of a test program. The functions through which liblmdb writes (`pwrite`,
/// `write`, `writev`, `fdatasync`, `fsync`) are those of disk.cpp in this program; they pass everything on
/// until a `disk` listens. Then files named data.mdb have a shadow: what is on the disk for certain, and what
/// was written since and may be lost with the power, wholly or by sectors. After lazyfs (INESC TEC).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>

namespace berth::tests {

/// A call that is about to be made on a file named data.mdb.
struct disk_call {
    enum class what : std::uint8_t { write, durable_write, sync };

    what kind = what::write;
    std::size_t bytes = 0; ///< of a write
};

/// What becomes of it.
struct disk_fate {
    int error = 0;                                              ///< it fails with this `errno`
    std::size_t only = std::numeric_limits<std::size_t>::max(); ///< or writes no more bytes than these
};

/// Listens as long as it lives; one at a time.
class disk {
public:
    using listener = std::function<disk_fate(disk_call const&)>;

    /// `decide` is asked before each call, one call at a time, also of several threads. What it does itself
    /// is not listened to.
    explicit disk(listener decide);
    disk(disk const&) = delete;
    auto operator=(disk const&) -> disk& = delete;
    ~disk();

    /// For the listener: what of the data of a directory is on the disk if the power fails now, as data of
    /// another directory, which is made. `luck` says what becomes of that which was not synced, the call that
    /// is about to be made included: 0: it is lost; 1: it is all there; else: it is lost, there, or there in
    /// some sectors, by chance.
    static auto cut_power(std::string const& from, std::string const& to, std::uint64_t luck) -> void;
};

} // namespace berth::tests
