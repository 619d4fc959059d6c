#pragma once

/// \file
/// The bodies of `core/credentials`, for one unit of a program in separate compilation.

#include <berth/core/credentials/authority.ipp>
#include <berth/core/credentials/certificate_request.ipp>
#include <berth/core/credentials/cluster_keys.ipp>
#include <berth/core/credentials/private_key.ipp>
