#pragma once

/// \file
/// What a schema that is read at run time owns: the descriptions, and all that they point to.

#include <berth/object/schema.hpp>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace berth::object::detail {

/// Descriptions made at run time. What was added stays where it is.
struct schema_tables {
    std::deque<type_info> types;
    std::deque<std::vector<field_info>> members;
    std::deque<std::vector<std::uint16_t>> orders;
    std::deque<field_details> details;
    std::deque<std::vector<std::string_view>> values;
    std::deque<resource_name> resources;
    std::deque<std::string> texts;
    std::unordered_map<std::string_view, type_info const*> named;

    schema_tables() = default;
    schema_tables(schema_tables const&) = delete;
    auto operator=(schema_tables const&) -> schema_tables& = delete;

    /// A copy of a text that lives as long as this.
    auto keep(std::string_view text) -> std::string_view {
        return text.empty() ? std::string_view() : std::string_view(texts.emplace_back(text));
    }
    auto keep(resource_name const& r) -> resource_name const* {
        return &resources.emplace_back(resource_name{keep(r.group), keep(r.version), keep(r.kind),
                                                     keep(r.plural), keep(r.singular), r.namespaced});
    }
    auto add(shape form, storage layout, std::size_t bytes) -> type_info& {
        auto& t = types.emplace_back();
        t.form = form;
        t.layout = layout;
        t.bytes = static_cast<std::uint32_t>(bytes);
        t.alignment = alignof(void*);
        return t;
    }
};

} // namespace berth::object::detail
