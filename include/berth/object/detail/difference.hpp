#pragma once

/// \file
/// What one value has otherwise than another one of its type: all that has to be kept of it while there is
/// the other one.

#include <berth/core/config.hpp>
#include <berth/object/schema.hpp>

#include <cstddef>
#include <utility>

namespace berth::object::detail {

/// The members of a value that are not the same in another one (`is_same`), each with where it is, in one
/// piece of memory. Records in a record are looked into, and so are those in a list that is as long in the
/// other value, where that takes less; other lists and boxes are kept as a whole. It has what those members
/// share with other values. Empty if nothing was kept: that is not the difference of two values that are the
/// same.
class difference {
public:
    difference() noexcept = default;
    difference(difference&& other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
    auto operator=(difference&& other) noexcept -> difference& {
        std::swap(memory_, other.memory_);
        return *this;
    }
    ~difference() {
        if (memory_ != nullptr) free();
    }

    /// What `value` has otherwise than `other`, in at most so many bytes; empty if it takes more. Linear in
    /// the members, and in what is not shared. If copying fails, nothing is left behind.
    [[nodiscard]] BERTH_DECL static auto between(type_info const& type, void const* value, void const* other,
                                                 std::size_t most) -> difference;

    explicit operator bool() const noexcept { return memory_ != nullptr; }

    /// Makes of a value that is the same as `other` was the one that was kept. If copying fails, it is a
    /// value that has some of the members.
    BERTH_DECL auto put_into(void* value) const -> void;

private:
    struct head;
    struct layout;
    struct leaf;
    class leaves;

    [[nodiscard]] BERTH_DECL static auto made_of(type_info const& type, leaves const& found, std::size_t most)
        -> difference;
    /// Calls `f(leaf const&, void* kept)` for the first members that are kept.
    template <class F> auto each(std::size_t count, F f) const -> void;

    BERTH_DECL auto free() noexcept -> void;
    BERTH_DECL auto free(std::size_t made) noexcept -> void;

    head* memory_ = nullptr;
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/difference.ipp>
#endif
