#pragma once

/// \file
/// The bodies of `berth/api/check_document.hpp`.

#include <berth/api/check_document.hpp>
#include <berth/api/detail/document_checker.hpp>
#include <berth/api/object_meta.hpp>
#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/names.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace berth::api::detail {

inline auto append_shown(std::string& out, boost::json::value const& value) -> void {
    if (value.is_object()) {
        auto members = std::vector<boost::json::key_value_pair const*>();
        for (auto const& m : value.get_object()) members.push_back(&m);
        std::sort(members.begin(), members.end(),
                  [](auto const* a, auto const* b) { return a->key() < b->key(); });
        auto between = '{';
        for (auto const* m : members) {
            out += std::exchange(between, ',');
            (out += object::detail::go_json(object::detail::text_view(m->key()))) += ':';
            append_shown(out, m->value());
        }
        out += members.empty() ? "{}" : "}";
    } else if (value.is_array()) {
        auto between = '[';
        for (auto const& element : value.get_array()) {
            out += std::exchange(between, ',');
            append_shown(out, element);
        }
        out += value.get_array().empty() ? "[]" : "]";
    } else if (value.is_string()) {
        out += object::detail::go_json(object::detail::text_view(value.get_string()));
    } else if (value.is_int64()) {
        object::append_json_number(out, value.get_int64());
    } else if (value.is_number()) {
        object::append_json_number(out, value.to_number<double>());
    } else if (value.is_bool()) {
        out += value.get_bool() ? "true" : "false";
    } else {
        out += "null";
    }
}

/// Paths as text that grows and shrinks: a document may be deep, and few parts of it are complained of.
class document_path {
public:
    explicit document_path(std::string_view at) : text_(at) {}

    /// Does something one step further.
    template <class F> auto child(std::string_view name, F f) -> void {
        auto const size = text_.size();
        if (!text_.empty()) text_ += '.';
        text_ += name;
        f();
        text_.resize(size);
    }
    template <class F> auto index(std::size_t n, F f) -> void {
        auto const size = text_.size();
        text_ += '[' + std::to_string(n) + ']';
        f();
        text_.resize(size);
    }
    template <class F> auto key(std::string_view name, F f) -> void {
        auto const size = text_.size();
        ((text_ += '[') += name) += ']';
        f();
        text_.resize(size);
    }
    [[nodiscard]] auto here() const -> field_path { return field_path(text_); }

private:
    std::string text_;
};

/// Finds equal elements of sets and maps.
class list_type_checker {
public:
    using schema = object::document_schema;

    list_type_checker(std::string_view at, field_errors& errors) : path_(at), errors_(errors) {}

    auto check(schema const& s, boost::json::value const& value) -> void {
        if (value.is_object()) return check_object(s, value.get_object());
        if (!value.is_array()) return;
        auto const& list = value.get_array();
        if (s.topology == object::merge_topology::set) check_set(list);
        else if (s.topology == object::merge_topology::map) check_map(s, list);
        if (s.items == nullptr) return;
        for (std::size_t i = 0; i < list.size(); ++i) path_.index(i, [&] { check(*s.items, list[i]); });
    }

private:
    auto check_object(schema const& s, boost::json::object const& object) -> void {
        for (auto const& member : object) {
            auto const name = object::detail::text_view(member.key());
            if (s.additional != nullptr) path_.key(name, [&] { check(*s.additional, member.value()); });
            if (auto const* const property = s.property(name))
                path_.child(name, [&] { check(*property, member.value()); });
        }
    }

    /// Tells the second of equal ones.
    auto check_unique(std::vector<std::pair<std::string, std::string>> const& keys) -> void {
        auto times = std::map<std::string, int>();
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (++times[keys[i].first] == 2)
                path_.index(i, [&] { errors_.duplicate(path_.here(), shown_value::bare(keys[i].second)); });
    }

    auto check_set(boost::json::array const& list) -> void {
        auto keys = std::vector<std::pair<std::string, std::string>>();
        for (auto const& element : list) {
            auto shown = shown_document(element);
            auto const real = element.is_double() ? "." : ""; // 1 and 1.0 are two
            keys.emplace_back(shown + real, std::move(shown));
        }
        check_unique(keys);
    }

    auto check_map(schema const& s, boost::json::array const& list) -> void {
        for (std::size_t i = 0; i < list.size(); ++i)
            if (!list[i].is_object() && !list[i].is_null())
                return path_.index(i, [&] {
                    errors_.invalid(path_.here(), shown_value::bare(shown_document(list[i])),
                                    "must be an object for an array of list-type map");
                });
        auto keys = std::vector<std::pair<std::string, std::string>>();
        for (auto const& element : list) {
            auto key = boost::json::object();
            auto const* const object = element.if_object();
            for (auto const& name : s.list_keys)
                if (auto const* const part = object == nullptr ? nullptr : object->if_contains(name))
                    key.emplace(name, *part);
            auto shown = shown_document(key);
            keys.emplace_back(shown, shown);
        }
        check_unique(keys);
    }

    document_path path_;
    field_errors& errors_;
};

/// Checks embedded objects.
class embedded_checker {
public:
    using schema = object::document_schema;

    embedded_checker(std::string_view at, field_errors& errors) : path_(at), errors_(errors) {}

    auto check(schema const& s, boost::json::value const& value) -> void {
        if (value.is_object()) {
            auto const& object = value.get_object();
            if (s.embedded) check_object(object);
            for (auto const& member : object) {
                auto const name = object::detail::text_view(member.key());
                if (auto const* const property = s.property(name))
                    path_.child(name, [&] { check(*property, member.value()); });
                else if (s.additional != nullptr)
                    path_.key(name, [&] { check(*s.additional, member.value()); });
            }
        } else if (value.is_array() && s.items != nullptr) {
            auto const& list = value.get_array();
            for (std::size_t i = 0; i < list.size(); ++i) path_.index(i, [&] { check(*s.items, list[i]); });
        }
    }

private:
    auto check_object(boost::json::object const& object) -> void {
        path_.child("apiVersion", [&] { check_name(object.if_contains("apiVersion"), false); });
        path_.child("kind", [&] { check_name(object.if_contains("kind"), true); });
        if (auto const* const metadata = object.if_contains("metadata"))
            path_.child("metadata", [&] { check_metadata(*metadata); });
    }

    auto check_name(boost::json::value const* value, bool kind) -> void {
        if (value == nullptr) return errors_.required(path_.here());
        if (!value->is_string())
            return errors_.invalid(path_.here(), shown_value::bare(shown_document(*value)),
                                   "must be a string");
        auto const text = object::detail::text_view(value->get_string());
        if (text.empty()) return errors_.invalid(path_.here(), text, "must not be empty");
        if (!kind) {
            if (std::count(text.begin(), text.end(), '/') > 1)
                errors_.invalid(path_.here(), text, "unexpected GroupVersion string: " + std::string(text));
            return;
        }
        auto const problems = object::dns1035_label_problems(detail::lower_case(text));
        if (!problems.empty())
            errors_.invalid(path_.here(), text,
                            "may have mixed case, but should otherwise match: " +
                                object::joined(problems, ","));
    }

    auto check_metadata(boost::json::value const& value) -> void {
        auto m = object::meta();
        auto decoder = object::decoder(object::unknown_members::drop);
        if (!decoder.decode(value, object::type_of<object::meta>(), &m)) return; // told when it was read
        if (m.name.empty()) m.name = "fakename";
        auto found = field_errors();
        validate_object_meta(m, !m.namespace_.empty(),
                             {.name = name_rule::path_segment, .known_finalizers = false}, found);
        for (auto const& cause : found.causes()) {
            auto const below = std::string_view(cause.field).substr(std::string_view("metadata").size());
            auto const at = path_.here().to_string() + std::string(below);
            errors_.add(cause.reason, field_path(at), cause.message);
        }
    }

    document_path path_;
    field_errors& errors_;
};

inline auto add_all(std::vector<error_cause> const& causes, field_errors& errors) -> void {
    for (auto const& c : causes) errors.add(c.reason, field_path(c.field), c.message);
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto shown_document(boost::json::value const& value) -> std::string {
    auto out = std::string();
    detail::append_shown(out, value);
    return out;
}

BERTH_DECL auto check_document(object::document_schema const& schema, boost::json::value const& value,
                               std::string_view at, field_errors& errors) -> void {
    detail::add_all(detail::document_checker(at).check(schema, value, nullptr).causes, errors);
}

BERTH_DECL auto check_document_update(object::document_schema const& schema, boost::json::value const& now,
                                      boost::json::value const& before, std::string_view at,
                                      field_errors& errors) -> void {
    detail::add_all(detail::document_checker(at).check(schema, now, &before).causes, errors);
}

BERTH_DECL auto check_list_types(object::document_schema const& schema, boost::json::value const& value,
                                 std::string_view at, field_errors& errors) -> void {
    detail::list_type_checker(at, errors).check(schema, value);
}

BERTH_DECL auto check_embedded(object::document_schema const& schema, boost::json::value const& value,
                               std::string_view at, field_errors& errors) -> void {
    detail::embedded_checker(at, errors).check(schema, value);
}

} // namespace berth::api
