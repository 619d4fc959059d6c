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
    std::string name;                   ///< empty while it is still to be generated
    std::string subresource;
    object::draft* object = nullptr;    ///< what is to be written; null for a deletion
    object::any_object before;          ///< what is there; empty for a creation
    bool dry_run = false;
    std::vector<std::string>& warnings; ///< sentences for the one who asks
};

/// Looks up an object for admission: what an admission function may know of the world.
using lookup = std::function<object::any_object(object::resource_name const&, object::key const&)>;

/// One link of the chain. It may change `object` before validation, or answer an error (usually `forbidden`).
struct admission {
    std::string name;
    std::function<result<void>(admission_request&, lookup const&)> mutate;   ///< before validation; may be empty
    std::function<result<void>(admission_request&, lookup const&)> validate; ///< after it; may be empty
};

using admission_chain = std::vector<admission>;

} // namespace berth::api
