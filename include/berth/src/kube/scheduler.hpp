#pragma once

/// \file
/// The bodies of `kube/scheduler`, for one unit of a program in separate compilation.

#include <berth/kube/schedule/scheduler.ipp>
