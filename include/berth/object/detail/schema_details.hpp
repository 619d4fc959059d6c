#pragma once

/// \file
/// What the schema of a member says of it besides its type.

#include <berth/core/error.hpp>
#include <berth/object/detail/schema_tables.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cmath>
#include <cstdint>
#include <deque>
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
    [[nodiscard]] auto to_string() const -> std::string {
        if (outer == nullptr) return std::string(step);
        auto out = outer->to_string();
        if (!out.empty()) out += '.';
        return out += step;
    }
};

inline auto bad_schema(schema_place const& at, std::string what) -> std::unexpected<error> {
    auto where = at.to_string();
    return fail(error_code::bad_request, (where.empty() ? "the schema" : where) + ": " + std::move(what));
}

inline auto schema_text(boost::json::string const& text) -> std::string_view {
    return {text.data(), text.size()};
}

/// Reads the keywords of one schema. The first one that is wrong is remembered.
class keyword_reader {
public:
    keyword_reader(boost::json::object const& schema, schema_place const& at) : schema_(schema), at_(at) {}

    [[nodiscard]] auto find(std::string_view name) const -> boost::json::value const* {
        return schema_.if_contains({name.data(), name.size()});
    }
    /// A text; empty if there is none.
    auto text(std::string_view name) -> std::string_view {
        auto const* const value = find(name);
        if (value == nullptr) return {};
        if (auto const* const text = value->if_string()) return schema_text(*text);
        return complain(name, "must be a string"), std::string_view();
    }
    /// A truth; false if there is none.
    auto flag(std::string_view name) -> bool {
        auto const* const value = find(name);
        if (value == nullptr) return false;
        if (auto const* const truth = value->if_bool()) return *truth;
        return complain(name, "must be true or false"), false;
    }
    auto array(std::string_view name) -> boost::json::array const* {
        auto const* const value = find(name);
        if (value == nullptr) return nullptr;
        auto const* const array = value->if_array();
        if (array == nullptr) complain(name, "must be a list");
        return array;
    }
    auto object(std::string_view name) -> boost::json::object const* {
        auto const* const value = find(name);
        if (value == nullptr) return nullptr;
        auto const* const object = value->if_object();
        if (object == nullptr) complain(name, "must be an object");
        return object;
    }
    /// A bound. One that is no whole number is moved in the direction of `round`.
    auto bound(std::string_view name, std::int64_t otherwise, double (*round)(double)) -> std::int64_t {
        auto const* const value = find(name);
        if (value == nullptr) return otherwise;
        if (auto const* const whole = value->if_int64()) return *whole;
        if (!value->is_number()) return complain(name, "must be a number"), otherwise;
        auto const number = round(value->to_number<double>());
        if (number >= 0x1p63) return std::numeric_limits<std::int64_t>::max();
        return number < -0x1p63 ? std::numeric_limits<std::int64_t>::min()
                                : static_cast<std::int64_t>(number);
    }
    auto complain(std::string_view name, std::string what) -> void {
        if (!wrong_) wrong_ = std::string(name) + " " + std::move(what);
    }
    /// The complaint, if there was one.
    [[nodiscard]] auto checked() const -> result<void> {
        if (wrong_) return bad_schema(at_, *wrong_);
        return {};
    }

private:
    boost::json::object const& schema_;
    schema_place const& at_;
    std::optional<std::string> wrong_;
};

inline auto patch_strategy_named(keyword_reader& k) -> patch_strategy {
    constexpr auto name = std::string_view("x-kubernetes-patch-strategy");
    auto const text = k.text(name);
    if (text.empty()) return patch_strategy::atomic;
    if (text == "merge") return patch_strategy::merge;
    if (text == "replace") return patch_strategy::replace;
    if (text == "retainKeys") return patch_strategy::retain_keys;
    if (text == "merge,retainKeys" || text == "retainKeys,merge") return patch_strategy::merge_retain_keys;
    k.complain(name, "must be merge, replace or retainKeys");
    return patch_strategy::atomic;
}

inline auto topology_named(keyword_reader& k) -> merge_topology {
    constexpr auto list_type = std::string_view("x-kubernetes-list-type");
    constexpr auto map_type = std::string_view("x-kubernetes-map-type");
    auto const list = k.text(list_type);
    auto const map = k.text(map_type);
    if (list == "atomic" || map == "atomic") return merge_topology::atomic;
    if (list == "set") return merge_topology::set;
    if (list == "map") return merge_topology::map;
    if (map == "granular") return merge_topology::granular;
    if (!list.empty()) k.complain(list_type, "must be atomic, set or map");
    if (!map.empty()) k.complain(map_type, "must be atomic or granular");
    return merge_topology::unsaid;
}

/// The keys of a list, joined by commas.
inline auto list_keys_of(keyword_reader& k) -> std::string {
    constexpr auto name = std::string_view("x-kubernetes-list-map-keys");
    auto out = std::string();
    auto const* const keys = k.array(name);
    if (keys == nullptr) return out;
    for (auto const& key : *keys) {
        auto const* const text = key.if_string();
        if (text == nullptr || text->empty() || text->find(',') != boost::json::string::npos) {
            k.complain(name, "must be names without commas");
            return {};
        }
        if (!out.empty()) out += ',';
        out += schema_text(*text);
    }
    return out;
}

/// The values that are allowed. One that is not a text is told as its JSON.
inline auto read_values(keyword_reader& k, schema_tables& tables) -> std::span<std::string_view const> {
    auto const* const allowed = k.array("enum");
    if (allowed == nullptr || allowed->empty()) return {};
    auto& out = tables.values.emplace_back();
    for (auto const& value : *allowed) {
        auto const* const text = value.if_string();
        out.push_back(
            tables.keep(text != nullptr ? std::string(schema_text(*text)) : boost::json::serialize(value)));
    }
    return out;
}

/// The details of a member. `of_values` is its schema or, of a list, that of its elements; `number` says
/// whether its bounds may lie between whole numbers.
inline auto read_details(keyword_reader& k, keyword_reader& of_values, schema_tables& tables, bool number)
    -> field_details const* {
    constexpr auto up = [](double x) { return std::ceil(x); };
    constexpr auto down = [](double x) { return std::floor(x); };
    auto d = field_details{};
    d.merge_key = tables.keep(k.text("x-kubernetes-patch-merge-key"));
    d.list_keys = tables.keep(list_keys_of(k));
    d.values = read_values(of_values, tables);
    if (auto const* const fallback = k.find("default"))
        d.fallback = tables.keep(boost::json::serialize(*fallback));
    d.pattern = tables.keep(k.text("pattern"));
    d.text = tables.keep(k.text("description"));
    d.minimum = k.bound("minimum", d.minimum, number ? +down : +up);
    d.maximum = k.bound("maximum", d.maximum, number ? +up : +down);
    for (auto const* const name : {"minLength", "minItems", "minProperties"})
        d.min_size = k.bound(name, d.min_size, +up);
    for (auto const* const name : {"maxLength", "maxItems", "maxProperties"})
        d.max_size = k.bound(name, d.max_size, +down);
    auto const none = d.merge_key.empty() && d.list_keys.empty() && d.values.empty() && d.fallback.empty() &&
                      d.pattern.empty() && d.text.empty() && d.minimum == no_details.minimum &&
                      d.maximum == no_details.maximum && d.min_size == no_details.min_size &&
                      d.max_size == no_details.max_size;
    return none ? &no_details : &tables.details.emplace_back(d);
}

} // namespace berth::object::detail
