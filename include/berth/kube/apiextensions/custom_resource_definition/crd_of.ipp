#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/crd_of.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/crd_of.hpp>
#include <berth/object/structural_schema.hpp>

#include <boost/json/serialize.hpp>

#include <utility>

namespace berth::kube {

BERTH_DECL auto crd_of(object::type_info const& type, crd_options options) -> custom_resource_definition {
    auto const& r = *type.resource;
    auto out = custom_resource_definition();
    out.metadata.name = std::string(r.plural) + "." + std::string(r.group);
    out.spec.group = r.group;
    out.spec.scope = r.namespaced ? "Namespaced" : "Cluster";
    auto& names = out.spec.names;
    names.plural = r.plural;
    names.singular = r.singular;
    names.kind = r.kind;
    names.list_kind = std::string(r.kind) + "List";
    names.short_names = std::move(options.short_names);
    names.categories = std::move(options.categories);
    auto& version = out.spec.versions.emplace_back();
    version.name = r.version;
    version.served = true;
    version.storage = true;
    version.schema.engage().open_api_v3_schema.engage().text =
        boost::json::serialize(object::structural_schema(type));
    if (type.field("status") != nullptr) version.subresources.engage().status.engage();
    if (!options.scale.spec_replicas_path.empty() || !options.scale.status_replicas_path.empty())
        version.subresources.engage().scale.engage() = std::move(options.scale);
    for (auto& c : options.columns) version.additional_printer_columns.push_back(std::move(c));
    return out;
}

} // namespace berth::kube
