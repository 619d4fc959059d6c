#pragma once

/// \file
/// The bodies of `kube`, for one unit of a program in separate compilation.

#include <berth/src/kube/core.hpp>
#include <berth/src/kube/others.hpp>
#include <berth/src/kube/pod.hpp>
#include <berth/src/kube/schedule.hpp>
#include <berth/src/kube/scheduler.hpp>
#include <berth/src/kube/workloads.hpp>
