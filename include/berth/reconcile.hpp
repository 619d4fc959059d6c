#pragma once

/// \file
/// Reconciling: queues, caches, plans and the loop that drives actual to desired.

// IWYU pragma: begin_exports
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/cache.hpp>
#include <berth/reconcile/causes.hpp>
#include <berth/reconcile/change.hpp>
#include <berth/reconcile/children.hpp>
#include <berth/reconcile/conditions.hpp>
#include <berth/reconcile/controller.hpp>
#include <berth/reconcile/fair_turns.hpp>
#include <berth/reconcile/finalizer.hpp>
#include <berth/reconcile/fwd.hpp>
#include <berth/reconcile/index.hpp>
#include <berth/reconcile/loop.hpp>
#include <berth/reconcile/manager.hpp>
#include <berth/reconcile/ownership.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/reconcile/queue.hpp>
#include <berth/reconcile/reflector.hpp>
#include <berth/reconcile/shared_queue.hpp>
#include <berth/reconcile/table.hpp>
#include <berth/reconcile/transform.hpp>
#include <berth/reconcile/world.hpp>
// IWYU pragma: end_exports
