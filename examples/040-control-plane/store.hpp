#pragma once

/// \file
/// The store of the control plane, as the command line says: in memory, in a directory, or in an etcd.

#include <berth/api/registry.hpp>
#include <berth/object/any_object.hpp>
#include <berth/store/any_store.hpp>

#include <functional>
#include <stop_token>
#include <string>

namespace plane {

using object_store = berth::store::any_store<berth::object::any_object>;

/// Which store, and how it is reached.
struct store_options {
    std::string where = "memory";   ///< `memory`, `lmdb:DIR` or `etcd:URL[,URL...]`
    std::int64_t history = 100'000; ///< how many revisions are kept; etcd sees to that itself
    std::string etcd_user;          ///< `name:password`; empty: no authentication
    std::string etcd_ca, etcd_cert, etcd_key;
};

/// A store that is open.
struct opened_store {
    object_store objects;
    std::function<void(object_store&, std::stop_token)> tend; ///< to run on a thread as long as it is used
    bool shared = false;                                      ///< other control planes may use it
};

/// Errors: `bad_request` (no such kind of store), those of the store.
auto open_store(store_options const& options, berth::api::shared_registry const& kinds)
    -> berth::result<opened_store>;

/// What is wrong with a `--store`, or nothing.
auto complaint_about_store(std::string const& where) -> std::string;

} // namespace plane
