#pragma once

/// \file
/// Carries out in the store what `plan_deletion` decided.

#include <berth/api/lifecycle.hpp>
#include <berth/api/storage.hpp>

#include <string>
#include <utility>

namespace berth::api {

namespace detail {

/// Removes an object that was just marked. Others see the mark, and may write the object once more or
/// remove it first: it goes all the same.
inline auto erase_marked(storage const& objects, kind const& k, object::key const& where,
                         std::string const& uid, object::revision at) -> result<object::revision> {
    while (true) {
        auto gone = objects.erase(k, where, at);
        if (gone) return gone;
        if (gone.error().code == error_code::not_found) return at;
        if (gone.error().code != error_code::conflict) return gone;
        auto const now_there = objects.read(k, where);
        if (!now_there && now_there.error().code == error_code::not_found) return at;
        if (!now_there) return std::unexpected(now_there.error());
        if (now_there->object.metadata().uid != uid) return at;
        at = now_there->rev;
    }
}

} // namespace detail

/// Marks or removes an object as it was planned from its state `current`; nothing, in a dry run.
/// Errors: `conflict` if somebody wrote it meanwhile, `not_found`.
inline auto carry_out(storage const& objects, kind const& k, object::key const& where,
                      object::object_ref const& current, deletion_step step, bool dry_run)
    -> result<deletion> {
    using what = deletion_step::kind;
    if (step.what == what::nothing) return deletion{false, current};
    auto const unchanged = step.object == current.object;
    if (dry_run || (step.what == what::update && unchanged))
        return deletion{step.what == what::remove, {std::move(step.object), current.rev}};
    auto at = current.rev;
    auto last = step.object;
    if ((step.what == what::update || step.marked) && !unchanged) {
        auto const marked = objects.replace(k, where, at, std::move(step.object));
        if (!marked) return std::unexpected(marked.error());
        if (step.what == what::update) return deletion{false, *marked};
        at = marked->rev;
    }
    auto const gone = step.marked ? detail::erase_marked(objects, k, where, last.metadata().uid, at)
                                  : objects.erase(k, where, at);
    if (!gone) return std::unexpected(gone.error());
    return deletion{true, {object::any_object(std::move(last)), *gone}};
}

} // namespace berth::api
