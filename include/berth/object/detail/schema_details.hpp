#pragma once

/// \file
/// What the schema of a member says of it besides its type.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/schema_tables.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace berth::object::detail {

/// Where in a document a schema is: a step from another place.
struct schema_place {
    schema_place const* outer = nullptr;
    std::string_view step;
    std::size_t depth = 0;

    /// `components.schemas.Pod.properties.spec`.
    [[nodiscard]] auto to_string() const -> std::string;
};

BERTH_DECL auto bad_schema(schema_place const& at, std::string what) -> std::unexpected<error>;

inline auto schema_text(boost::json::string const& text) -> std::string_view {
    return {text.data(), text.size()};
}

/// Reads the keywords of one schema. The first one that is wrong is remembered.
class keyword_reader {
public:
    keyword_reader(boost::json::object const& schema, schema_place const& at) : schema_(schema), at_(at) {}

    [[nodiscard]] auto find(std::string_view name) const -> boost::json::value const*;
    /// A text; empty if there is none.
    auto text(std::string_view name) -> std::string_view;
    /// A truth; false if there is none.
    auto flag(std::string_view name) -> bool;
    auto array(std::string_view name) -> boost::json::array const*;
    auto object(std::string_view name) -> boost::json::object const*;
    /// A bound. One that is no whole number is moved in the direction of `round`.
    auto bound(std::string_view name, std::int64_t otherwise, double (*round)(double)) -> std::int64_t;
    auto complain(std::string_view name, std::string what) -> void;
    /// The complaint, if there was one.
    [[nodiscard]] auto checked() const -> result<void>;

private:
    boost::json::object const& schema_;
    schema_place const& at_;
    std::optional<std::string> wrong_;
};

BERTH_DECL auto patch_strategy_named(keyword_reader& k) -> patch_strategy;

BERTH_DECL auto topology_named(keyword_reader& k) -> merge_topology;

/// The details of a member. `of_values` is its schema or, of a list, that of its elements; `number` says
/// whether its bounds may lie between whole numbers.
BERTH_DECL auto read_details(keyword_reader& k, keyword_reader& of_values, schema_tables& tables, bool number)
    -> field_details const*;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/schema_details.ipp>
#endif
