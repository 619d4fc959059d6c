#pragma once

/// \file
/// The bodies of `berth/api/kind.hpp`.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api {

BERTH_DECL kind::kind(object::type_info const& described) {
    describe(described, {}, {}, {.name = "status"});
    complete();
}

BERTH_DECL auto kind::describe(object::type_info const& described, kind_rules const& rules,
                               std::vector<subresource> const& special, part of_status) -> void {
    static_cast<kind_rules&>(*this) = rules;
    resource = described.resource;
    type = &described;
    subresources = special;
    of_status.member = described.field("status");
    if (of_status.member != nullptr) subresources.push_back(detail::as_subresource(std::move(of_status)));
}

BERTH_DECL auto kind::field_value(void const* object, std::string_view label) const
    -> std::optional<std::string> {
    for (auto const& [name, read] : field_labels)
        if (name == label) return read(object);
    return std::nullopt;
}

BERTH_DECL auto kind::find_subresource(std::string_view name) const -> subresource const* {
    for (auto const& s : subresources)
        if (s.name == name) return &s;
    return nullptr;
}

BERTH_DECL auto kind::has_verb(verb v) const -> bool {
    for (auto const known : verbs)
        if (known == v) return true;
    return false;
}

BERTH_DECL auto kind::knows_field(std::string_view label) const -> bool {
    for (auto const& [name, read] : field_labels)
        if (name == label) return true;
    return false;
}

BERTH_DECL auto kind::stored() const -> bool { return !review && !present; }

} // namespace berth::api

namespace berth::api::detail {

/// Subresources in the order of their names. (What is sorted are places: GCC 12 at -O3 warns of a moved
/// subresource, in vain.)
inline auto sort_by_name(std::vector<subresource>& all) -> void {
    auto order = std::vector<subresource*>();
    for (auto& s : all) order.push_back(&s);
    std::sort(order.begin(), order.end(), [](auto const* a, auto const* b) { return a->name < b->name; });
    auto sorted = std::vector<subresource>();
    sorted.reserve(all.size());
    for (auto* s : order) sorted.push_back(std::move(*s));
    all = std::move(sorted);
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto kind::complete() -> void {
    spec = type->field("spec");
    status = type->field("status");
    detail::sort_by_name(subresources);
    own_labels = !field_labels.empty();
    auto labels = std::vector<field_label_of<void>>();
    labels.push_back(
        {"metadata.name", [type = type](void const* p) {
             return reinterpret_cast<object::meta const*>(static_cast<char const*>(p) + type->metadata)->name;
         }});
    if (resource->namespaced || !own_labels)
        labels.push_back({"metadata.namespace", [type = type](void const* p) {
                              return reinterpret_cast<object::meta const*>(static_cast<char const*>(p) +
                                                                           type->metadata)
                                  ->namespace_;
                          }});
    labels.insert(labels.end(), field_labels.begin(), field_labels.end());
    field_labels = std::move(labels);
}

} // namespace berth::api
