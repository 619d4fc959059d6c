#pragma once

/// \file
/// The vocabulary of watches: what is asked, what is seen, and the pull cursor that delivers it.

#include <berth/core/error.hpp>
#include <berth/core/step.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/key_range.hpp>
#include <berth/store/key_value.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace berth::store {

/// Follow the keys of a range from a revision on.
struct watch_request {
    std::string key{};         ///< empty means the smallest key
    std::string range_end{};   ///< see `key_range`
    revision_number start = 0; ///< the first revision to deliver; 0 means from the next one on
    bool want_previous = false;
    bool skip_puts = false;
    bool skip_deletes = false;

    [[nodiscard]] auto keys() const -> key_range { return {key.empty() ? smallest_key : key, range_end}; }
};

enum class event_type : std::uint8_t { put, erase };

/// A change of one key.
template <class V> struct event {
    event_type type = event_type::put;
    key_value<V> kv{};       ///< what was written; for a deletion only key and `mod_revision` are set
    key_value<V> previous{}; ///< what was there before the revision, if asked for, and not compacted

    /// Whether the key came into being.
    [[nodiscard]] auto is_create() const -> bool {
        return type == event_type::put && kv.create_revision() == kv.mod_revision();
    }
    friend auto operator==(event const&, event const&) -> bool = default;
};

/// What a cursor answers: a `result` of events. Taken out of a temporary they come as a value, so that
/// `for (auto const& e : cursor.next().value())` is what it looks like: in C++23 the range of a loop lives
/// on, but with the compilers of today (before P2718R0) only if it is a value, and not a part of another one.
template <class V> class [[nodiscard]] batch : public result<std::vector<event<V>>> {
    using base = result<std::vector<event<V>>>;

public:
    using value_type = std::vector<event<V>>;

    using base::base;
    batch(base answer) : base(std::move(answer)) {} // NOLINT(google-explicit-constructor): it is one

    [[nodiscard]] auto value() & -> value_type& { return base::value(); }
    [[nodiscard]] auto value() const& -> value_type const& { return base::value(); }
    [[nodiscard]] auto value() && -> value_type { return static_cast<base&&>(*this).value(); }
    [[nodiscard]] auto operator*() & -> value_type& { return base::operator*(); }
    [[nodiscard]] auto operator*() const& -> value_type const& { return base::operator*(); }
    [[nodiscard]] auto operator*() && -> value_type { return *static_cast<base&&>(*this); }
};

/// A position in a store's history that its owner moves forward. It keeps nothing but that position: a slow
/// owner costs the store nothing and delays nobody.
///
/// Minimal definition: `next`, `progress`, `on_wake`; movable.
///
/// `on_wake(waker)` takes the place of the waker it had; an empty one ends the calls, as does the end of the
/// cursor, and none is under way afterwards. The waker must not call the cursor, and may be called at once.
///
/// Laws (`store::laws::watches` and others check them):
/// * *ordered*: the events' revisions never decrease, and events of one revision come in the order of its
/// operations;
/// * *unique* and *complete*: over all calls, each matching event from the start on appears exactly once;
/// * *atomic*: the events of one revision come out of one call of `next`;
/// * *patient*: an empty answer means that nothing more has happened; a later call delivers what happens
/// later;
/// * *bookmarkable*: after a call, every matching event up to `progress()` was delivered, and none beyond it;
///   it never decreases and is never below the start less one;
/// * *resumable*: a watch started at `progress() + 1` continues without gap or repetition;
/// * *honest*: once the next revision to deliver is below the compacted one, `next` says `expired`, for ever.
/// * *roused*: when a key of the range is written after an empty answer, or after `on_wake`, the waker is
///   called (once, until `next` is called again); a write of other keys does not call it. A call while `next`
///   is at work asks for another `next`. A cursor that waits
///   for its waker counts as up to date: a compaction of what was written elsewhere does not let it expire.
/// Models: `memory<V>::cursor`.
template <class C, class V>
concept watch_cursor = std::movable<C> && requires(C& c, C const& k) {
    { c.next() } -> std::same_as<batch<V>>;
    { k.progress() } -> std::same_as<revision_number>;
    c.on_wake(waker{});
};

} // namespace berth::store
