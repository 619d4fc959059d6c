#pragma once

/// \file
/// The bodies of `reconcile`, for one unit of a program in separate compilation.

#include <berth/reconcile/any_controller.ipp>
#include <berth/reconcile/apply.ipp>
#include <berth/reconcile/cache.ipp>
#include <berth/reconcile/causes.ipp>
#include <berth/reconcile/children.ipp>
#include <berth/reconcile/finalizer.ipp>
#include <berth/reconcile/laws.ipp>
#include <berth/reconcile/log.ipp>
#include <berth/reconcile/look.ipp>
#include <berth/reconcile/loop.ipp>
#include <berth/reconcile/manager.ipp>
#include <berth/reconcile/ownership.ipp>
#include <berth/reconcile/plan.ipp>
#include <berth/reconcile/reflector.ipp>
#include <berth/reconcile/shared_queue.ipp>
#include <berth/reconcile/table.ipp>
#include <berth/reconcile/transform.ipp>
#include <berth/reconcile/world.ipp>
