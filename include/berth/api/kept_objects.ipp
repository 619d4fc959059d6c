#pragma once

/// \file
/// The bodies of `berth/api/kept_objects.hpp`.

#include <berth/api/kept_objects.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL kept_objects::kept_objects(std::span<object::resource_name const* const> kinds) {
    for (auto const* const r : kinds)
        if (!keeps(*r)) shelves_.emplace_back(std::make_unique<shelf>())->resource = r;
}

BERTH_DECL auto kept_objects::find(storage const& from, std::shared_ptr<kind const> const& of,
                                   object::key const& where) -> result<object::object_ref> {
    auto& s = *shelf_of(*of->resource);
    auto const lock = std::scoped_lock(s.mutex);
    if (auto ok = refresh(s, from, of); !ok) return std::unexpected(std::move(ok).error());
    auto const found = s.objects.find(where);
    return found == s.objects.end() ? object::object_ref() : found->second;
}

BERTH_DECL auto kept_objects::all(storage const& from, std::shared_ptr<kind const> const& of)
    -> result<std::vector<object::object_ref>> {
    auto& s = *shelf_of(*of->resource);
    auto const lock = std::scoped_lock(s.mutex);
    if (auto ok = refresh(s, from, of); !ok) return std::unexpected(std::move(ok).error());
    auto out = std::vector<object::object_ref>();
    out.reserve(s.objects.size());
    for (auto const& [where, o] : s.objects) out.push_back(o);
    return out;
}

BERTH_DECL auto kept_objects::shelf_of(object::resource_name const& r) const -> shelf* {
    for (auto const& s : shelves_)
        if (*s->resource == r) return s.get();
    return nullptr;
}

/// A watch ends when its history is compacted, or its connection breaks: then all is read again, once.
BERTH_DECL auto kept_objects::refresh(shelf& s, storage const& from, std::shared_ptr<kind const> const& of)
    -> result<void> {
    if (s.watch && &s.watch->of() == of.get() && catch_up(s)) return {};
    if (auto ok = open(s, from, of); !ok) return ok;
    return catch_up(s);
}

BERTH_DECL auto kept_objects::open(shelf& s, storage const& from, std::shared_ptr<kind const> const& of)
    -> result<void> {
    s.watch.reset();
    s.objects.clear();
    auto everything = selection::parse(*of, {}, {});
    if (!everything) return std::unexpected(std::move(everything).error());
    auto opened = from.watch(of, {}, *std::move(everything), 0);
    if (!opened) return std::unexpected(std::move(opened).error());
    s.watch = *std::move(opened);
    return {};
}

BERTH_DECL auto kept_objects::catch_up(shelf& s) -> result<void> {
    while (true) {
        auto event = s.watch->next();
        if (!event) {
            s.watch.reset();
            return std::unexpected(std::move(event).error());
        }
        if (!*event) return {};
        auto& o = (*event)->object;
        if (!o) continue;
        auto where = o->metadata().where();
        if ((*event)->type == watch_event::kind::deleted) s.objects.erase(where);
        else s.objects.insert_or_assign(std::move(where), std::move(o));
    }
}

} // namespace berth::api
