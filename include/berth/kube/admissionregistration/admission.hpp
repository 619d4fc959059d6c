#pragma once

/// \file
/// Admission by webhooks: requests are told to the servers that configurations name, which may change or
/// refuse them (apiserver 1.36, `admission/plugin/webhook`).
///
/// Mutating webhooks are asked in the order of their configurations' names, one after the other, validating
/// ones all at once; while nothing is locked and no transaction is open. One that let a write of a batch wait
/// in vain is not waited for again by the batch's other writes: to them it has failed. All of them together
/// have the time that a write may wait (`api::longest_admission`); then it is refused, also where their
/// failures are ignored. Their match conditions are not evaluated: they are asked whatever those say, of
/// which the writer of a configuration is warned.

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/net/post_request.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace berth::kube {

/// Asks webhooks at the same time and waits for their answers: `&net::post_all`, or what stands for it in a
/// test. One answer each, in their order; when a stop is asked for it returns at once. Errors: as
/// `net::post`.
using webhook_caller = std::function<std::vector<result<net::post_answer>>(std::span<net::post_request const>,
                                                                           std::stop_token const&)>;

/// How webhooks are called, and until when: writes that wait for them at a stop fail.
struct webhook_calling {
    webhook_caller call;
    std::stop_token stop = {};
};

/// The link that asks mutating webhooks. When one changed an object that others had seen, the steps of
/// admission before it are done once more, and so are those webhooks that want it (`reinvocationPolicy`).
/// `seed`: of the questions' uids.
[[nodiscard]] BERTH_DECL auto mutating_webhooks(webhook_calling by, std::uint64_t seed) -> api::admission;

/// The link that asks validating webhooks.
[[nodiscard]] BERTH_DECL auto validating_webhooks(webhook_calling by, std::uint64_t seed) -> api::admission;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/admission.ipp>
#endif
