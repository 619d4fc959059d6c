#pragma once

/// \file
/// The bodies of `berth/kube/core/limit_range/validation.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/limit_range/validation.hpp>

#include <cmath>
#include <cstdio>
#include <set>
#include <string_view>

namespace berth::kube::detail {

BERTH_DECL auto shown_ratio(double ratio) -> std::string {
    if (std::isnan(ratio)) return "NaN";
    if (std::isinf(ratio)) return ratio < 0 ? "-Inf" : "+Inf";
    char text[512];
    std::snprintf(text, sizeof(text), "%f", ratio);
    return text;
}

inline auto validate_limit_type(std::string const& type, field_path const& at, field_errors& errors) -> void {
    if (!object::is_qualified_name(type))
        return errors.invalid_all(at, type, object::qualified_name_problems(type));
    if (type.find('/') == std::string::npos &&
        !is_any_of(type, {"Pod", "Container", "PersistentVolumeClaim"}))
        errors.invalid(at, type, "must be a standard limit type or fully qualified");
}

/// The amounts of one resource in a limit range's item; null: not said.
struct limited_resource {
    std::string const& name;
    object::quantity const* min;
    object::quantity const* max;
    object::quantity const* limit;
    object::quantity const* request;
    object::quantity const* ratio;
};

inline auto is_above(object::quantity const* a, object::quantity const* b) -> bool {
    return a != nullptr && b != nullptr && *a > *b;
}

/// How often the least fits into the greatest, as far as 64 bits of thousandths tell.
inline auto validate_limit_ratio(limited_resource const& r, field_path const& at, field_errors& errors)
    -> void {
    if (r.ratio == nullptr) return;
    auto const shown = r.ratio->to_string();
    if (*r.ratio < object::quantity::of(1)) errors.invalid(at, shown, "ratio " + shown + " is less than 1");
    if (r.min == nullptr || r.max == nullptr) return;
    auto const small = [](object::quantity const& q) { return q.value() < greatest_in_thousandths; };
    auto const exact = small(*r.ratio) && small(*r.min) && small(*r.max);
    auto const number = [&](object::quantity const& q) {
        return static_cast<double>(exact ? q.milli_value() : q.value());
    };
    auto const ratio =
        exact ? static_cast<double>(r.ratio->milli_value()) / 1000 : static_cast<double>(r.ratio->value());
    auto const most = number(*r.max) / number(*r.min);
    if (ratio > most)
        errors.invalid(at, shown, "ratio " + shown + " is greater than max/min = " + shown_ratio(most));
}

inline auto validate_limited(limited_resource const& r, field_path const& at, field_errors& errors) -> void {
    auto const check = [&](object::quantity const* less, std::string_view what, object::quantity const* more,
                           std::string_view than, std::string_view field, object::quantity const* told) {
        if (!is_above(less, more)) return;
        auto const list = at.child(field);
        errors.invalid(list.key(r.name), told->to_string(),
                       std::string(what) + " value " + less->to_string() + " is greater than " +
                           std::string(than) + " value " + more->to_string());
    };
    check(r.min, "min", r.max, "max", "min", r.min);
    check(r.min, "min", r.request, "default request", "defaultRequest", r.request);
    check(r.request, "default request", r.max, "max", "defaultRequest", r.request);
    check(r.request, "default request", r.limit, "default limit", "defaultRequest", r.request);
    check(r.min, "min", r.limit, "default", "default", r.min);
    check(r.limit, "default", r.max, "max", "default", r.max);
    auto const ratios = at.child("maxLimitRequestRatio");
    validate_limit_ratio(r, ratios.key(r.name), errors);
    auto const requests = at.child("defaultRequest");
    if (!is_overcommittable(r.name) && r.limit != nullptr && r.request != nullptr && *r.limit != *r.request)
        errors.invalid(requests.key(r.name), r.request->to_string(),
                       "default value " + r.limit->to_string() + " must equal to defaultRequest value " +
                           r.request->to_string() + " in " + r.name);
}

inline auto validate_limit_names(limit_range_item const& item, resource_list const& amounts,
                                 field_path const& at, std::set<std::string>& names, field_errors& errors)
    -> void {
    auto const of_containers = item.type == "Pod" || item.type == "Container";
    for (auto const& [name, amount] : amounts) {
        if (of_containers) validate_container_resource_name(name, at.key(name), errors);
        else validate_resource_name(name, at.key(name), errors);
        names.insert(name);
    }
}

inline auto validate_limit_item(limit_range_item const& item, field_path const& at, field_errors& errors)
    -> void {
    auto names = std::set<std::string>();
    auto const of_pods = item.type == "Pod";
    auto const check_names = [&](resource_list const& amounts, std::string_view field) {
        validate_limit_names(item, amounts, at.child(field), names, errors);
    };
    auto const check_defaults = [&](resource_list const& amounts, std::string_view field) {
        if (!of_pods) check_names(amounts, field);
        else if (!amounts.empty())
            errors.forbidden(at.child(field), "may not be specified when `type` is 'Pod'");
    };
    check_names(item.max, "max");
    check_names(item.min, "min");
    check_defaults(item.default_, "default");
    check_defaults(item.default_request, "defaultRequest");
    if (item.type == "PersistentVolumeClaim" && !item.min.contains("storage") &&
        !item.max.contains("storage"))
        errors.required(at.child("limits"),
                        "either minimum or maximum storage value is required, but neither was provided");
    check_names(item.max_limit_request_ratio, "maxLimitRequestRatio");
    for (auto const& name : names)
        validate_limited(
            {name, item.min.find(name), item.max.find(name), of_pods ? nullptr : item.default_.find(name),
             of_pods ? nullptr : item.default_request.find(name), item.max_limit_request_ratio.find(name)},
            at, errors);
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto validate(limit_range const& l, api::field_errors& errors) -> void {
    auto const limits = detail::spec_path.child("limits");
    auto types = std::set<std::string_view>();
    for (std::size_t i = 0; i < l.spec.limits.size(); ++i) {
        auto const& item = l.spec.limits[i];
        auto const one = limits.index(i);
        detail::validate_limit_type(item.type, one.child("type"), errors);
        if (!types.insert(item.type).second) errors.duplicate(one.child("type"), item.type);
        detail::validate_limit_item(item, one, errors);
    }
}

} // namespace berth::kube
