#pragma once

/// \file
/// The bodies of `berth/api/detail/document_checker.hpp`.

#include <berth/api/check_document.hpp>
#include <berth/api/detail/document_checker.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/text_format.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <set>

namespace berth::api::detail {

using object::detail::text_view;

/// What a JSON value is called: type and format.
inline auto type_of_json(boost::json::value const& value) -> std::pair<std::string_view, std::string_view> {
    switch (value.kind()) {
    case boost::json::kind::bool_: return {"boolean", ""};
    case boost::json::kind::int64: return {"integer", "int64"};
    case boost::json::kind::uint64:
    case boost::json::kind::double_: return {"number", "float64"};
    case boost::json::kind::string: return {"string", ""};
    case boost::json::kind::array: return {"array", ""};
    case boost::json::kind::object: return {"object", ""};
    case boost::json::kind::null: break;
    }
    return {"null", ""};
}

/// Whether a number is whole, as far as doubles can tell (swag `IsFloat64AJSONInteger`).
inline auto is_whole(double n) -> bool {
    constexpr auto most = 9007199254740991.0;
    constexpr auto tolerance = 1e-9;
    if (!(std::abs(n) <= most)) return false;
    auto const nearest = std::trunc(n);
    if (n == nearest) return true;
    return std::abs(n - nearest) / (std::abs(n) + std::abs(nearest)) < tolerance;
}

inline auto number_of(boost::json::value const& value) -> double { return value.to_number<double>(); }

inline auto shown_number(double n) -> std::string {
    auto out = std::string();
    object::append_json_number(out, n);
    return out;
}

inline auto joined_types(object::document_schema const& s) -> std::string {
    auto out = std::string();
    for (auto const& t : s.types) (out += out.empty() ? "" : ",") += t;
    return out;
}

inline auto count_points(std::string_view text) -> std::int64_t {
    auto n = std::int64_t{0};
    for (; !text.empty(); text.remove_prefix(object::detail::first_code_point(text).length)) ++n;
    return n;
}

BERTH_DECL auto document_result::merge(document_result other) -> void {
    matched += other.matched;
    if (causes.size() > field_errors::most) return;
    causes.insert(causes.end(), std::make_move_iterator(other.causes.begin()),
                  std::make_move_iterator(other.causes.end()));
}

BERTH_DECL auto document_checker::enter(std::string_view name) -> step {
    auto const size = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += name;
    return {*this, size};
}

BERTH_DECL auto document_checker::enter(std::size_t index) -> step {
    auto const size = path_.size();
    path_ += '[' + std::to_string(index) + ']';
    return {*this, size};
}

BERTH_DECL auto document_checker::blamed() const -> std::string {
    auto out = std::string(field_);
    if (!out.empty() && !path_.empty()) out += '.';
    out += path_;
    return out.empty() ? "<nil>" : out;
}

BERTH_DECL auto document_checker::complain(std::string_view reason, std::string message) const
    -> document_result {
    auto out = document_result{};
    out.causes.push_back({std::string(reason), std::move(message), blamed()});
    return out;
}

BERTH_DECL auto document_checker::invalid(std::string const& shown, std::string_view what) const
    -> document_result {
    return complain("FieldValueInvalid",
                    "Invalid value: " + shown + ": " + path_ + " in body " + std::string(what));
}

BERTH_DECL auto document_checker::wrong_type(std::string_view wanted, std::string_view given) const
    -> document_result {
    auto const quoted = object::detail::go_quoted(given);
    return complain("FieldValueTypeInvalid", "Invalid value: " + quoted + ": " + path_ +
                                                 " in body must be of type " + std::string(wanted) + ": " +
                                                 quoted);
}

BERTH_DECL auto document_checker::as_a_whole(std::string what) const -> document_result {
    auto out = document_result{};
    auto const field = field_.empty() ? std::string("<nil>") : std::string(field_);
    out.causes.push_back({"FieldValueInvalid", "Invalid value: \"\": " + std::move(what), field});
    return out;
}

/// Whether somewhere in a value an element of a keyed list lacks a key: then it cannot be told whether the
/// list has changed.
inline auto has_keyless(object::document_schema const& s, boost::json::value const& value) -> bool {
    if (auto const* const object = value.if_object()) {
        return std::any_of(object->begin(), object->end(), [&](auto const& member) {
            auto const* const property = s.property(text_view(member.key()));
            auto const* const of = property != nullptr ? property : s.additional.get();
            return of != nullptr && has_keyless(*of, member.value());
        });
    }
    auto const* const list = value.if_array();
    if (list == nullptr || s.items == nullptr) return false;
    auto const keyed = s.topology == object::merge_topology::map;
    return std::any_of(list->begin(), list->end(), [&](auto const& element) {
        auto const* const object = element.if_object();
        auto const has = [&](auto const& key) { return object != nullptr && object->contains(key); };
        if (keyed && !std::all_of(s.list_keys.begin(), s.list_keys.end(), has)) return true;
        return has_keyless(*s.items, element);
    });
}

BERTH_DECL auto document_checker::check(schema const& s, json const& value, json const* before)
    -> document_result {
    auto out = check_value(s, value, before);
    if (!out.valid() && before != nullptr && value == *before && !has_keyless(s, value)) out.causes.clear();
    return out;
}

BERTH_DECL auto document_checker::check_value(schema const& s, json const& value, json const* before)
    -> document_result {
    auto out = document_result{};
    if (value.is_null()) {
        out.merge(check_type(s, value));
        out.merge(check_values(s, value));
        return out;
    }
    auto const take = [&](document_result r) {
        out.merge(std::move(r));
        ++out.matched;
    };
    if (!s.types.empty() || !s.format.empty()) take(check_type(s, value));
    take(check_junctors(s, value, before));
    if (value.is_string()) {
        take(check_text(s, text_view(value.get_string())));
        if (object::is_text_format(s.format)) take(check_format(s, text_view(value.get_string())));
    }
    if (value.is_number()) take(check_number(s, value));
    if (value.is_array()) take(check_list(s, value, before));
    take(check_values(s, value));
    if (value.is_object()) take(check_object(s, value.get_object(), before));
    ++out.matched;
    return out;
}

BERTH_DECL auto document_checker::check_type(schema const& s, json const& value) -> document_result {
    auto out = document_result{};
    if (value.is_null()) {
        if (!s.types.empty() && !s.nullable) return wrong_type(joined_types(s), "null");
        ++out.matched;
        return out;
    }
    auto const [type, format] = type_of_json(value);
    auto const numeric = s.has_type("number") || s.has_type("integer");
    auto const whole = type == "number" && is_whole(number_of(value)) && s.has_type("integer");
    auto const fits = s.has_type(type) || whole || (type == "integer" && s.has_type("number"));
    auto const has_text = value.is_string() || value.is_array();
    if (!s.format.empty() && !has_text && !fits && format != s.format) return wrong_type(s.format, format);
    if (!s.format.empty() && has_text && !numeric) {
        ++out.matched;
        return out; // the format says the rest
    }
    if (!fits) return wrong_type(joined_types(s), type);
    ++out.matched;
    return out;
}

BERTH_DECL auto document_checker::check_junctors(schema const& s, json const& value, json const* before)
    -> document_result {
    auto out = document_result{};
    if (!s.any_of.empty()) out.merge(check_any_of(s, value, before));
    if (!s.one_of.empty()) out.merge(check_one_of(s, value, before));
    if (!s.all_of.empty()) out.merge(check_all_of(s, value, before));
    if (s.negated != nullptr && check_value(*s.negated, value, before).valid())
        out.merge(as_a_whole("\"" + path_ + "\" must not validate the schema (not)"));
    ++out.matched;
    return out;
}

BERTH_DECL auto document_checker::check_any_of(schema const& s, json const& value, json const* before)
    -> document_result {
    auto best = std::optional<document_result>();
    for (auto const& branch : s.any_of) {
        auto found = check_value(branch, value, before);
        if (found.valid()) return found;
        if (!best || found.matched > best->matched) best = std::move(found);
    }
    auto out = as_a_whole("\"" + path_ + "\" must validate at least one schema (anyOf)");
    out.merge(*std::move(best));
    return out;
}

BERTH_DECL auto document_checker::check_one_of(schema const& s, json const& value, json const* before)
    -> document_result {
    auto best = std::optional<document_result>();
    auto first = std::optional<document_result>();
    auto valid = std::size_t{0};
    for (auto const& branch : s.one_of) {
        auto found = check_value(branch, value, before);
        if (found.valid()) {
            ++valid;
            if (!first) first = std::move(found);
        } else if (!best || found.matched > best->matched) {
            best = std::move(found);
        }
    }
    if (valid == 1) return *std::move(first);
    auto const many = "Found " + std::to_string(valid) + " valid alternatives";
    auto out = as_a_whole("\"" + path_ + "\" must validate one and only one schema (oneOf). " +
                          (valid == 0 ? std::string("Found none valid") : many));
    if (valid == 0) out.merge(*std::move(best));
    return out;
}

BERTH_DECL auto document_checker::check_all_of(schema const& s, json const& value, json const* before)
    -> document_result {
    auto out = document_result{};
    auto valid = std::size_t{0};
    for (auto const& branch : s.all_of) {
        auto found = check_value(branch, value, before);
        if (found.valid()) ++valid;
        out.merge(std::move(found));
    }
    if (valid != s.all_of.size())
        out.merge(as_a_whole("\"" + path_ + "\" must validate all the schemas (allOf)" +
                             (valid == 0 ? ". None validated" : "")));
    return out;
}

BERTH_DECL auto document_checker::check_text(schema const& s, std::string_view text) -> document_result {
    if (s.max_length && count_points(text) > *s.max_length)
        return complain("FieldValueTooLong",
                        "Too long: may not be more than " + std::to_string(*s.max_length) + " bytes");
    auto const quoted = [&] { return object::detail::go_quoted(text); };
    if (s.min_length && count_points(text) < *s.min_length)
        return invalid(quoted(), "should be at least " + std::to_string(*s.min_length) + " chars long");
    if (s.matcher && !s.matcher->matches(text)) return invalid(quoted(), "should match '" + s.pattern + "'");
    return {};
}

BERTH_DECL auto document_checker::check_format(schema const& s, std::string_view text) -> document_result {
    return object::has_format(text, s.format) ? document_result{} : wrong_type(s.format, text);
}

BERTH_DECL auto document_checker::check_range(schema const& s, json const& value)
    -> std::optional<std::string> {
    auto const type = s.types.size() == 1 ? s.types.front() : std::string();
    auto const n = number_of(value);
    auto fits = true;
    if (type == "integer") {
        auto const whole = value.is_int64() || (std::trunc(n) == n && std::abs(n) < 0x1p63);
        auto const narrow = s.format == "int32";
        fits = whole && (!narrow || (n >= std::numeric_limits<std::int32_t>::min() &&
                                     n <= std::numeric_limits<std::int32_t>::max()));
    } else if (s.format == "float" || s.format == "float32") {
        fits = std::abs(n) <= static_cast<double>(std::numeric_limits<float>::max());
    }
    if (fits) return std::nullopt;
    auto const form = s.format.empty() ? std::string(" (default format)") : " with format " + s.format;
    return "Checked value must be of type " + type + form + " in " + path_;
}

BERTH_DECL auto document_checker::check_number(schema const& s, json const& value) -> document_result {
    auto out = document_result{};
    if (auto problem = check_range(s, value)) out.merge(as_a_whole(*std::move(problem)));
    auto const n = number_of(value);
    auto const shown = shown_document(value);
    if (s.multiple_of && *s.multiple_of > 0) {
        auto const times = n / *s.multiple_of;
        if (std::abs(times - std::round(times)) > 1e-9 * std::max(1.0, std::abs(times)))
            out.merge(invalid(shown, "should be a multiple of " + shown_number(*s.multiple_of)));
    }
    if (s.maximum && (s.below_maximum ? n >= *s.maximum : n > *s.maximum))
        out.merge(invalid(shown, std::string("should be less than ") +
                                     (s.below_maximum ? "" : "or equal to ") + shown_number(*s.maximum)));
    if (s.minimum && (s.above_minimum ? n <= *s.minimum : n < *s.minimum))
        out.merge(invalid(shown, std::string("should be greater than ") +
                                     (s.above_minimum ? "" : "or equal to ") + shown_number(*s.minimum)));
    ++out.matched;
    return out;
}

/// The elements of a list by their keys.
class keyed_elements {
public:
    keyed_elements(object::document_schema const& s, boost::json::value const* list)
        : keys_(s.list_keys), by_key_(s.topology == object::merge_topology::map) {
        using object::merge_topology;
        if (list == nullptr || !list->is_array()) return;
        list_ = &list->get_array();
        if (!by_key_) return;
        for (auto const& element : *list_)
            if (auto key = key_of(element)) elements_.emplace(*std::move(key), &element);
    }

    /// What the element of a list was before, or null.
    auto find(boost::json::value const& element) const -> boost::json::value const* {
        if (list_ == nullptr || !by_key_) return nullptr;
        auto const key = key_of(element);
        auto const found = key ? elements_.find(*key) : elements_.end();
        return found == elements_.end() ? nullptr : found->second;
    }

private:
    auto key_of(boost::json::value const& element) const -> std::optional<std::string> {
        if (!element.is_object()) return std::nullopt;
        auto out = std::string();
        for (auto const& name : keys_) {
            auto const* const part = element.get_object().if_contains(name);
            if (part == nullptr) return std::nullopt;
            (out += shown_document(*part)) += '\n';
        }
        return out;
    }

    std::vector<std::string> const& keys_;
    bool by_key_;
    boost::json::array const* list_ = nullptr;
    std::map<std::string, boost::json::value const*> elements_;
};

inline auto has_duplicates(boost::json::array const& list) -> bool {
    auto seen = std::set<std::string>();
    return !std::all_of(list.begin(), list.end(),
                        [&](auto const& element) { return seen.insert(shown_document(element)).second; });
}

BERTH_DECL auto document_checker::check_list(schema const& s, json const& list, json const* before)
    -> document_result {
    auto out = document_result{};
    auto const& elements = list.get_array();
    if (s.items != nullptr) {
        auto const old = keyed_elements(s, before);
        for (std::size_t i = 0; i < elements.size(); ++i) {
            auto const at = enter(i);
            out.merge(check(*s.items, elements[i], old.find(elements[i])));
        }
    }
    auto const size = static_cast<std::int64_t>(elements.size());
    if (s.min_items && size < *s.min_items)
        out.merge(
            invalid(std::to_string(size), "should have at least " + std::to_string(*s.min_items) + " items"));
    auto const too_many = [&](std::int64_t most) {
        return "Too many: " + std::to_string(size) + ": must have at most " + std::to_string(most) +
               (most == 1 ? " item" : " items");
    };
    if (s.max_items && size > *s.max_items) out.merge(complain("FieldValueTooMany", too_many(*s.max_items)));
    if (s.unique_items && has_duplicates(elements))
        out.merge(invalid("\"\"", "shouldn't contain duplicates"));
    ++out.matched;
    return out;
}

BERTH_DECL auto document_checker::check_object(schema const& s, boost::json::object const& object,
                                               json const* before) -> document_result {
    auto const size = static_cast<std::int64_t>(object.size());
    if (s.min_properties && size < *s.min_properties)
        return invalid(std::to_string(size),
                       "should have at least " + std::to_string(*s.min_properties) + " properties");
    if (s.max_properties && size > *s.max_properties)
        return complain("FieldValueTooMany", "Too many: " + std::to_string(size) + ": must have at most " +
                                                 std::to_string(*s.max_properties) +
                                                 (*s.max_properties == 1 ? " item" : " items"));
    auto out = document_result{};
    auto const* const old = before == nullptr ? nullptr : before->if_object();
    for (auto const& member : object) {
        auto const name = text_view(member.key());
        auto const* const property = s.property(name);
        auto const* const of = property != nullptr ? property : s.additional.get();
        if (of == nullptr && !s.allows_additional.value_or(true))
            out.merge(complain("FieldValueInvalid", "Invalid value: \"\": " + path_ + "." +
                                                        std::string(name) +
                                                        " in body is a forbidden property"));
        if (of == nullptr) continue;
        auto const at = enter(name);
        out.merge(check(*of, member.value(), old == nullptr ? nullptr : old->if_contains(member.key())));
    }
    for (auto const& name : s.required) {
        if (object.contains(name)) continue;
        auto const at = enter(name);
        out.merge(complain("FieldValueRequired", "Required value"));
    }
    return out;
}

/// Whether a value is an allowed one; numbers are compared as Go converts them to the type of the allowed
/// one.
inline auto is_value(boost::json::value const& value, boost::json::value const& allowed) -> bool {
    if (allowed.is_null()) return false;
    if (!value.is_number() || !allowed.is_number()) return value == allowed;
    auto const n = number_of(value);
    return allowed.is_int64() && !value.is_int64() ? std::trunc(n) == number_of(allowed)
                                                   : n == number_of(allowed);
}

BERTH_DECL auto document_checker::check_values(schema const& s, json const& value) -> document_result {
    if (s.values.empty() ||
        std::any_of(s.values.begin(), s.values.end(), [&](auto const& v) { return is_value(value, v); }))
        return {};
    auto message = "Unsupported value: " + shown_document(value);
    auto between = ": supported values: ";
    for (auto const& v : s.values)
        (message += std::exchange(between, ", ")) += object::detail::go_quoted(
            v.is_string() ? std::string(text_view(v.get_string())) : shown_document(v));
    return complain("FieldValueNotSupported", std::move(message));
}

} // namespace berth::api::detail
