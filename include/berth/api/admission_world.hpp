#pragma once

/// \file
/// What an admission step, an action or a review may know of the world, and of who asks.

#include <berth/api/identity.hpp>
#include <berth/api/options.hpp>
#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/object/any_object.hpp>

#include <functional>
#include <utility>
#include <vector>

namespace berth::api {

/// The objects of an API as a step of a request sees them. Errors are errors: what cannot be read now is not
/// "not there".
struct admission_world {
    /// The object of a kind. Errors: `not_found`, `unavailable`.
    std::function<result<object::any_object>(object::resource_name const&, object::key const&)> find;
    /// All objects of a kind. Errors: `unavailable`.
    std::function<result<std::vector<object::object_ref>>(object::resource_name const&)> list;
    /// Writes the status of an object on the server's own account, if it is still as it was at a revision.
    /// Answers its new revision. Errors: `conflict`, and those of any write. Empty where nothing can be
    /// written.
    std::function<result<object::revision>(object::any_object, object::revision)> write_status;
    /// Deletes an object on the server's own account. Errors: those of any deletion.
    std::function<result<void>(object::resource_name const&, object::key const&, delete_options const&)>
        remove;
    time_point now;

    /// See `write_status`.
    template <object::kind_type T>
    [[nodiscard]] auto put_status(T object, object::revision seen) const -> result<object::revision> {
        if (!write_status) return fail(error_code::unavailable, "nothing can be written here");
        return write_status(object::any_object(std::move(object)), seen);
    }

    template <object::kind_type T>
    [[nodiscard]] auto find_as(object::key const& k) const -> result<object::stored<T>> {
        auto found = find(T::resource, k);
        if (!found) return std::unexpected(std::move(found).error());
        return object::stored<T>({*std::move(found), 0});
    }
};

/// What an action or a review is told besides its body.
struct action_context {
    admission_world const& world;
    identity const& who;
    time_point now;
    bool dry_run = false;
    object::revision seen = 0; ///< of the object that an action is about
};

} // namespace berth::api
