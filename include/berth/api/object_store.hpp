#pragma once

/// \file
/// The store of an API server: any versioned store of objects, or one of JSON documents, behind one type.

#include <berth/api/document_store.hpp>
#include <berth/store/any_store.hpp>
#include <berth/store/by_reference.hpp>

#include <concepts>
#include <string>
#include <utility>

namespace berth::api {

/// Where an API server keeps its objects. One indirect call per operation (a batch is one), one allocation
/// per watch.
using object_store = store::any_store<object::any_object>;

/// What an API server can keep its objects in: a store of objects, or one of their documents.
template <class S>
concept stores_objects =
    store::versioned_store<S> && (std::same_as<typename S::value_type, object::any_object> ||
                                  std::same_as<typename S::value_type, std::string>);

/// A store, by reference, as the one of an API server. `kinds` are those whose documents can be read.
template <stores_objects S> [[nodiscard]] auto objects_in(S& store, shared_registry const& kinds)
    -> object_store {
    if constexpr (std::same_as<typename S::value_type, std::string>) return {document_store<S>(store, kinds)};
    else return {store::by_reference(store)};
}

} // namespace berth::api
