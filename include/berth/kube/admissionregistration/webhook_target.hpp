#pragma once

/// \file
/// Where a webhook is asked (apiserver 1.36, `util/webhook`; kube-aggregator's endpoint resolver).

#include <berth/api/admission_world.hpp>
#include <berth/core/config.hpp>
#include <berth/core/net/post_request.hpp>
#include <berth/kube/admissionregistration/webhook.hpp>

#include <cstdint>
#include <string>

namespace berth::kube {

/// Whether `host`, of a URL, is this machine: such webhooks may be asked without TLS.
[[nodiscard]] BERTH_DECL auto is_own_host_name(std::string_view host) -> bool;

/// Whether a webhook is asked without TLS: its URL says `http`, or it is a service and no certificate vouches
/// for it. (Kubernetes always asks with TLS.)
[[nodiscard]] BERTH_DECL auto asked_plainly(webhook_client_config const& c) -> bool;

/// The URL of a webhook, as messages tell it, with the time that it has.
[[nodiscard]] BERTH_DECL auto webhook_url(webhook_client_config const& c, std::int32_t timeout_seconds)
    -> std::string;

/// How a webhook is asked, without the question. That of a service is asked at one of its ready endpoints, at
/// its name if it is an external one, else at its cluster IP. Errors: `unavailable`, in the words of
/// Kubernetes; those of looking it up.
[[nodiscard]] BERTH_DECL auto webhook_target(webhook_client_config const& c, std::int32_t timeout_seconds,
                                             api::admission_world const& world) -> result<net::post_request>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/webhook_target.ipp>
#endif
