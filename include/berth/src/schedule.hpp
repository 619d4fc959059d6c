#pragma once

/// \file
/// The bodies of `schedule`, for one unit of a program in separate compilation.

#include <berth/schedule/detail/plugin_call.ipp>
#include <berth/schedule/plugin_library.ipp>
