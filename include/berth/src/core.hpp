#pragma once

/// \file
/// The bodies of `core`, for one unit of a program in separate compilation.

#include <berth/core/base64.ipp>
#include <berth/core/base64url.ipp>
#include <berth/core/clock.ipp>
#include <berth/core/config.ipp>
#include <berth/core/detail/wire_reader.ipp>
#include <berth/core/detail/wire_writer.ipp>
#include <berth/core/exposition.ipp>
#include <berth/core/pem.ipp>
#include <berth/core/random.ipp>
#include <berth/core/sha256.ipp>
#include <berth/core/step.ipp>
#include <berth/core/temporary_folder.ipp>
