#pragma once

/// \file
/// The bodies of `berth/object/prune.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/json_members.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/prune.hpp>

#include <string>
#include <string_view>

namespace berth::object::detail {

/// What every object has, whatever its schema says.
inline auto is_object_member(std::string_view name) -> bool {
    return name == "apiVersion" || name == "kind" || name == "metadata";
}

/// Takes out what a schema does not describe.
class pruner {
public:
    explicit pruner(told_paths& gone) : gone_(gone) {}

    /// `schema`: null, where nothing is described.
    auto prune(boost::json::value& value, document_schema const* schema) -> void {
        if (value.is_object())
            return prune(value.get_object(), schema, schema != nullptr && schema->embedded);
        if (!value.is_array()) return;
        auto const keeps = schema != nullptr && schema->preserves_unknown;
        auto const* const items = schema == nullptr ? nullptr : schema->items.get();
        if (keeps && items == nullptr) return;
        auto n = std::size_t{0};
        for (auto& element : value.get_array()) {
            auto const size = path_.size();
            path_ += '[' + std::to_string(n++) + ']';
            // Elements of what keeps the unknown are kept by it too.
            if (!keeps || !element.is_object() || items->preserves_unknown) prune(element, items);
            else prune_inside(element.get_object(), *items, items->embedded);
            path_.resize(size);
        }
    }

    auto prune(boost::json::object& object, document_schema const* schema, bool embedded) -> void {
        if (schema != nullptr && schema->preserves_unknown) return prune_inside(object, *schema, embedded);
        erase_members_if(object, [&](boost::json::key_value_pair& member) {
            auto const name = text_view(member.key());
            if (embedded && is_object_member(name)) return false;
            auto const* const property = schema == nullptr ? nullptr : schema->property(name);
            auto const described =
                property != nullptr || (schema != nullptr && (schema->additional != nullptr ||
                                                              schema->allows_additional.value_or(false)));
            auto const size = enter(name);
            if (!described) gone_.add(path_);
            else prune(member.value(), property != nullptr ? property : schema->additional.get());
            path_.resize(size);
            return !described;
        });
    }

private:
    /// Of an object that keeps what is not described, the described members.
    auto prune_inside(boost::json::object& object, document_schema const& schema, bool embedded) -> void {
        for (auto& member : object) {
            auto const name = text_view(member.key());
            if (embedded && is_object_member(name)) continue;
            auto const* const property = schema.property(name);
            auto const* const of = property != nullptr ? property : schema.additional.get();
            if (of == nullptr && !schema.allows_additional.value_or(false)) continue;
            auto const size = enter(name);
            prune(member.value(), of);
            path_.resize(size);
        }
    }

    auto enter(std::string_view name) -> std::size_t {
        auto const size = path_.size();
        if (!path_.empty()) path_ += '.';
        path_ += name;
        return size;
    }

    told_paths& gone_;
    std::string path_;
};

/// The schema of a member, or null.
inline auto schema_of_member(document_schema const& schema, std::string_view name) -> document_schema const* {
    auto const* const property = schema.property(name);
    return property != nullptr ? property : schema.additional.get();
}

/// Whether a value is a null that its schema does not allow.
inline auto is_stray_null(boost::json::value const& value, document_schema const* schema) -> bool {
    return value.is_null() && schema != nullptr && !schema->nullable;
}

inline auto default_of(document_schema const& schema) -> boost::json::value {
    return schema.fallback ? *schema.fallback : boost::json::value(nullptr);
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto prune(boost::json::object& document, document_schema const& schema, told_paths& gone)
    -> void {
    detail::pruner(gone).prune(document, &schema, true);
}

BERTH_DECL auto drop_nulls(boost::json::value& value, document_schema const& schema) -> void {
    if (value.is_object()) {
        detail::erase_members_if(value.get_object(), [&](boost::json::key_value_pair& member) {
            auto const* const of = detail::schema_of_member(schema, detail::text_view(member.key()));
            if (detail::is_stray_null(member.value(), of) && !of->fallback) return true;
            if (of != nullptr) drop_nulls(member.value(), *of);
            return false;
        });
    } else if (value.is_array() && schema.items != nullptr) {
        for (auto& element : value.get_array()) drop_nulls(element, *schema.items);
    }
}

BERTH_DECL auto fill_defaults(boost::json::value& value, document_schema const& schema) -> void {
    if (value.is_object()) {
        auto& object = value.get_object();
        for (auto const& [name, property] : schema.properties) {
            if (!property.fallback) continue;
            auto* const there = object.if_contains(name);
            if (there == nullptr) object.emplace(name, *property.fallback);
            else if (detail::is_stray_null(*there, &property)) *there = *property.fallback;
        }
        for (auto& member : object) {
            auto const name = detail::text_view(member.key());
            auto const* const of = detail::schema_of_member(schema, name);
            if (of == nullptr) continue;
            if (detail::is_stray_null(member.value(), of) && schema.property(name) == nullptr)
                member.value() = detail::default_of(*of);
            fill_defaults(member.value(), *of);
        }
    } else if (value.is_array() && schema.items != nullptr) {
        for (auto& element : value.get_array()) {
            if (detail::is_stray_null(element, schema.items.get()))
                element = detail::default_of(*schema.items);
            fill_defaults(element, *schema.items);
        }
    }
}

} // namespace berth::object
