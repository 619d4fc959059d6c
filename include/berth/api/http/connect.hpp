#pragma once

/// \file
/// The `exec`, `attach` and `portforward` subresources of pods: with which container of which pod, on which
/// node, somebody wants to speak (Kubernetes 1.36, `registry/core/pod/strategy.go`, `streamLocation`).

#include <berth/api/http/log.hpp>
#include <berth/api/http/parameters.hpp>
#include <berth/api/subresource.hpp>
#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <string>

namespace berth::api::http {

/// The other end of a connection that is asked for.
struct connect_target {
    std::string namespace_;
    std::string pod;
    std::string uid;       ///< of the pod
    std::string container; ///< empty for ports, which are the pod's
    std::string node;      ///< where the pod runs; not empty
};

/// Whom a request to connect to a pod means. Errors: `bad_request` for a container that is not the pod's or
/// not named, and for a pod that is on no node.
[[nodiscard]] BERTH_DECL auto read_connect_target(query const& q, object::any_object const& pod,
                                                  stream_content content) -> result<connect_target>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/connect.ipp>
#endif
