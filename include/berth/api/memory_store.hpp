#pragma once

/// \file
/// A store of objects in this process's memory, as most API servers in a process have it: compiled once in
/// separate compilation.

#include <berth/api/object_store.hpp>
#include <berth/object/any_object.hpp>
#include <berth/store/memory.hpp>

namespace berth::api {

/// Keeps objects as they are: nothing is encoded, and readers share what was written.
using memory_store = store::memory<object::any_object>;

} // namespace berth::api

#if defined(BERTH_SEPARATE_COMPILATION)
namespace berth {

extern template class store::detail::local_store<object::any_object,
                                                 store::detail::no_journal<object::any_object>>;
extern template auto api::objects_in(api::memory_store& store, api::shared_registry const& kinds)
    -> api::object_store;

} // namespace berth
#endif

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/memory_store.ipp>
#endif
