#pragma once

/// \file
/// The bodies of `bench`, for one unit of a program in separate compilation.

#include <berth/bench/arrivals.ipp>
#include <berth/bench/figures.ipp>
#include <berth/bench/pod_workload.ipp>
#include <berth/bench/pods.ipp>
