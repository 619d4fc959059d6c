#pragma once

/// \file
/// The bodies of `api/remote`, for one unit of a program in separate compilation.

#include <berth/api/http/detail/remote_desk.ipp>
#include <berth/api/http/detail/remote_request.ipp>
#include <berth/api/http/remote.ipp>
