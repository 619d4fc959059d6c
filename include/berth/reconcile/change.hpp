#pragma once

/// \file
/// What happened to an object that a cache follows.

#include <berth/object/any_object.hpp>
#include <berth/reconcile/fwd.hpp>

namespace berth::reconcile {

/// One change of one object. Of two objects that had the same name one after the other, the first is told as
/// deleted and the second as added.
struct change {
    enum class kind : std::uint8_t { added, updated, deleted };

    kind type = kind::added;
    object::object_ref before; ///< empty when added; when deleted, the last state that is known
    object::object_ref after;  ///< empty when deleted
    bool exact = true;         ///< false: the object was found gone, and may have changed since `before`
    bool initial = false;      ///< it was there when the cache began to follow, or the listener to listen
    bool resync = false;       ///< nothing has changed: it is told again, as was asked for

    /// The newer of the two states.
    [[nodiscard]] auto latest() const -> object::object_ref const& { return after ? after : before; }
    friend auto operator==(change const&, change const&) -> bool = default;
};

} // namespace berth::reconcile
