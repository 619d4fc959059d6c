#pragma once

/// \file
/// A small world for the tests of the network front: boats (which have a status, a scale, columns), piers
/// (which belong to no namespace) and crews (a kind without anything), an API server for them, and a client.

#include <berth/api/registry.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace harbour {

namespace api = berth::api;
namespace object = berth::object;

struct mast {
    std::string name;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(mast, "io.harbour.v1.Mast", (name, .required = true))
};

struct hull {
    std::string name;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(hull, "io.harbour.v1.Hull", (name, .required = true))
};

struct boat_spec {
    std::int32_t sails = 0;
    std::string rig;
    std::vector<mast> masts;
    std::vector<hull> containers;
    std::string node_name;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(boat_spec, "io.harbour.v1.BoatSpec", (sails, .text = "How many."),
                   (rig, .values = "Sloop,Ketch"),
                   (masts, .merge_key = "name", .patch = object::patch_strategy::merge), (containers),
                   (node_name))
};

struct boat_status {
    std::int32_t set_sails = 0;
    std::optional<object::timestamp> sailed;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(boat_status, "io.harbour.v1.BoatStatus", (set_sails), (sailed))
};

struct boat {
    static constexpr object::resource_name resource{"harbour.io", "v1", "Boat", "boats", "boat"};
    object::meta metadata;
    boat_spec spec;
    boat_status status;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(boat, "io.harbour.v1.Boat", (metadata, .always = true),
                   (spec, .required = true, .always = true), (status, .always = true))
};

struct pier {
    static constexpr object::resource_name resource{"", "v1", "Pier", "piers", "pier", false};
    object::meta metadata;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(pier, "io.harbour.v1.Pier", (metadata, .always = true))
};

struct crew {
    static constexpr object::resource_name resource{"", "v1", "Crew", "crews", "crew"};
    object::meta metadata;
    object::string_map data;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(crew, "io.harbour.v1.Crew", (metadata, .always = true), (data))
};

/// A crew at a revision.
inline auto crew_ref(std::string name, object::revision rev, std::string content = "1")
    -> object::object_ref {
    auto c = crew{};
    c.metadata.name = std::move(name);
    c.data["a"] = std::move(content);
    return {object::any_object(std::move(c)), rev};
}

inline auto kinds() -> api::registry {
    auto out = api::registry();
    auto boats = api::kind_of<boat>{};
    boats.short_names = {"bo"};
    boats.categories = {"all"};
    boats.generation = api::generation_rule::spec;
    using berth::time_point;
    boats.columns = {
        {.name = "Name",
         .value = [](boat const& b, time_point) -> api::cell { return b.metadata.name; },
         .format = "name"},
        {.name = "Sails",
         .value = [](boat const& b, time_point) -> api::cell { return std::int64_t{b.spec.sails}; },
         .type = "integer",
         .description = "How many."},
        {.name = "Rig",
         .value = [](boat const& b, time_point) -> api::cell { return b.spec.rig; },
         .priority = 1}};
    constexpr auto sails = [](boat const& b) {
        return api::scale_state{b.spec.sails, b.status.set_sails, "app=boat"};
    };
    constexpr auto set_sails = [](boat& b, std::int32_t n) { b.spec.sails = n; };
    boats.subresources = {api::log_subresource(), api::scale_subresource<sails, set_sails, boat>()};
    boats.validate = [](boat const& b, api::field_errors& errors) {
        auto const spec = api::field_path("spec");
        if (b.spec.sails < 0) errors.invalid(spec.child("sails"), b.spec.sails, "must not be negative");
    };
    out.add(std::move(boats));
    out.add(api::kind_of<pier>{});
    auto crews = api::kind_of<crew>{};
    crews.deprecation = "v1 Crew is deprecated";
    out.add(crews);
    return out;
}

inline auto find(api::registry const& kinds, std::string_view plural) -> api::kind const& {
    auto const* const found =
        plural == "boats" ? kinds.find("harbour.io", "v1", plural) : kinds.find("", "v1", plural);
    return *found;
}

inline constexpr std::string_view boats = "/apis/harbour.io/v1/namespaces/bay/boats";

inline auto boat_text(std::string_view name, int sails = 1) -> std::string {
    return R"({"kind":"Boat","apiVersion":"harbour.io/v1","metadata":{"name":")" + std::string(name) +
           R"("},"spec":{"sails":)" + std::to_string(sails) + "}}";
}

/// A boat that is a pod as far as the front looks at one, with containers of these names.
inline auto ship(std::vector<std::string> const& hulls, std::string node = "n1") -> object::any_object {
    auto b = boat{};
    b.metadata.name = "x";
    b.metadata.namespace_ = "bay";
    b.spec.node_name = std::move(node);
    for (auto const& name : hulls) b.spec.containers.push_back({name, {}});
    return b;
}

} // namespace harbour
