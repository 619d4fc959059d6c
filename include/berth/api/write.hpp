#pragma once

/// \file
/// Writes as values: what a client asks for, alone or many at once, and what it is answered.

#include <berth/api/options.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api {

/// Create an object.
struct create_request {
    object::any_object object;
    create_options options{};
};

/// Write an object, or a part of it through a subresource.
struct update_request {
    object::any_object object; ///< an object of the kind, or of the subresource's, such as a `Scale`
    update_options options{};
    object::resource_name const* resource = nullptr; ///< the kind that is written; null: the object's
};

/// Change an object as a patch says.
struct patch_request {
    object::resource_name const* resource = nullptr;
    object::key where;
    api::patch patch{};
    patch_options options{};
};

/// Server-side apply: state what the one who asks wants, and own it.
struct apply_request {
    object::resource_name const* resource = nullptr;
    object::key where;
    std::string body; ///< JSON
    patch_options options{};
};

/// Delete an object.
struct remove_request {
    object::resource_name const* resource = nullptr;
    object::key where;
    delete_options options{};
};

/// Post a body to a subresource that is an action: `binding`, `eviction`.
struct act_request {
    object::resource_name const* resource = nullptr;
    object::key where;
    std::string subresource{};
    object::any_object body{};
    create_options options{};
};

/// A write of any sort.
using write =
    std::variant<create_request, update_request, patch_request, apply_request, remove_request, act_request>;

/// What a write did.
struct written {
    object::object_ref object{};         ///< its state afterwards; of what is gone, the last one
    bool created = false;                ///< it was not there before
    bool gone = false;                   ///< it is not there any more
    std::vector<std::string> warnings{}; ///< what the writer should know though the request was accepted
};

} // namespace berth::api
