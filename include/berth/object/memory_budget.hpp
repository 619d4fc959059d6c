#pragma once

/// \file
/// How much memory a body may come to: a few of its bytes can stand for an empty struct of a kilobyte.

#include <berth/core/error.hpp>
#include <berth/object/schema.hpp>

#include <cstddef>
#include <limits>

namespace berth::object {

/// What the elements and optional values that a body stands for may take together: in proportion to the size
/// of the body, above what always may be taken.
class memory_budget {
public:
    static constexpr std::size_t few_elements = 16U * 1024 * 1024; ///< bytes that always may be taken
    static constexpr std::size_t per_byte = 32;

    /// `body`: how many bytes there are to be read.
    explicit constexpr memory_budget(std::size_t body) : left_(few_elements + per_byte * body) {}

    /// Of a body that comes from a store, where it was let in.
    [[nodiscard]] static constexpr auto unlimited() -> memory_budget { return memory_budget(); }

    /// Takes what some elements of a list, entries of a map or optional values need. Errors:
    /// `request_too_large`.
    auto spend(type_info const& element, std::size_t count = 1) -> result<void> {
        if (element.bytes != 0 && count > left_ / element.bytes)
            return fail(error_code::request_too_large, "the object has too many elements for its size");
        left_ -= count * element.bytes;
        return {};
    }

private:
    constexpr memory_budget() = default;

    std::size_t left_ = std::numeric_limits<std::size_t>::max();
};

} // namespace berth::object
