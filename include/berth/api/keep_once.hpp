#pragma once

/// \file
/// What a cluster has once, and no API shows: kept in its store beside the objects.

#include <berth/api/object_store.hpp>
#include <berth/core/error.hpp>
#include <berth/store/operations.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace berth::api {

/// Before the keys of what no API shows: those of objects begin with `/registry/`.
inline constexpr std::string_view private_prefix = "/berth/";

/// An object that is made when it is first asked for, and then is the same for all that use the store, now
/// and after a restart. `name`: below `private_prefix`. It must be of a kind of the registry, so that the
/// store can read it again; requests never see it, whoever makes them. `make() -> result<T>`. Errors: those
/// of `make` and of the store; `internal`, if something else is kept under that name.
template <object::kind_type T, class Make>
    requires std::same_as<decltype(std::declval<Make&>()()), result<T>>
[[nodiscard]] auto keep_once(object_store& store, std::string_view name, Make make) -> result<T> {
    auto const key = std::string(private_prefix).append(name);
    auto const read = [&](object::any_object const& kept) -> result<T> {
        if (kept && &kept.type() == &object::type_of<T>()) return kept.as<T>();
        return fail(error_code::internal, key + ": another kind of object is kept there");
    };
    auto const there = store::get(store, key);
    if (!there) return std::unexpected(there.error());
    if (*there) return read(there->value());
    auto made = make();
    if (!made) return made;
    auto const done = store::put_if(store, key, 0, object::any_object(*made));
    if (!done) return std::unexpected(done.error());
    return done->succeeded ? made : read(done->current.value()); // somebody else was faster
}

} // namespace berth::api
