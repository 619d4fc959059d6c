#pragma once

/// \file
/// Why a key is looked at.

#include <berth/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::reconcile {

/// One reason to look at a key.
enum class cause : std::uint16_t {
    created = 1,     ///< its object appeared
    updated = 2,     ///< its object changed
    deleted = 4,     ///< its object is gone
    owned = 8,       ///< something that it owns changed
    watched = 16,    ///< something that concerns it changed
    again = 32,      ///< its last plan wished so
    conflict = 64,   ///< its last plan was decided from an old world
    failed = 128,    ///< its last plan failed
    own_write = 256, ///< the caches have come to see its last write
    asked = 512,     ///< somebody asked
};

/// A set of causes; queues merge them.
struct causes {
    std::uint16_t bits = 0;

    constexpr causes() = default;
    constexpr causes(cause c) : bits(static_cast<std::uint16_t>(c)) {} // NOLINT(google-explicit-constructor)

    constexpr auto merge(causes other) -> void { bits = static_cast<std::uint16_t>(bits | other.bits); }
    [[nodiscard]] constexpr auto has(cause c) const -> bool {
        return (bits & static_cast<std::uint16_t>(c)) != 0;
    }
    /// `created, owned`
    [[nodiscard]] auto to_string() const -> std::string;
    friend constexpr auto operator==(causes, causes) -> bool = default;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/causes.ipp>
#endif
