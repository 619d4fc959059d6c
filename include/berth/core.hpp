#pragma once

/// \file
/// The core: errors, time, randomness, components.

// IWYU pragma: begin_exports
#include <berth/core/assert.hpp>
#include <berth/core/base64.hpp>
#include <berth/core/base64url.hpp>
#include <berth/core/clock.hpp>
#include <berth/core/config.hpp>
#include <berth/core/credentials/certificate_order.hpp>
#include <berth/core/credentials/signer.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/core/error.hpp>
#include <berth/core/exposition.hpp>
#include <berth/core/fair_queue.hpp>
#include <berth/core/fair_share.hpp>
#include <berth/core/fnv.hpp>
#include <berth/core/fwd.hpp>
#include <berth/core/net/endpoint.hpp>
#include <berth/core/net/post_request.hpp>
#include <berth/core/net/readiness.hpp>
#include <berth/core/net/tls_files.hpp>
#include <berth/core/pem.hpp>
#include <berth/core/random.hpp>
#include <berth/core/result.hpp>
#include <berth/core/sha256.hpp>
#include <berth/core/step.hpp>
#include <berth/core/svg.hpp>
#include <berth/core/threads.hpp>
#include <berth/core/time.hpp>
#include <berth/core/version.hpp>
// IWYU pragma: end_exports
