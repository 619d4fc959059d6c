#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/detail/custom_version.hpp`.

#include <berth/api/age.hpp>
#include <berth/api/check_document.hpp>
#include <berth/api/errors.hpp>
#include <berth/api/scale.hpp>
#include <berth/api/version_order.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/detail/custom_version.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/detail/embedded.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/openapi.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/go_value.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/prune.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace berth::kube::detail {

using json_value = boost::json::value;

/// The names in a path of dots.
inline auto split_path(std::string_view path) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    if (path.starts_with('.')) path.remove_prefix(1);
    for (auto rest = path;;) {
        auto const dot = rest.find('.');
        out.emplace_back(rest.substr(0, dot));
        if (dot == std::string_view::npos) return out;
        rest.remove_prefix(dot + 1);
    }
}

/// What lies at a path of names; `problem`: what stands in the way.
struct nested_value {
    json_value const* value = nullptr;
    std::string problem;
};

/// Finds a value as apimachinery's `NestedFieldNoCopy` does, and complains as it does.
inline auto find_nested(json_value const& document, std::vector<std::string> const& path) -> nested_value {
    auto const* here = &document;
    auto walked = std::string();
    for (auto const& name : path) {
        if (here->is_null()) return {};
        auto const* const object = here->if_object();
        if (object == nullptr)
            return {nullptr, walked + "." + name + " accessor error: " + object::detail::go_value(*here) +
                                 " is of the type " + std::string(object::detail::go_type(*here)) +
                                 ", expected map[string]interface{}"};
        here = object->if_contains(name);
        if (here == nullptr) return {};
        walked += "." + name;
    }
    return {here, {}};
}

/// Finds a number; a value of another type is a problem.
inline auto find_integer(json_value const& document, std::vector<std::string> const& path,
                         std::string const& text) -> std::pair<std::optional<std::int64_t>, std::string> {
    auto const found = find_nested(document, path);
    if (!found.problem.empty() || found.value == nullptr) return {std::nullopt, found.problem};
    if (found.value->is_int64()) return {found.value->get_int64(), {}};
    return {std::nullopt, text + " accessor error: " + object::detail::go_value(*found.value) +
                              " is of the type " + std::string(object::detail::go_type(*found.value)) +
                              ", expected int64"};
}

/// Members in the order of their names, at every level: equal documents have equal texts.
inline auto sort_members(json_value& value) -> void {
    if (value.is_array()) {
        for (auto& element : value.get_array()) sort_members(element);
    } else if (value.is_object()) {
        auto& object = value.get_object();
        auto members = std::vector<boost::json::key_value_pair*>();
        for (auto& m : object) {
            sort_members(m.value());
            members.push_back(&m);
        }
        auto const less = [](auto const* a, auto const* b) { return a->key() < b->key(); };
        if (std::is_sorted(members.begin(), members.end(), less)) return;
        std::sort(members.begin(), members.end(), less);
        auto sorted = boost::json::object();
        sorted.reserve(members.size());
        for (auto* m : members) sorted.emplace(m->key(), std::move(m->value()));
        object = std::move(sorted);
    }
}

BERTH_DECL auto custom_version::document_of(void const* object) const -> json_value {
    auto text = std::string();
    object::append_document(text, *type, object, 0);
    auto parsed = object::parse_document(text);
    return parsed ? std::move(parsed->value) : json_value(boost::json::object());
}

BERTH_DECL auto custom_version::object_of(boost::json::object const& document) const
    -> result<object::draft> {
    auto out = object::draft(*type);
    auto decoder = object::decoder(object::unknown_members::keep);
    if (auto ok = decoder.decode_document(document, *type, out.data()); !ok)
        return std::unexpected(std::move(ok).error());
    return out;
}

/// Prunes a document, and fills in what is missing.
inline auto fit_document(boost::json::object& document, object::document_schema const& schema,
                         object::told_paths& gone) -> void {
    object::prune(document, schema, gone);
    auto value = json_value(std::move(document));
    object::drop_nulls(value, schema);
    document = std::move(value.get_object());
}

inline auto fill_document(boost::json::object& document, object::document_schema const& schema) -> void {
    auto value = json_value(std::move(document));
    object::fill_defaults(value, schema);
    document = std::move(value.get_object());
}

BERTH_DECL auto custom_version::admit(boost::json::object& document) const
    -> result<std::vector<std::string>> {
    auto gone = object::told_paths();
    fit_document(document, *schema, gone);
    if (auto ok = coerce_embedded(document, *schema, gone); !ok)
        return std::unexpected(std::move(ok).error());
    fill_document(document, *schema);
    for (auto& member : document)
        if (member.key() != "metadata") sort_members(member.value());
    auto paths = std::move(gone).paths();
    std::sort(paths.begin(), paths.end());
    return paths;
}

BERTH_DECL auto custom_version::validate(void const* object, api::field_errors& errors) const -> void {
    auto const document = document_of(object);
    api::check_document(*schema, document, "", errors);
    check_scale(document, true, true, errors);
    api::check_embedded(*schema, document, "", errors);
    api::check_list_types(*schema, document, "", errors);
}

/// Refuses equal elements of lists, unless there were some before.
inline auto check_changed_lists(object::document_schema const& schema, json_value const& now,
                                json_value const& before, std::string_view at, api::field_errors& errors)
    -> void {
    auto found = api::field_errors();
    api::check_list_types(schema, now, at, found);
    if (found.empty()) return;
    auto old = api::field_errors();
    api::check_list_types(schema, before, at, old);
    if (!old.empty()) return;
    for (auto const& c : found.causes()) errors.add(c.reason, api::field_path(c.field), c.message);
}

BERTH_DECL auto custom_version::validate_update(void const* now, void const* before,
                                                api::field_errors& errors) const -> void {
    auto const document = document_of(now);
    auto const old = document_of(before);
    api::check_document_update(*schema, document, old, "", errors);
    check_scale(document, true, true, errors);
    api::check_embedded(*schema, document, "", errors);
    check_changed_lists(*schema, document, old, "", errors);
}

BERTH_DECL auto custom_version::validate_status(void const* now, void const* before,
                                                api::field_errors& errors) const -> void {
    auto const document = document_of(now);
    auto const old = document_of(before);
    auto const* const status = document.get_object().if_contains("status");
    auto const* const old_status = old.get_object().if_contains("status");
    auto const* const of = schema->property("status");
    if (status != nullptr && of != nullptr) {
        if (old_status == nullptr) api::check_document(*of, *status, "status", errors);
        else api::check_document_update(*of, *status, *old_status, "status", errors);
    }
    check_scale(document, false, true, errors);
    check_changed_lists(*schema, document, old, "", errors);
}

BERTH_DECL auto custom_version::check_scale(json_value const& document, bool spec, bool status,
                                            api::field_errors& errors) const -> void {
    if (!scale) return;
    auto const check_number = [&](std::vector<std::string> const& path, std::string const& text) {
        auto const [number, problem] = find_integer(document, path, text);
        auto const at = api::field_path(text);
        if (!problem.empty()) errors.invalid(at, number.value_or(0), problem);
        else if (number && *number < 0) errors.invalid(at, *number, "should be a non-negative integer");
        else if (number && *number > std::numeric_limits<std::int32_t>::max())
            errors.invalid(at, *number, "should be less than or equal to 2147483647");
    };
    if (spec) check_number(scale->spec, scale->spec_text);
    if (!status) return;
    check_number(scale->status, scale->status_text);
    if (scale->selector.empty()) return;
    auto found = find_nested(document, scale->selector);
    auto const at = api::field_path(scale->selector_text);
    if (found.problem.empty() && found.value != nullptr && !found.value->is_string())
        found.problem = scale->selector_text + " accessor error: " + object::detail::go_value(*found.value) +
                        " is of the type " + std::string(object::detail::go_type(*found.value)) +
                        ", expected string";
    if (!found.problem.empty()) errors.invalid(at, "", found.problem);
}

BERTH_DECL auto custom_version::cell_of(custom_column const& c, void const* object, time_point now) const
    -> api::cell {
    auto const document = document_of(object);
    auto const found = c.path.find(document);
    if (found.empty()) return nullptr;
    auto const& value = *found.front();
    if (c.type == "string") {
        if (value.is_null()) return nullptr;
        if (value.is_array() || value.is_object()) return api::shown_document(value);
        return object::detail::go_value(value);
    }
    if (c.type == "integer" && value.is_int64()) return value.get_int64();
    if (c.type == "integer" && value.is_number()) {
        auto const n = value.to_number<double>();
        if (std::abs(n) < 0x1p63) return static_cast<std::int64_t>(n);
        return std::numeric_limits<std::int64_t>::min();
    }
    if (c.type == "number" && value.is_number()) return value.to_number<double>();
    if (c.type == "boolean" && value.is_bool()) return value.get_bool();
    if (c.type == "date" && value.is_string()) {
        auto time = object::timestamp();
        auto token = object::scalar_token{};
        token.type = object::scalar_token::kind::text;
        token.text = object::detail::text_view(value.get_string());
        if (token.text.empty()) return std::string("<unknown>");
        if (!object::type_of<object::timestamp>().read(&time, token)) return std::string("<invalid>");
        return api::age_of(time, now);
    }
    return nullptr;
}

BERTH_DECL auto custom_version::field_of(custom_field const& f, void const* object) const -> std::string {
    auto const document = document_of(object);
    auto const found = find_nested(document, f.path);
    if (found.value == nullptr || found.value->is_null()) return {};
    return object::detail::go_value(*found.value);
}

BERTH_DECL auto custom_version::scale_of(void const* object) const -> result<object::any_object> {
    auto const document = document_of(object);
    auto const [desired, problem] = find_integer(document, scale->spec, scale->spec_text);
    if (!problem.empty()) return fail(error_code::internal, problem);
    if (!desired)
        return fail(error_code::internal, "the spec replicas field " +
                                              object::detail::go_quoted(scale->spec_text) +
                                              " does not exist");
    auto const [current, trouble] = find_integer(document, scale->status, scale->status_text);
    if (!trouble.empty()) return fail(error_code::internal, trouble);
    auto out = api::scale{};
    out.spec.replicas = static_cast<std::int32_t>(*desired);
    out.status.replicas = static_cast<std::int32_t>(current.value_or(0));
    if (!scale->selector.empty()) {
        auto const selector = find_nested(document, scale->selector);
        if (selector.value != nullptr && selector.value->is_string())
            out.status.selector = std::string(object::detail::text_view(selector.value->get_string()));
    }
    return object::any_object(std::move(out));
}

BERTH_DECL auto custom_version::write_scale(void* object, void const* asked) const -> void {
    auto const wanted = static_cast<api::scale const*>(asked)->spec.replicas; // checked with the object
    auto document = document_of(object);
    auto* here = &document;
    for (auto const& step : scale->spec) {
        if (!here->is_object()) here->emplace_object();
        here = &here->get_object()[step];
    }
    *here = std::int64_t{wanted};
    if (auto changed = object_of(document.get_object())) type->assign(object, changed->data());
}

inline auto custom_columns_of(object::list<custom_resource_column> const& columns)
    -> std::vector<custom_column> {
    auto out = std::vector<custom_column>();
    for (auto const& c : columns) {
        auto path = object::json_path::parse(c.json_path);
        if (!path) return {}; // as where there is none but the name
        auto text = c.description.empty()
                        ? "Custom resource definition column (in JSONPath format): " + c.json_path
                        : c.description;
        out.push_back({c.name, c.type, c.format, std::move(text), c.priority, *std::move(path)});
    }
    return out;
}

/// `example.org` as `org.example`, for names of schemas.
inline auto reversed_group(std::string_view group) -> std::string {
    auto out = std::string();
    for (auto rest = group; !rest.empty();) {
        auto const dot = rest.rfind('.');
        auto const from = dot == std::string_view::npos ? 0 : dot + 1;
        (out += out.empty() ? "" : ".") += rest.substr(from);
        rest = dot == std::string_view::npos ? std::string_view() : rest.substr(0, dot);
    }
    return out;
}

/// The type of a version's objects: metadata, a status of its own where it has one, and the rest as it comes.
inline auto make_custom_type(custom_resource_definition const& d, custom_version& out) -> bool {
    auto loose = boost::json::object{{"type", "object"}, {"x-kubernetes-preserve-unknown-fields", true}};
    if (out.has_status)
        loose["properties"] = {
            {"status", {{"x-kubernetes-preserve-unknown-fields", true}, {"nullable", true}}}};
    auto const& names = d.status.accepted_names;
    auto const resource = object::resource_name{d.spec.group, out.name,       names.kind,
                                                names.plural, names.singular, d.spec.scope == "Namespaced"};
    auto const name = reversed_group(d.spec.group) + "." + out.name + "." + names.kind;
    auto made = object::runtime_schema::from_structural(loose, name, resource, {.documented = out.schema});
    if (!made) return false;
    out.types = std::make_shared<object::runtime_schema const>(*std::move(made));
    out.type = out.types->find(name);
    return out.type != nullptr;
}

/// What users of a deprecated version are told: what it says itself, or which version to use.
inline auto deprecation_of(custom_resource_definition const& d, custom_resource_version const& v)
    -> std::string {
    if (v.deprecation_warning) return *v.deprecation_warning;
    auto const named = [&](std::string const& version) {
        return d.spec.group + "/" + version + " " + d.spec.names.kind;
    };
    auto out = named(v.name) + " is deprecated";
    auto const* best = static_cast<std::string const*>(nullptr);
    for (auto const& other : d.spec.versions)
        if (other.served && !other.deprecated && api::is_newer_version(other.name, v.name) &&
            (best == nullptr || api::is_newer_version(other.name, *best)))
            best = &other.name;
    return best == nullptr ? out : out + "; use " + named(*best);
}

BERTH_DECL auto make_custom_version(custom_resource_definition const& d, custom_resource_version const& v)
    -> std::optional<custom_version> {
    auto out = custom_version{};
    out.name = v.name;
    out.served = v.served;
    out.has_status = v.subresources && v.subresources->status;
    if (v.deprecated) out.deprecation = deprecation_of(d, v);
    auto const parsed = schema_of(v);
    auto schema = parsed ? object::document_schema::read(parsed->get_object()) : object::document_schema();
    if (!parsed || d.spec.preserve_unknown_fields) schema.preserves_unknown = true;
    out.schema = std::make_shared<object::document_schema const>(std::move(schema));
    if (!make_custom_type(d, out)) return std::nullopt;
    out.openapi = custom_openapi(d, v);
    out.columns = custom_columns_of(v.additional_printer_columns.empty() ? default_custom_columns()
                                                                         : v.additional_printer_columns);
    for (auto const& f : v.selectable_fields)
        out.fields.push_back({f.json_path.substr(1), split_path(f.json_path)});
    if (!v.subresources || !v.subresources->scale) return out;
    auto const& s = *v.subresources->scale;
    auto paths = custom_scale_paths{s.spec_replicas_path, s.status_replicas_path, {}, {}, {}, {}};
    paths.spec = split_path(s.spec_replicas_path);
    paths.status = split_path(s.status_replicas_path);
    if (s.label_selector_path && !s.label_selector_path->empty()) {
        paths.selector_text = *s.label_selector_path;
        paths.selector = split_path(paths.selector_text);
    }
    out.scale = std::move(paths);
    return out;
}

BERTH_DECL auto custom_versions::find(std::string_view version) const -> custom_version const* {
    for (auto const& v : all)
        if (v.name == version) return &v;
    return nullptr;
}

BERTH_DECL auto custom_versions::lost(std::string_view version, boost::json::object const& document) const
    -> std::vector<std::string> {
    static auto const nothing = object::document_schema();
    auto const* const read_by = find(version);
    auto gone = object::told_paths();
    auto copy = document;
    object::prune(copy, read_by == nullptr ? nothing : *read_by->schema, gone);
    auto paths = std::move(gone).paths();
    std::sort(paths.begin(), paths.end());
    return paths;
}

BERTH_DECL auto custom_versions::converted(object::any_object const& from, custom_version const& to) const
    -> result<object::any_object> {
    auto text = std::string();
    object::append_document(text, from.type(), from.data(), 0);
    auto parsed = object::parse_document(text);
    if (!parsed || !parsed->value.is_object())
        return fail(error_code::internal, "a stored object is no document");
    auto& document = parsed->value.get_object();
    auto gone = object::told_paths();
    auto const* const was = find(from.resource().version);
    if (was != nullptr) {
        fit_document(document, *was->schema, gone);
        fill_document(document, *was->schema);
    }
    if (was != &to) fit_document(document, *to.schema, gone);
    for (auto& member : document)
        if (member.key() != "metadata") sort_members(member.value());
    auto made = to.object_of(document);
    if (!made) return std::unexpected(std::move(made).error());
    return std::move(*made).finish();
}

} // namespace berth::kube::detail
