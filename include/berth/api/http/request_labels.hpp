#pragma once

/// \file
/// What requests are counted as (apiserver 1.36, `endpoints/metrics`).

#include <berth/api/http/message.hpp>
#include <berth/api/http/route.hpp>
#include <berth/core/config.hpp>

#include <compare>
#include <string>

namespace berth::api::http {

/// What a request was about. Only requests that the server knows have labels, so there are few.
struct request_labels {
    std::string group;
    std::string version;
    std::string resource;
    std::string subresource;
    std::string scope; ///< `cluster`, `namespace` or `resource`
    std::string
        verb; ///< `GET`, `LIST`, `WATCH`, `POST`, `PUT`, `PATCH`, `APPLY`, `DELETE`, `DELETECOLLECTION`
    bool dry_run = false;

    friend auto operator<=>(request_labels const&, request_labels const&) = default;
};

/// The labels of a request for objects.
[[nodiscard]] BERTH_DECL auto labels_of(request const& q, operation const& op) -> request_labels;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/request_labels.ipp>
#endif
