#pragma once

/// \file
/// The bodies of `reconcile`, for one unit of a program in separate compilation.

#include <berth/reconcile/apply.ipp>
#include <berth/reconcile/causes.ipp>
#include <berth/reconcile/controller.ipp>
#include <berth/reconcile/laws.ipp>
#include <berth/reconcile/plan.ipp>
#include <berth/reconcile/shared_queue.ipp>
#include <berth/reconcile/table.ipp>
#include <berth/reconcile/world.ipp>
