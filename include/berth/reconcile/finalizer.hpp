#pragma once

/// \file
/// Finalizers: names on an object that keep it from being deleted until whoever put them there has cleaned up
/// and takes them off again.

#include <berth/core/config.hpp>
#include <berth/reconcile/plan.hpp>

#include <string_view>

namespace berth::reconcile {

[[nodiscard]] BERTH_DECL auto has_finalizer(object::meta const& m, std::string_view name) -> bool;
/// Puts a finalizer on, or takes it off. Answers whether that changed anything. On an object that is being
/// deleted already the API allows no new ones.
BERTH_DECL auto add_finalizer(object::meta& m, std::string_view name) -> bool;
BERTH_DECL auto remove_finalizer(object::meta& m, std::string_view name) -> bool;

/// The same as a step of a plan; none if there is nothing to change, or if a new one would not be allowed.
///
///     if (!db->metadata.deleting()) add_finalizer(todo, db.ref(), "example.org/backup");
///     else if (backed_up) remove_finalizer(todo, db.ref(), "example.org/backup");
BERTH_DECL auto add_finalizer(plan& to, object::object_ref const& o, std::string_view name) -> plan&;
BERTH_DECL auto remove_finalizer(plan& to, object::object_ref const& o, std::string_view name) -> plan&;

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/finalizer.ipp>
#endif
