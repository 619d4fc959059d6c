#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/validation/webhook.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/validation/webhook.hpp>
#include <berth/kube/admissionregistration/webhook_target.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto validate_webhook_url(std::string const& url, field_path const& at, field_errors& errors) -> void {
    constexpr auto form = "; desired format: https://host[/path]";
    auto const scheme_end = url.find("://");
    auto const scheme = scheme_end == std::string::npos ? std::string() : url.substr(0, scheme_end);
    auto const rest = scheme_end == std::string::npos ? url : url.substr(scheme_end + 3);
    auto const host = rest.substr(0, rest.find_first_of("/?#"));
    auto const after = rest.substr(host.size());
    // Kubernetes never asks without TLS; here it may, on this machine
    if (scheme != "https" && !(scheme == "http" && is_own_host_name(host)))
        errors.invalid(at, scheme, "'https' is the only allowed URL scheme" + std::string(form));
    if (scheme_end == std::string::npos || host.empty())
        errors.invalid(at, "", "host must be specified" + std::string(form));
    if (auto const user = host.find('@'); user != std::string::npos)
        errors.invalid(at, host.substr(0, user), "user information is not permitted in the URL");
    if (auto const mark = after.find('#'); mark != std::string::npos)
        errors.invalid(at, after.substr(mark + 1), "fragments are not permitted in the URL");
    if (auto const mark = after.find('?'); mark != std::string::npos)
        errors.invalid(at, after.substr(mark + 1, after.find('#') - mark - 1),
                       "query parameters are not permitted in the URL");
}

inline auto validate_webhook_path(std::string const& path, field_path const& at, field_errors& errors)
    -> void {
    if (path.empty() || path == "/") return;
    if (path == "//") return errors.invalid(at, path, "segment[0] may not be empty");
    if (path.front() != '/') errors.invalid(at, path, "must start with a '/'");
    auto rest = std::string_view(path);
    rest.remove_prefix(rest.front() == '/' ? 1 : 0);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    for (auto n = 0;; ++n) {
        auto const segment = rest.substr(0, rest.find('/'));
        auto const which = "segment[" + std::to_string(n) + "]";
        if (segment.empty()) errors.invalid(at, path, which + " may not be empty");
        else
            for (auto const& why : object::dns1123_subdomain_problems(segment))
                errors.invalid(at, path, which + ": " + why);
        if (segment.size() == rest.size()) return;
        rest.remove_prefix(segment.size() + 1);
    }
}

BERTH_DECL auto validate_webhook_client(webhook_client_config const& c, field_path const& at,
                                        field_errors& errors) -> void {
    auto const service = at.child("service");
    if (static_cast<bool>(c.url) == static_cast<bool>(c.service))
        return errors.required(at, "exactly one of url or service is required");
    if (c.url) return validate_webhook_url(*c.url, at.child("url"), errors);
    if (c.service->name.empty()) errors.required(service.child("name"), "service name is required");
    if (c.service->namespace_.empty())
        errors.required(service.child("namespace"), "service namespace is required");
    if (c.service->path) validate_webhook_path(*c.service->path, service.child("path"), errors);
    auto const port = c.service->port.value_or(443);
    for (auto const& why : object::port_number_problems(port))
        errors.invalid(service.child("port"), port, "port is not valid: " + why);
}

/// `*` stands alone.
inline auto validate_alone(std::vector<std::string> const& texts, std::string_view any, std::string_view why,
                           field_path const& at, field_errors& errors) -> void {
    if (texts.size() > 1 && std::find(texts.begin(), texts.end(), any) != texts.end())
        errors.invalid(at, shown_value::list(texts), why);
}

inline auto validate_rule_resources(std::vector<std::string> const& resources, field_path const& at,
                                    field_errors& errors) -> void {
    auto const has = [&](std::string const& text) {
        return std::find(resources.begin(), resources.end(), text) != resources.end();
    };
    if (resources.empty()) errors.required(at);
    auto seen = std::set<std::string>();
    for (std::size_t i = 0; i < resources.size(); ++i) {
        auto const& r = resources[i];
        auto const one = at.index(i);
        if (r.empty()) {
            errors.required(one);
            continue;
        }
        if (!seen.insert(r).second) errors.duplicate(one, r);
        auto const slash = r.find('/');
        if (slash == std::string::npos) continue;
        auto const whole = r.substr(0, slash);
        auto const part = r.substr(slash + 1);
        if (whole != "*" && has("*/" + part))
            errors.invalid(one, r, "if '*/" + part + "' is present, must not specify " + r);
        if (part != "*" && has(whole + "/*"))
            errors.invalid(one, r, "if '" + whole + "/*' is present, must not specify " + r);
    }
    if (resources.size() > 1 && has("*/*"))
        errors.invalid(at, shown_value::list(resources),
                       "if '*/*' is present, must not specify other resources");
    auto plain = false;
    for (auto const& r : resources) plain = plain || (r != "*" && r.find('/') == std::string::npos);
    if (has("*") && plain)
        errors.invalid(at, shown_value::list(resources),
                       "if '*' is present, must not specify other resources without subresources");
}

inline auto validate_webhook_rule(rule_with_operations const& r, field_path const& at, field_errors& errors)
    -> void {
    auto const operations = at.child("operations");
    auto const groups = at.child("apiGroups");
    auto const versions = at.child("apiVersions");
    if (r.operations.empty()) errors.required(operations);
    validate_alone(r.operations, "*", "if '*' is present, must not specify other operations", operations,
                   errors);
    for (std::size_t i = 0; i < r.operations.size(); ++i)
        check_allowed(object::field_of(&rule_with_operations::operations), r.operations[i],
                      operations.index(i), errors);
    if (r.api_groups.empty()) errors.required(groups);
    validate_alone(r.api_groups, "*", "if '*' is present, must not specify other API groups", groups, errors);
    if (r.api_versions.empty()) errors.required(versions);
    validate_alone(r.api_versions, "*", "if '*' is present, must not specify other API versions", versions,
                   errors);
    for (std::size_t i = 0; i < r.api_versions.size(); ++i)
        if (r.api_versions[i].empty()) errors.required(versions.index(i));
    validate_rule_resources(r.resources, at.child("resources"), errors);
    check_allowed(r, &rule_with_operations::scope, at, errors);
}

BERTH_DECL auto validate_webhook_rules(object::list<rule_with_operations> const& rules, field_path const& at,
                                       field_errors& errors) -> void {
    for (std::size_t i = 0; i < rules.size(); ++i) validate_webhook_rule(rules[i], at.index(i), errors);
}

BERTH_DECL auto validate_match_conditions(object::list<match_condition> const& conditions,
                                          field_path const& at, field_errors& errors) -> void {
    constexpr std::size_t most = 64;
    auto seen = std::set<std::string_view>();
    if (conditions.size() > most) errors.too_many(at, static_cast<std::int64_t>(conditions.size()), most);
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        auto const& c = conditions[i];
        auto const one = at.index(i);
        if (c.expression.find_first_not_of(" \t\n\r") == std::string::npos)
            errors.required(one.child("expression"));
        if (c.name.empty()) {
            errors.required(one.child("name"));
            continue;
        }
        validate_label_name(c.name, one.child("name"), errors);
        if (!seen.insert(c.name).second) errors.duplicate(one.child("name"), c.name);
    }
}

BERTH_DECL auto validate_review_versions(std::vector<std::string> const& versions, field_path const& at,
                                         field_errors& errors) -> void {
    if (versions.empty()) return errors.required(at, "must specify one of v1, v1beta1");
    auto seen = std::set<std::string_view>();
    auto known = false;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        auto const& v = versions[i];
        if (!seen.insert(v).second) {
            errors.invalid(at.index(i), v, "duplicate version");
            continue;
        }
        errors.invalid_all(at.index(i), v, object::dns1035_label_problems(v));
        known = known || v == "v1" || v == "v1beta1";
    }
    if (!known) errors.invalid(at, shown_value::list(versions), "must include at least one of v1, v1beta1");
}

} // namespace berth::kube::detail
