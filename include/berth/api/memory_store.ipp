#pragma once

/// \file
/// The store of objects in memory, compiled once: see `berth/api/memory_store.hpp`.

#include <berth/api/memory_store.hpp>

#if defined(BERTH_SEPARATE_COMPILATION)
namespace berth {

template class store::detail::local_store<object::any_object, store::detail::no_journal<object::any_object>>;
template auto api::objects_in(api::memory_store& store, api::shared_registry const& kinds)
    -> api::object_store;

} // namespace berth
#endif
