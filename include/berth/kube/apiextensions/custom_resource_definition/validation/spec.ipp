#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/validation/spec.hpp`.

#include <berth/api/object_meta.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/schema_of.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/field_of_schema.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/validation/spec.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/names.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace berth::kube::detail {

using versions_list = object::list<custom_resource_version>;

/// Versions as Kubernetes' internal type shows them, as far as they are told apart by it.
inline auto shown_versions(versions_list const& versions) -> api::shown_value {
    if (versions.empty()) return api::shown_value::null();
    auto out = std::string("[");
    for (auto const& v : versions) {
        if (out.size() > 1) out += ',';
        (out += "{\"Name\":") += object::detail::go_json(v.name);
        (out += ",\"Served\":") += v.served ? "true" : "false";
        ((out += ",\"Storage\":") += v.storage ? "true" : "false") += '}';
    }
    return api::shown_value::bare(out + "]");
}

inline auto check_definition_label(std::string_view text, api::field_path const& at,
                                   api::field_errors& errors) -> void {
    if (object::is_dns1035_label(text)) return;
    errors.invalid(at, text, object::joined(object::dns1035_label_problems(text), ","));
}

inline auto check_mixed_case(std::string const& text, api::field_path const& at, api::field_errors& errors)
    -> void {
    auto const problems = object::dns1035_label_problems(api::detail::lower_case(text));
    if (!text.empty() && !problems.empty())
        errors.invalid(at, text,
                       "may have mixed case, but should otherwise match: " + object::joined(problems, ","));
}

/// A path in dots.
inline auto check_simple_path(std::string const& path, api::field_path const& at, api::field_errors& errors)
    -> bool {
    if (path.starts_with('.')) return true;
    errors.invalid(at, path, "must be a simple json path starting with .");
    return false;
}

inline auto check_scale_paths(custom_resource_scale const& s, api::field_path const& at,
                              api::field_errors& errors) -> void {
    auto const check = [&](std::string const& path, char const* name, std::string_view root,
                           char const* why) {
        auto const here = at.child(name);
        if (path.empty()) return errors.required(here);
        if (check_simple_path(path, here, errors) && !path.starts_with(root)) errors.invalid(here, path, why);
    };
    check(s.spec_replicas_path, "specReplicasPath", ".spec.", "should be a json path under .spec");
    check(s.status_replicas_path, "statusReplicasPath", ".status.", "should be a json path under .status");
    if (!s.label_selector_path || s.label_selector_path->empty()) return;
    auto const& path = *s.label_selector_path;
    auto const here = at.child("labelSelectorPath");
    if (check_simple_path(path, here, errors) && !path.starts_with(".spec.") && !path.starts_with(".status."))
        errors.invalid(here, path, "should be a json path under either .spec or .status");
}

inline auto check_subresources(object::boxed<custom_resource_subresources> const& s,
                               api::field_path const& at, api::field_errors& errors) -> void {
    if (s && s->scale) check_scale_paths(*s->scale, at.child("scale"), errors);
}

inline auto check_custom_columns(object::list<custom_resource_column> const& columns,
                                 api::field_path const& at, api::field_errors& errors) -> void {
    constexpr auto types = std::array<std::string_view, 5>{"boolean", "date", "integer", "number", "string"};
    constexpr auto formats = std::array<std::string_view, 8>{"byte",  "date",  "date-time", "double",
                                                             "float", "int32", "int64",     "password"};
    auto const one_of = [](auto const& allowed) {
        auto out = std::string("must be one of ");
        for (auto const& a : allowed) (out += out.ends_with(' ') ? "" : ",") += a;
        return out;
    };
    auto const has = [](auto const& allowed, std::string const& text) {
        return std::find(allowed.begin(), allowed.end(), text) != allowed.end();
    };
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto const& c = columns[i];
        auto const here = at.index(i);
        if (c.name.empty()) errors.required(here.child("name"));
        if (c.type.empty()) errors.required(here.child("type"), one_of(types));
        else if (!has(types, c.type)) errors.invalid(here.child("type"), c.type, one_of(types));
        if (!c.format.empty() && !has(formats, c.format))
            errors.invalid(here.child("format"), c.format, one_of(formats));
        if (c.json_path.empty()) errors.required(here.child("JSONPath"));
        else check_simple_path(c.json_path, here.child("JSONPath"), errors);
    }
}

inline auto check_selectable(object::list<selectable_field> const& fields, json_schema const& s,
                             api::field_path const& at, api::field_errors& errors) -> void {
    constexpr auto most = std::size_t{8};
    auto seen = std::set<std::vector<std::string>>();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto const& path = fields[i].json_path;
        auto const field = at.index(i);
        auto const here = field.child("jsonPath");
        if (path.empty()) {
            errors.required(here);
            continue;
        }
        auto const found = find_field(s, path, false);
        if (!found.problem.empty()) {
            errors.invalid(here, path, "is an invalid path: " + found.problem);
            continue;
        }
        if (found.names.front() == "metadata")
            errors.invalid(here, path, "must not point to fields in metadata");
        auto const type = found.schema->type();
        if (type != "string" && type != "boolean" && type != "integer")
            errors.invalid(here, path,
                           "must point to a field of type string, boolean or integer. Enum string fields and "
                           "strings with formats are allowed.");
        if (!seen.insert(found.names).second) errors.duplicate(here, path);
    }
    if (seen.size() > most)
        errors.too_many(at, static_cast<std::int64_t>(seen.size()), static_cast<std::int64_t>(most));
}

inline auto check_deprecation(custom_resource_version const& v, api::field_path const& at,
                              api::field_errors& errors) -> void {
    constexpr auto longest = std::size_t{256};
    if (!v.deprecation_warning) return;
    auto const& text = *v.deprecation_warning;
    if (!v.deprecated) return errors.invalid(at, text, "can only be set for deprecated versions");
    if (text.size() > longest) errors.invalid(at, text, "must be <= 256 characters long");
    if (text.empty()) errors.invalid(at, text, "must not be an empty string");
    for (std::size_t i = 0; i < text.size();) {
        auto const c = object::detail::first_code_point(std::string_view(text).substr(i));
        if (!object::detail::is_printable(c.value))
            return errors.invalid(
                at, text,
                "must only contain printable UTF-8 characters; non-printable character found at "
                "index " +
                    std::to_string(i));
        i += c.length;
    }
}

inline auto has_status(object::boxed<custom_resource_subresources> const& s) -> bool {
    return s && s->status;
}

inline auto has_schema(custom_resource_version const& v) -> bool {
    return v.schema && v.schema->open_api_v3_schema;
}

inline auto check_definition_version(custom_resource_version const& v, shared_by_versions const& shared,
                                     definition_rules const& rules, api::field_path const& at,
                                     api::field_errors& errors) -> void {
    check_deprecation(v, at.child("deprecationWarning"), errors);
    auto const parsed = schema_of(v);
    auto const in_schema = at.child("schema");
    if (parsed && !shared.schema)
        validate_schema(json_schema(parsed->get_object()), has_status(v.subresources), rules.schemas,
                        in_schema.child("openAPIV3Schema"), errors);
    if (!shared.subresources) check_subresources(v.subresources, at.child("subresources"), errors);
    if (!shared.columns)
        check_custom_columns(v.additional_printer_columns, at.child("additionalPrinterColumns"), errors);
    if (shared.selectable_fields || v.selectable_fields.empty()) return;
    auto const selectable = at.child("selectableFields");
    if (!parsed || shared.schema)
        errors.invalid(
            selectable, "",
            "selectableFields may only be set when version.schema.openAPIV3Schema is not included");
    else check_selectable(v.selectable_fields, json_schema(parsed->get_object()), selectable, errors);
}

/// What all versions say alike.
inline auto check_shared_parts(custom_resource_definition_spec const& s, shared_by_versions const& shared,
                               definition_rules const& rules, api::field_path const& at,
                               api::field_errors& errors) -> void {
    if (s.versions.empty()) return;
    auto const& v = s.versions.front();
    auto const parsed = schema_of(v);
    auto const validation = at.child("validation");
    auto const status = std::any_of(s.versions.begin(), s.versions.end(),
                                    [](auto const& one) { return has_status(one.subresources); });
    if (shared.schema && parsed)
        validate_schema(json_schema(parsed->get_object()), status, rules.schemas,
                        validation.child("openAPIV3Schema"), errors);
    if (shared.subresources) check_subresources(v.subresources, at.child("subresources"), errors);
    if (shared.columns)
        check_custom_columns(v.additional_printer_columns, at.child("additionalPrinterColumns"), errors);
    if (!shared.selectable_fields || v.selectable_fields.empty()) return;
    auto const selectable = at.child("selectableFields");
    if (!shared.schema || !parsed)
        errors.invalid(selectable, "",
                       "selectableFields may only be set when validations.schema is included");
    else check_selectable(v.selectable_fields, json_schema(parsed->get_object()), selectable, errors);
}

inline auto check_conversion_service(custom_resource_service_reference const& s, api::field_path const& at,
                                     api::field_errors& errors) -> void {
    if (s.name.empty()) errors.required(at.child("name"));
    if (s.namespace_.empty()) errors.required(at.child("name")); // sic
    if (s.port && (*s.port < 1 || *s.port > 65535))
        errors.invalid(at.child("port"), *s.port,
                       "port is not valid: " + object::joined(object::port_number_problems(*s.port), ","));
    if (!s.path) return;
    auto const& path = *s.path;
    auto const here = at.child("path");
    if (path.empty() || path == "/") return;
    if (!path.starts_with('/')) return errors.invalid(here, path, "must start with a '/'");
    auto const rest = std::string_view(path).substr(1);
    auto n = 0;
    for (auto left = rest.ends_with('/') ? rest.substr(0, rest.size() - 1) : rest;; ++n) {
        auto const slash = left.find('/');
        auto const step = left.substr(0, slash);
        if (step.empty())
            return errors.invalid(here, path, "segment[" + std::to_string(n) + "] may not be empty");
        if (auto const why = object::dns1123_subdomain_problems(step); !why.empty())
            errors.invalid(here, path, "segment[" + std::to_string(n) + "]: " + object::joined(why, ""));
        if (slash == std::string_view::npos) return;
        left.remove_prefix(slash + 1);
    }
}

inline auto check_conversion_url(std::string const& url, api::field_path const& at, api::field_errors& errors)
    -> void {
    constexpr auto form = "; desired format: https://host[/path]";
    auto const colon = url.find("://");
    auto const scheme = colon == std::string::npos
                            ? url.substr(0, url.find(':') == std::string::npos ? 0 : url.find(':'))
                            : url.substr(0, colon);
    if (scheme != "https")
        errors.invalid(at, scheme, std::string("'https' is the only allowed URL scheme") + form);
    auto const rest =
        colon == std::string::npos ? std::string_view() : std::string_view(url).substr(colon + 3);
    auto const authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.empty()) errors.invalid(at, "", std::string("host must be specified") + form);
    if (auto const user = authority.find('@'); user != std::string_view::npos)
        errors.invalid(at, authority.substr(0, user), "user information is not permitted in the URL");
    if (auto const fragment = rest.find('#'); fragment != std::string_view::npos)
        errors.invalid(at, rest.substr(fragment + 1), "fragments are not permitted in the URL");
    if (auto const query = rest.substr(0, rest.find('#')).find('?'); query != std::string_view::npos)
        errors.invalid(at, rest.substr(query + 1), "query parameters are not permitted in the URL");
}

inline auto check_review_versions(std::vector<std::string> const& versions, bool known_required,
                                  api::field_path const& at, api::field_errors& errors) -> void {
    if (versions.empty()) return errors.required(at);
    auto seen = std::set<std::string>();
    for (std::size_t i = 0; i < versions.size(); ++i) {
        auto const here = at.index(i);
        if (!seen.insert(versions[i]).second) {
            errors.invalid(here, versions[i], "duplicate version");
            continue;
        }
        errors.invalid_all(here, versions[i], object::dns1035_label_problems(versions[i]));
    }
    if (known_required && !seen.contains("v1") && !seen.contains("v1beta1"))
        errors.invalid(at, api::shown_value::list(versions), "must include at least one of v1, v1beta1");
}

inline auto check_definition_conversion(custom_resource_conversion const& c, bool known_required,
                                        api::field_path const& at, api::field_errors& errors) -> void {
    if (c.strategy.empty()) errors.required(at.child("strategy"));
    else if (c.strategy != "None" && c.strategy != "Webhook")
        errors.not_supported(at.child("strategy"), c.strategy, {"None", "Webhook"});
    auto const none = std::vector<std::string>();
    auto const& versions = c.webhook ? c.webhook->conversion_review_versions : none;
    auto const* const client =
        c.webhook && c.webhook->client_config ? c.webhook->client_config.get() : nullptr;
    auto const config = at.child("webhookClientConfig");
    auto const review = at.child("conversionReviewVersions");
    if (c.strategy != "Webhook") {
        constexpr auto why = "should not be set when strategy is not set to Webhook";
        if (client != nullptr) errors.forbidden(config, why);
        if (!versions.empty()) errors.forbidden(review, why);
        return;
    }
    if (client == nullptr) errors.required(config, "required when strategy is set to Webhook");
    else if (client->url.has_value() == client->service.has_value())
        errors.required(config, "exactly one of url or service is required");
    else if (client->url) check_conversion_url(*client->url, config.child("url"), errors);
    else check_conversion_service(*client->service, config.child("service"), errors);
    check_review_versions(versions, known_required, review, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto shared_by(custom_resource_definition_spec const& s) -> shared_by_versions {
    if (s.versions.empty()) return {};
    auto const& first = s.versions.front();
    auto out = shared_by_versions{true, true, true, true};
    for (auto const& v : s.versions) {
        out.schema = out.schema && v.schema == first.schema;
        out.subresources = out.subresources && v.subresources == first.subresources;
        out.columns = out.columns && v.additional_printer_columns == first.additional_printer_columns;
        out.selectable_fields = out.selectable_fields && v.selectable_fields == first.selectable_fields;
    }
    return out;
}

BERTH_DECL auto validate_names(custom_resource_names const& n, api::field_path const& at,
                               api::field_errors& errors) -> void {
    if (!n.plural.empty()) detail::check_definition_label(n.plural, at.child("plural"), errors);
    if (!n.singular.empty()) detail::check_definition_label(n.singular, at.child("singular"), errors);
    detail::check_mixed_case(n.kind, at.child("kind"), errors);
    detail::check_mixed_case(n.list_kind, at.child("listKind"), errors);
    auto const each = [&](std::vector<std::string> const& texts, char const* name) {
        auto const here = at.child(name);
        for (std::size_t i = 0; i < texts.size(); ++i)
            detail::check_definition_label(texts[i], here.index(i), errors);
    };
    each(n.short_names, "shortNames");
    if (!n.kind.empty() && n.kind == n.list_kind)
        errors.invalid(at.child("listKind"), n.list_kind, "kind and listKind may not be the same");
    each(n.categories, "categories");
}

BERTH_DECL auto validate_spec(custom_resource_definition_spec const& s, definition_rules const& rules,
                              api::field_errors& errors) -> void {
    auto const at = api::field_path("spec");
    if (s.group.empty()) errors.required(at.child("group"));
    else if (!object::is_dns1123_subdomain(s.group))
        errors.invalid(at.child("group"), s.group,
                       object::joined(object::dns1123_subdomain_problems(s.group), ","));
    else if (s.group.find('.') == std::string::npos)
        errors.invalid(at.child("group"), s.group, "should be a domain with at least one dot");
    if (s.scope.empty()) errors.required(at.child("scope"));
    else if (s.scope != "Cluster" && s.scope != "Namespaced")
        errors.not_supported(at.child("scope"), s.scope, {"Cluster", "Namespaced"});
    auto const shared = shared_by(s);
    auto const versions = at.child("versions");
    auto names = std::set<std::string>();
    auto stored = std::size_t{0};
    auto fallbacks = false;
    auto const shared_schema = shared.schema && !s.versions.empty() && detail::has_schema(s.versions.front());
    for (std::size_t i = 0; i < s.versions.size(); ++i) {
        auto const& v = s.versions[i];
        auto const here = versions.index(i);
        names.insert(v.name);
        stored += v.storage ? 1 : 0;
        auto const parsed = schema_of(v);
        if (!parsed && !shared_schema &&
            (rules.schema_required || (!s.preserve_unknown_fields && v.served))) {
            auto const schema = here.child("schema");
            errors.required(schema.child("openAPIV3Schema"),
                            rules.schema_required ? "" : "because otherwise all fields are pruned");
        }
        fallbacks = fallbacks || (parsed && json_schema(parsed->get_object()).any([](json_schema const& one) {
                        return one.has("default");
                    }));
        detail::check_definition_label(v.name, here.child("name"), errors);
        detail::check_definition_version(v, shared, rules, here, errors);
    }
    if (fallbacks && s.preserve_unknown_fields)
        errors.invalid(at.child("preserveUnknownFields"), true,
                       "must be false in order to use defaults in the schema");
    if (names.size() != s.versions.size())
        errors.invalid(versions, detail::shown_versions(s.versions), "must contain unique version names");
    if (stored != 1)
        errors.invalid(versions, detail::shown_versions(s.versions),
                       "must have exactly one version marked as storage version");
    if (!s.versions.empty() && !s.versions.front().name.empty())
        detail::check_definition_label(s.versions.front().name, at.child("version"), errors);
    auto const in_names = at.child("names");
    if (s.names.plural.empty()) errors.required(in_names.child("plural"));
    if (s.names.singular.empty()) errors.required(in_names.child("singular"));
    if (s.names.kind.empty()) errors.required(in_names.child("kind"));
    if (s.names.list_kind.empty()) errors.required(in_names.child("listKind"));
    validate_names(s.names, in_names, errors);
    detail::check_shared_parts(s, shared, rules, at, errors);
    auto const conversion = at.child("conversion");
    if (!s.conversion) return;
    if (s.conversion->strategy != "None" && s.preserve_unknown_fields)
        errors.invalid(conversion.child("strategy"), s.conversion->strategy,
                       "must be None if spec.preserveUnknownFields is true");
    detail::check_definition_conversion(*s.conversion, rules.known_review_version_required, conversion,
                                        errors);
}

BERTH_DECL auto validate_stored_versions(custom_resource_definition const& d, api::field_errors& errors)
    -> void {
    auto const status = api::field_path("status");
    auto const at = status.child("storedVersions");
    auto const& stored = d.status.stored_versions;
    if (stored.empty())
        return errors.invalid(at, api::shown_value::null(), "must have at least one stored version");
    auto const has = [&](std::string const& name) {
        return std::find(stored.begin(), stored.end(), name) != stored.end();
    };
    for (auto const& v : d.spec.versions)
        if (v.storage && !has(v.name))
            errors.invalid(at, api::shown_value::list(stored), "must have the storage version " + v.name);
    for (std::size_t i = 0; i < stored.size(); ++i) {
        auto const known = std::any_of(d.spec.versions.begin(), d.spec.versions.end(),
                                       [&](auto const& v) { return v.name == stored[i]; });
        auto const& v = stored[i];
        if (!known)
            errors.invalid(at.index(i), v,
                           "missing from spec.versions; " + v +
                               " was previously a storage version, and must remain in spec.versions until a "
                               "storage migration ensures no data remains persisted in " +
                               v + " and removes " + v + " from status.storedVersions");
    }
}

/// What is said of a definition's approval: 0 missing, 1 invalid, 2 bypassed, 3 approved.
inline auto approval_of(object::meta const& m) -> int {
    auto const found = m.annotations.find("api-approved.kubernetes.io");
    if (found == nullptr || found->empty()) return 0;
    auto const& text = *found;
    if (text.starts_with("unapproved")) return 2;
    auto const scheme = text.find("://");
    return scheme != std::string::npos && scheme > 0 && scheme + 3 < text.size() ? 3 : 1;
}

BERTH_DECL auto validate_approval(custom_resource_definition const& d,
                                  custom_resource_definition const* before, api::field_errors& errors)
    -> void {
    auto const& group = d.spec.group;
    if (group != "k8s.io" && group != "kubernetes.io" && !group.ends_with(".k8s.io") &&
        !group.ends_with(".kubernetes.io"))
        return;
    auto const now = approval_of(d.metadata);
    if (before != nullptr && approval_of(before->metadata) == now) return;
    constexpr auto see = ", see https://github.com/kubernetes/enhancements/pull/1111";
    auto const wanted =
        std::string("protected groups must have approval annotation \"api-approved.kubernetes.io\"");
    auto const metadata = api::field_path("metadata");
    auto const annotations = metadata.child("annotations");
    auto const at = annotations.key("api-approved.kubernetes.io");
    if (now == 0) errors.required(at, wanted + see);
    if (now == 1)
        errors.invalid(at, *d.metadata.annotations.find("api-approved.kubernetes.io"),
                       wanted + " with either a URL or a reason starting with \"unapproved\"" + see);
}

BERTH_DECL auto validate_preserving(custom_resource_definition const& d,
                                    custom_resource_definition const* before, api::field_errors& errors)
    -> void {
    if (before != nullptr && before->spec.preserve_unknown_fields) return;
    auto const spec = api::field_path("spec");
    if (d.spec.preserve_unknown_fields)
        errors.invalid(spec.child("preserveUnknownFields"), true,
                       "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in "
                       "spec.versions[*].schema instead");
}

} // namespace berth::kube
