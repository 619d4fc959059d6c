#pragma once

/// \file
/// The bodies of `berth/api/http/request_labels.hpp`.

#include <berth/api/http/body.hpp>
#include <berth/api/http/parameters.hpp>
#include <berth/api/http/request_labels.hpp>
#include <berth/core/config.hpp>

namespace berth::api::http {

BERTH_DECL auto labels_of(request const& q, operation const& op) -> request_labels {
    auto const& r = *op.of->resource;
    auto out = request_labels{};
    out.group = r.group;
    out.version = r.version;
    out.resource = r.plural;
    out.subresource = op.part();
    out.scope = !op.name.empty() ? "resource" : op.namespace_.empty() ? "cluster" : "namespace";
    switch (op.what) {
    case verb::get: out.verb = "GET"; break;
    case verb::list: out.verb = "LIST"; break;
    case verb::watch: out.verb = "WATCH"; break;
    case verb::create: out.verb = "POST"; break;
    case verb::update: out.verb = "PUT"; break;
    case verb::patch: out.verb = is_apply(q.content_type) ? "APPLY" : "PATCH"; break;
    case verb::remove: out.verb = "DELETE"; break;
    case verb::remove_collection: out.verb = "DELETECOLLECTION"; break;
    }
    out.dry_run = !q.parameters.text("dryRun").empty();
    return out;
}

} // namespace berth::api::http
