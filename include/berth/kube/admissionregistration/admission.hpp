#pragma once

/// \file
/// Admission by webhooks: requests are told to the servers that configurations name, which may change or
/// refuse them (apiserver 1.36, `admission/plugin/webhook`).
///
/// Webhooks are asked in the order of their configurations' names, one after the other, each while nothing is
/// locked and no transaction is open. Their match conditions are not evaluated: they are asked whatever those
/// say, of which the writer of a configuration is warned.

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/net/post_request.hpp>

#include <cstdint>
#include <functional>

namespace berth::kube {

/// Asks a webhook and waits for its answer: `&net::post`, or what stands for it in a test. Errors: as
/// `net::post`.
using webhook_caller = std::function<result<net::post_answer>(net::post_request const&)>;

/// The link that asks mutating webhooks. When one changed an object that others had seen, the steps of
/// admission before it are done once more, and so are those webhooks that want it (`reinvocationPolicy`).
/// `seed`: of the questions' uids.
[[nodiscard]] BERTH_DECL auto mutating_webhooks(webhook_caller call, std::uint64_t seed) -> api::admission;

/// The link that asks validating webhooks.
[[nodiscard]] BERTH_DECL auto validating_webhooks(webhook_caller call, std::uint64_t seed) -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/admission.ipp>
#endif
