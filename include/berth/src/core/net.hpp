#pragma once

/// \file
/// The bodies of `core/net`, for one unit of a program in separate compilation.

#include <berth/core/net/connection.ipp>
#include <berth/core/net/detail/any_stream.ipp>
#include <berth/core/net/detail/byte_stream.ipp>
#include <berth/core/net/detail/name_search.ipp>
#include <berth/core/net/endpoint.ipp>
#include <berth/core/net/pool.ipp>
#include <berth/core/net/post.ipp>
#include <berth/core/net/readiness.ipp>
