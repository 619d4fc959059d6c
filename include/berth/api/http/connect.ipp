#pragma once

/// \file
/// The bodies of `berth/api/http/connect.hpp`.

#include <berth/api/errors.hpp>
#include <berth/api/http/connect.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http {

BERTH_DECL auto read_connect_target(query const& q, object::any_object const& pod, stream_content content)
    -> result<connect_target> {
    auto const& m = pod.metadata();
    auto out =
        connect_target{.namespace_ = m.namespace_, .pod = m.name, .uid = m.uid, .container = {}, .node = {}};
    auto const spec = detail::member{&pod.type(), pod.data()}.find("spec");
    if (content != stream_content::port_forward) {
        auto container = detail::choose_container(m.name, spec, q.text("container"));
        if (!container) return std::unexpected(std::move(container).error());
        out.container = *std::move(container);
    }
    out.node = spec.find("nodeName").text();
    if (out.node.empty()) return bad_request("pod " + m.name + " does not have a host assigned");
    return out;
}

} // namespace berth::api::http
