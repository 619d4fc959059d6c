#pragma once

/// \file
/// What every API object has: names, labels, owners, versions (apimachinery 1.36, `meta/v1`).

#include <berth/core/config.hpp>
#include <berth/object/rare_text.hpp>
#include <berth/object/scalars.hpp>
#include <berth/object/shared_fields.hpp>

namespace berth::object {

/// Labels and annotations.
using string_map = dictionary<std::string>;

/// Where an object is: its namespace (empty for kinds of the cluster) and name.
struct key {
    std::string namespace_;
    std::string name;

    /// `namespace/name`, or the name alone.
    [[nodiscard]] auto to_string() const -> std::string;
    friend auto operator<=>(key const&, key const&) = default;
};

/// A reference from a dependent to what it belongs to.
struct owner_reference {
    static constexpr auto berth_topology = merge_topology::atomic;

    std::string api_version;
    std::string kind;
    std::string name;
    std::string uid;
    std::optional<bool> controller;
    std::optional<bool> block_owner_deletion;
    unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(owner_reference, "io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference",
                   (api_version, .required = true, .always = true, .number = 5),
                   (kind, .required = true, .always = true, .number = 1),
                   (name, .required = true, .always = true, .number = 3),
                   (uid, .required = true, .always = true, .number = 4), (controller, .number = 6),
                   (block_owner_deletion, .number = 7))
};

/// Who set which fields (server-side apply).
struct managed_fields_entry {
    rare_text manager;
    rare_text operation;
    rare_text api_version;
    std::optional<timestamp> time;
    rare_text fields_type;
    shared_fields fields_v1;
    rare_text subresource;
    unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(managed_fields_entry, "io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry",
                   (manager, .number = 1), (operation, .number = 2), (api_version, .number = 3),
                   (time, .number = 4), (fields_type, .number = 6),
                   (fields_v1, .json = "fieldsV1", .number = 7), (subresource, .number = 8))
};

/// Metadata of an object. `resource_version` is set only in copies on their way to or from a client: stored
/// objects are immutable and carry their revision beside them (see `object_ref`).
struct meta {
    std::string name;
    rare_text generate_name;
    std::string namespace_;
    rare_text self_link;
    std::string uid;
    rare_text resource_version;
    std::int64_t generation = 0;
    timestamp creation_timestamp;
    std::optional<timestamp> deletion_timestamp;
    std::optional<std::int64_t> deletion_grace_period_seconds;
    string_map labels;
    string_map annotations;
    list<owner_reference> owner_references;
    std::vector<std::string> finalizers;
    list<managed_fields_entry> managed_fields;
    unknown_fields unknown;

    [[nodiscard]] auto deleting() const -> bool { return deletion_timestamp.has_value(); }
    [[nodiscard]] auto where() const -> key { return {namespace_, name}; }

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(meta, "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", (name, .number = 1),
                   (generate_name, .number = 2), (namespace_, .number = 3), (self_link, .number = 4),
                   (uid, .number = 5), (resource_version, .number = 6),
                   (generation, .minimum = 0, .number = 7), (creation_timestamp, .number = 8),
                   (deletion_timestamp, .number = 9), (deletion_grace_period_seconds, .number = 10),
                   (labels, .number = 11), (annotations, .number = 12),
                   (owner_references, .merge_key = "uid", .patch = patch_strategy::merge,
                    .topology = merge_topology::map, .list_keys = "uid", .number = 13),
                   (finalizers, .patch = patch_strategy::merge, .topology = merge_topology::set,
                    .number = 14),
                   (managed_fields, .topology = merge_topology::atomic, .number = 17))
};

/// The reference to the object's controller, or null.
[[nodiscard]] BERTH_DECL auto controller_of(meta const& m) -> owner_reference const*;

/// A named observation of an object's state, as most kinds have it in their status.
struct condition {
    std::string type;
    std::string status; ///< `True`, `False` or `Unknown`
    std::optional<std::int64_t> observed_generation;
    timestamp last_transition_time;
    std::string reason;
    std::string message;
    unknown_fields unknown;

    BERTH_DECL_TABLE;
    BERTH_DESCRIBE(condition, "io.k8s.apimachinery.pkg.apis.meta.v1.Condition",
                   (type, .required = true, .always = true, .number = 1),
                   (status, .required = true, .always = true, .values = "False,True,Unknown", .number = 2),
                   (observed_generation, .number = 3),
                   (last_transition_time, .required = true, .always = true, .number = 4),
                   (reason, .required = true, .always = true, .number = 5),
                   (message, .required = true, .always = true, .number = 6))
};

/// The condition of a type in a list of conditions of any kind, or null.
template <class Conditions>
[[nodiscard]] auto find_condition(Conditions& conditions, std::string_view type)
    -> decltype(&*conditions.begin()) {
    for (auto& c : conditions)
        if (c.type == type) return &c;
    return nullptr;
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/meta.ipp>
#endif
