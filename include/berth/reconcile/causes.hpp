#pragma once

/// \file
/// Why a key is looked at.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

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
    budget = 1024,   ///< its last plan was longer than its budget
    put_off = 2048,  ///< the API had put off its last plan
};

/// `created`, `own write`, ...
[[nodiscard]] BERTH_DECL auto to_string(cause c) -> std::string_view;

/// Something that happened to an object, which made it a cause.
struct trigger {
    cause as =
        cause::updated; ///< what it was to the key: `created`, `updated`, `deleted`, `owned`, `watched`
    object::object_ref before; ///< empty: it appeared
    object::object_ref after;  ///< empty: it is gone

    /// The newer state: the source.
    [[nodiscard]] auto latest() const -> object::object_ref const& { return after ? after : before; }
    /// Which members changed, such as `status.phase`: the first `most` in their order, lists as a whole; none
    /// of what appeared or is gone. Costs as much as writing both states down.
    [[nodiscard]] auto changed_paths(std::size_t most = 16) const -> std::vector<std::string>;
    /// `owned: updated pods default/web-1, revision 5 to 7 (status.phase)`
    [[nodiscard]] auto to_string() const -> std::string;

    friend auto operator==(trigger const&, trigger const&) -> bool = default;
};

/// A set of causes; queues merge them. Of what happened to objects it keeps the first `most`, and the number
/// of the rest.
struct causes {
    static constexpr std::size_t most = 8;

    std::uint16_t bits = 0;
    /// Whether something has happened. Otherwise it is all about what was found when the caches began.
    bool news = false;
    std::uint32_t more = 0; ///< occurrences that are not kept; the greatest number stands for all above
    std::vector<trigger> what;

    causes() = default;
    causes(cause c)
        : bits(static_cast<std::uint16_t>(c)), news(true) {} // NOLINT(google-explicit-constructor)
    /// Of a change; `found`: its object was there when the cache began.
    causes(trigger o, bool found);

    auto merge(causes other) -> void;
    [[nodiscard]] auto empty() const -> bool { return bits == 0; }
    [[nodiscard]] auto has(cause c) const -> bool { return (bits & static_cast<std::uint16_t>(c)) != 0; }
    /// `created, owned`
    [[nodiscard]] auto to_string() const -> std::string;

    friend auto operator==(causes const&, causes const&) -> bool = default;
};

/// How important it is to look at a key: from 0 to 3, where 1 is usual.
using key_priority = std::function<int(object::key const&, causes const&)>;

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/causes.ipp>
#endif
