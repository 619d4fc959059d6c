#pragma once

/// \file
/// How a server says that it is well: `/healthz`, `/livez`, `/readyz` (apiserver 1.36, `server/healthz`).

#include <berth/api/http/message.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace berth::api::http {

/// Something that a server can tell of itself.
struct health_check {
    std::string name;
    std::function<result<void>()> look; ///< an error: it is not well. From any thread
};

/// All checks together: 200 if none fails, 500 otherwise. `page`: `livez` and the like. The parameter
/// `verbose` asks for a line on each; a failure has them anyway. The parameter `exclude` leaves a check out,
/// and may come several times.
[[nodiscard]] BERTH_DECL auto health_of(std::span<health_check const> checks, std::string_view page,
                                        query const& asked) -> response;

/// One check alone; 404 if there is none of that name.
[[nodiscard]] BERTH_DECL auto health_of(std::span<health_check const> checks, std::string_view name)
    -> response;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/health.ipp>
#endif
