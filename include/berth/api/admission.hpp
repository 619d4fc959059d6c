#pragma once

/// \file
/// The admission chain: plain functions that may change an object on its way in, or refuse it.

#include <berth/api/kind.hpp>
#include <berth/api/options.hpp>

#include <functional>
#include <string>
#include <vector>

namespace berth::api {

/// What a request is about to do.
struct admission_request {
    enum class operation : std::uint8_t { create, update, remove };

    operation op = operation::create;
    kind const& of;
    std::string namespace_;
    std::string name; ///< empty while it is still to be generated
    std::string subresource;
    object::draft* object = nullptr; ///< what is to be written; null for a deletion
    object::any_object before;       ///< what is there; empty for a creation
    bool dry_run = false;
    std::vector<std::string>& warnings; ///< sentences for the one who asks
};

/// What an admission function may know of the world.
struct admission_world {
    /// The object of a kind, or an empty handle.
    std::function<object::any_object(object::resource_name const&, object::key const&)> find;
    /// All objects of a kind.
    std::function<std::vector<object::object_ref>(object::resource_name const&)> list;
    time_point now;

    template <object::kind_type T> [[nodiscard]] auto find_as(object::key const& k) const
        -> object::stored<T> {
        return object::stored<T>({find(T::resource, k), 0});
    }
};

/// A step of admission: it may change `object` (before validation), or answer an error, usually `forbidden`.
using admission_step = std::function<result<void>(admission_request&, admission_world const&)>;

/// One link of the chain.
struct admission {
    std::string name;
    admission_step mutate;   ///< before validation; may be empty
    admission_step validate; ///< after it; may be empty
};

using admission_chain = std::vector<admission>;

} // namespace berth::api
