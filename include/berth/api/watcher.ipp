#pragma once

/// \file
/// The bodies of `berth/api/watcher.hpp`.

#include <berth/api/watcher.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto watcher::begin_with(object::object_ref existing) -> void {
    pending_.push_back({watch_event::kind::added, std::move(existing), {}, false});
}

BERTH_DECL auto watcher::end_of_initial(object::revision at) -> void {
    auto mark = watch_event{watch_event::kind::bookmark, {}, {}, true};
    mark.object.rev = at;
    pending_.push_back(std::move(mark));
}

BERTH_DECL auto watcher::next() -> result<std::optional<watch_event>> {
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

BERTH_DECL auto watcher::progress() const -> object::revision {
    return pending_.empty() ? cursor_.progress() : pending_.front().object.rev - 1;
}

BERTH_DECL auto watcher::on_wake(waker w) -> void {
    cursor_.on_wake(w);
    if (!pending_.empty()) w();
}

BERTH_DECL auto watcher::translate(store_event const& e) -> result<void> {
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
        pending_.push_back({watch_event::kind::modified, {std::move(now), rev}, std::move(before), false});
    else if (matches) pending_.push_back({watch_event::kind::added, {std::move(now), rev}, {}, false});
    else if (matched) // the last state, at the revision of the deletion: encoded once for all who watch
        pending_.push_back({watch_event::kind::deleted, {before, rev}, before, false});
    return {};
}

BERTH_DECL auto watcher::read(object::any_object const& value, object::any_object& into) -> result<void> {
    auto o = as_kind(*kind_, value);
    if (!o) return std::unexpected(std::move(o).error());
    into = *std::move(o);
    return {};
}

} // namespace berth::api
