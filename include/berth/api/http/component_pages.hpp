#pragma once

/// \file
/// What a component that serves no API tells of itself over HTTP: `/healthz`, `/livez`, `/readyz` and
/// `/metrics`, as kube-controller-manager and kube-scheduler do.

#include <berth/api/http/health.hpp>
#include <berth/api/http/message.hpp>
#include <berth/core/config.hpp>

#include <functional>
#include <string>
#include <vector>

namespace berth::api::http {

/// Answers requests for the pages; a `request_handler`. Its functions are called from any thread.
///
///     auto about = http::listener(http::component_pages{.health = ..., .readiness = ..., .metrics = ...},
///                                 {.port = 10257});
struct component_pages {
    std::function<std::vector<health_check>()> health;    ///< `/healthz` and `/livez`, and `/healthz/NAME`
    std::function<std::vector<health_check>()> readiness; ///< `/readyz`, `/readyz/NAME`
    std::function<std::string()> metrics;                 ///< in Prometheus' format; empty: there are none

    /// 405 for other methods than `GET` and `HEAD`, 404 for other pages.
    auto operator()(request const& q) const -> answer;
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/component_pages.ipp>
#endif
