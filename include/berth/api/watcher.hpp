#pragma once

/// \file
/// An open watch of an in-process server: a store's cursor, narrowed to what its owner selected.

#include <berth/api/object_store.hpp>
#include <berth/api/options.hpp>
#include <berth/api/selection.hpp>
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
    auto begin_with(object::object_ref existing) -> void {
        pending_.push_back({watch_event::kind::added, std::move(existing), {}, false});
    }
    /// Tells that everything that was there has been told.
    auto end_of_initial(object::revision at) -> void {
        auto mark = watch_event{watch_event::kind::bookmark, {}, {}, true};
        mark.object.rev = at;
        pending_.push_back(std::move(mark));
    }

    /// The next event, or nothing yet. Errors: `expired` when the history it needs has been compacted.
    auto next() -> result<std::optional<watch_event>> {
        while (pending_.empty()) {
            auto events = cursor_.next();
            if (!events) return std::unexpected(std::move(events).error());
            if (events->empty()) return std::nullopt;
            for (auto const& e : *events)
                if (auto r = translate(e); !r) return std::unexpected(std::move(r).error());
        }
        auto event = std::move(pending_.front());
        pending_.pop_front();
        return std::optional(std::move(event));
    }

    /// Every selected change up to this revision has been told.
    [[nodiscard]] auto progress() const -> object::revision {
        return pending_.empty() ? cursor_.progress() : pending_.front().object.rev - 1;
    }
    [[nodiscard]] auto of() const -> kind const& { return *kind_; }
    /// See `watch_stream`.
    auto on_wake(waker w) -> void {
        cursor_.on_wake(w);
        if (!pending_.empty()) w();
    }

private:
    using store_event = store::event<object::any_object>;

    auto translate(store_event const& e) -> result<void> {
        auto const rev = e.kv.mod_revision();
        auto now = object::any_object();
        auto before = object::any_object();
        if (e.type == store::event_type::put)
            if (auto ok = read(e.kv.value(), now); !ok) return ok;
        if (e.previous)
            if (auto ok = read(e.previous.value(), before); !ok) return ok;
        auto const matches = now && selection_.matches(now);
        auto const matched = before && selection_.matches(before);
        if (matches && matched)
            pending_.push_back(
                {watch_event::kind::modified, {std::move(now), rev}, std::move(before), false});
        else if (matches) pending_.push_back({watch_event::kind::added, {std::move(now), rev}, {}, false});
        else if (matched) // the last state, at the revision of the deletion: encoded once for all who watch
            pending_.push_back({watch_event::kind::deleted, {before, rev}, before, false});
        return {};
    }

    auto read(object::any_object const& value, object::any_object& into) -> result<void> {
        auto o = as_kind(*kind_, value);
        if (!o) return std::unexpected(std::move(o).error());
        into = *std::move(o);
        return {};
    }

    std::shared_ptr<kind const> kind_;
    selection selection_;
    object_store::cursor cursor_;
    std::deque<watch_event> pending_;
};

} // namespace berth::api
