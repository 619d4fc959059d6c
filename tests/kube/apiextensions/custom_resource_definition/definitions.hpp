#pragma once

/// \file
/// CustomResourceDefinitions for tests.

#include <berth/api/validation.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

#include <boost/json.hpp>

#include <string>
#include <utility>

namespace test {

/// A schema that is kept as long as this.
struct parsed_schema {
    explicit parsed_schema(std::string const& text) : json(boost::json::parse(text)) {}

    [[nodiscard]] auto view() const -> berth::kube::json_schema {
        return berth::kube::json_schema(json.get_object());
    }

    boost::json::value json;
};

/// The schema of objects whose `spec` has a member `a` of some schema.
inline auto schema_with(std::string const& member) -> std::string {
    return R"({"type":"object","properties":{"spec":{"type":"object","properties":{"a":)" + member + "}}}}";
}

inline auto version_with(std::string name, bool stored, std::string schema)
    -> berth::kube::custom_resource_version {
    auto v = berth::kube::custom_resource_version();
    v.name = std::move(name);
    v.served = true;
    v.storage = stored;
    v.schema.engage().open_api_v3_schema.engage().text = std::move(schema);
    return v;
}

/// Ships, in one version that is served and stored.
inline auto ships(std::string schema = schema_with(R"({"type":"integer"})"))
    -> berth::kube::custom_resource_definition {
    auto d = berth::kube::custom_resource_definition();
    d.metadata.name = "ships.sea.example.org";
    d.spec.group = "sea.example.org";
    d.spec.scope = "Namespaced";
    d.spec.names.plural = "ships";
    d.spec.names.singular = "ship";
    d.spec.names.kind = "Ship";
    d.spec.names.list_kind = "ShipList";
    d.spec.versions.push_back(version_with("v1", true, std::move(schema)));
    d.status.stored_versions = {"v1"};
    return d;
}

/// The same, its names accepted.
inline auto accepted_ships(std::string schema) -> berth::kube::custom_resource_definition {
    auto d = ships(std::move(schema));
    d.status.accepted_names = d.spec.names;
    return d;
}

inline auto told(berth::api::field_errors const& errors) -> std::string {
    auto out = std::string();
    for (auto const& c : errors.causes()) out += c.field + ": " + c.message + "\n";
    return out;
}

} // namespace test
