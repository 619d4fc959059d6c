#pragma once

/// \file
/// Structural schemas: what documents of a kind that was only described at run time may hold. Unlike a
/// `type_info`, which says how a value of known form lies in memory, a document schema speaks of JSON that
/// may break it: such documents are kept, read through other versions, and told what is wrong with them.

#include <berth/core/config.hpp>
#include <berth/object/expression.hpp>
#include <berth/object/schema.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object {

/// The schema of one value in a document. Apiextensions' `JSONSchemaProps`, as far as values are concerned.
struct document_schema {
    using properties_map = std::map<std::string, document_schema, std::less<>>;

    // what a value is

    std::vector<std::string> types; ///< `string`, ...; several for an int-or-string, none: any
    std::string format;             ///< empty, or one that is known (`text_format.hpp`, `int32`, ...)
    bool nullable = false;
    bool int_or_string = false;
    bool preserves_unknown = false; ///< members that are not described are kept
    bool embedded = false;          ///< a whole object of some kind, with metadata
    merge_topology topology = merge_topology::unsaid;
    std::vector<std::string> list_keys;
    properties_map properties;
    std::shared_ptr<document_schema const> items;      ///< of a list's elements
    std::shared_ptr<document_schema const> additional; ///< of members that have no property
    std::optional<bool> allows_additional;             ///< `additionalProperties: true` or `false`
    std::optional<boost::json::value> fallback;        ///< the default

    // what is allowed

    std::optional<double> minimum;
    std::optional<double> maximum;
    std::optional<double> multiple_of;
    bool above_minimum = false;             ///< `exclusiveMinimum`
    bool below_maximum = false;             ///< `exclusiveMaximum`
    std::optional<std::int64_t> min_length; ///< in characters
    std::optional<std::int64_t> max_length;
    std::optional<std::int64_t> min_items;
    std::optional<std::int64_t> max_items;
    std::optional<std::int64_t> min_properties;
    std::optional<std::int64_t> max_properties;
    bool unique_items = false;
    std::string pattern;
    std::optional<expression> matcher; ///< of the pattern
    std::vector<std::string> required;
    std::vector<boost::json::value> values; ///< `enum`; empty: any
    std::vector<document_schema> all_of;
    std::vector<document_schema> any_of;
    std::vector<document_schema> one_of;
    std::shared_ptr<document_schema const> negated; ///< `not`

    /// Reads a schema, which is well formed (`custom_resource_definition`'s validation says so); what is not
    /// is left out. Linear in the document.
    [[nodiscard]] static auto read(boost::json::object const& json) -> document_schema;

    /// The property of a name, or null.
    [[nodiscard]] auto property(std::string_view name) const -> document_schema const* {
        auto const found = properties.find(name);
        return found == properties.end() ? nullptr : &found->second;
    }
    [[nodiscard]] auto has_type(std::string_view type) const -> bool;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/document_schema.ipp>
#endif
