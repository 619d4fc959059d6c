#pragma once

/// \file
/// How the versions of one revision lie on a disk: a checksum, then each version's numbers, key and value.
/// Pure functions between bytes and views; what they are given may be damaged.
///
/// Layout, little-endian: 8 bytes checksum of the revision and all that follows; then for each version: one
/// byte of flags (1: deletion, 2: has a lease), the lengths of key and value, unless it is a deletion how
/// many revisions ago the key was created and its version, if it has one its lease (all LEB128), the key, the
/// value.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/store/detail/record.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace berth::store::detail {

/// One version as it was stored; views into the bytes.
struct stored_version {
    std::string_view key;
    record_numbers numbers;
    std::string_view value;
};

/// A checksum against damage (not against malice): 64-bit words multiplied and rotated into two lanes, mixed
/// at the end as in MurmurHash3's finalizer (Appleby). `name` is the number that the bytes are stored under,
/// so that they are not taken for those of another one.
[[nodiscard]] BERTH_DECL auto checksum(std::string_view bytes, std::int64_t name) -> std::uint64_t;

/// A single number as it is stored under the number `name`: with its checksum.
struct stored_number {
    std::int64_t number = 0;
    std::uint64_t sum = 0;

    [[nodiscard]] static auto make(std::int64_t name, std::int64_t number) -> stored_number;
    /// The number, unless the bytes are not what was stored.
    [[nodiscard]] static auto read(std::int64_t name, std::string_view bytes) -> std::optional<std::int64_t>;
};

/// Writes the versions of one revision, one after the other.
class revision_writer {
public:
    revision_writer() { clear(); }

    auto clear() -> void;
    [[nodiscard]] auto empty() const -> bool { return bytes_.size() == sizeof(std::uint64_t); }

    auto add(stored_version const& v) -> void;

    /// The bytes of all that was added, to be stored under a revision; they live until the next call of
    /// another member.
    [[nodiscard]] auto finish(revision_number mod) -> std::string_view;

    static constexpr unsigned deletion = 1;
    static constexpr unsigned leased = 2;

private:
    auto number(std::uint64_t n) -> void;

    std::string bytes_;
};

/// Reads what a `revision_writer` wrote.
class revision_reader {
public:
    /// `mod` is the revision whose versions these are.
    revision_reader(std::string_view bytes, revision_number mod) : bytes_(bytes), mod_(mod) {}

    /// Whether the bytes are as they were written. To be asked first.
    [[nodiscard]] auto is_intact() -> bool;

    /// Reads the next version. False at the end, or if what follows is none: then `is_complete` is false.
    [[nodiscard]] auto next(stored_version& out) -> bool;

    /// Whether everything was read and made sense.
    [[nodiscard]] auto is_complete() const -> bool { return bytes_.empty() && !damaged_; }

private:
    auto damaged() -> bool {
        damaged_ = true;
        return false;
    }
    auto number() -> std::uint64_t;

    std::string_view bytes_;
    revision_number mod_;
    bool damaged_ = false;
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/detail/stored_revision.ipp>
#endif
