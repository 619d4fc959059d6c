#pragma once

/// \file
/// An open watch of an in-process server: a store's cursor, narrowed to what its owner selected.

#include <berth/api/object_store.hpp>
#include <berth/api/options.hpp>
#include <berth/api/selection.hpp>
#include <berth/core/config.hpp>
#include <berth/store/versioned_store.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <utility>

namespace berth::api {

/// Tells what there is, if asked to, then every change of the selected objects, once and in order. An object
/// that begins to match is told as added, one that ceases to as deleted (its last matching state at the new
/// revision).
class watcher {
public:
    watcher(std::shared_ptr<kind const> k, selection s, object_store::cursor cursor)
        : kind_(std::move(k)), selection_(std::move(s)), cursor_(std::move(cursor)) {}

    /// Tells this object as added before everything else.
    auto begin_with(object::object_ref existing) -> void;
    /// Tells that everything that was there has been told.
    auto end_of_initial(object::revision at) -> void;

    /// The next event, or nothing yet. Errors: `expired` when the history it needs has been compacted.
    auto next() -> result<std::optional<watch_event>>;

    /// Every selected change up to this revision has been told.
    [[nodiscard]] auto progress() const -> object::revision;
    [[nodiscard]] auto of() const -> kind const& { return *kind_; }
    /// See `watch_stream`.
    auto on_wake(waker w) -> void;

private:
    using store_event = store::event<object::any_object>;

    auto translate(store_event const& e) -> result<void>;

    auto read(object::any_object const& value, object::any_object& into) -> result<void>;

    std::shared_ptr<kind const> kind_;
    selection selection_;
    object_store::cursor cursor_;
    std::deque<watch_event> pending_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/watcher.ipp>
#endif
