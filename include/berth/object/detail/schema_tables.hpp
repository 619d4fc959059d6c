#pragma once

/// \file
/// What a schema that is read at run time owns: the descriptions, and all that they point to.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace berth::object::detail {

/// Descriptions made at run time. What was added stays where it is.
struct schema_tables : type_owner {
    std::deque<type_info> types;
    std::deque<std::vector<field_info>> members;
    std::deque<std::vector<std::uint16_t>> orders;
    std::deque<field_details> details;
    std::deque<std::vector<std::string_view>> values;
    std::deque<resource_name> resources;
    std::deque<std::string> texts;
    std::unordered_map<std::string_view, type_info const*> named;
    std::shared_ptr<document_schema const> documented;

    schema_tables() = default;
    schema_tables(schema_tables const&) = delete;
    auto operator=(schema_tables const&) -> schema_tables& = delete;

    /// A copy of a text that lives as long as this.
    auto keep(std::string_view text) -> std::string_view;
    auto keep(resource_name const& r) -> resource_name const*;
    auto add(shape form, storage layout, std::size_t bytes) -> type_info&;
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/schema_tables.ipp>
#endif
