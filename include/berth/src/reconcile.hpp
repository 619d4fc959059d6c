#pragma once

/// \file
/// The bodies of `reconcile`, for one unit of a program in separate compilation.

#include <berth/reconcile/apply.ipp>
#include <berth/reconcile/cache.ipp>
#include <berth/reconcile/children.ipp>
#include <berth/reconcile/finalizer.ipp>
#include <berth/reconcile/loop.ipp>
#include <berth/reconcile/ownership.ipp>
#include <berth/reconcile/reflector.ipp>
