#pragma once

/// \file
/// The bodies of `berth/kube/core/limit_range/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/limit_range/admission.hpp>
#include <berth/kube/core/limit_range/validation.hpp>
#include <berth/kube/core/pod/defaults.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view limit_ranger_annotation = "kubernetes.io/limit-ranger";

/// Adds what is missing; answers the names that were, `cpu, memory`.
inline auto fill_amounts(resource_list& to, resource_list const& from) -> std::string {
    auto names = std::set<std::string>();
    for (auto const& [name, amount] : from)
        if (!to.contains(name)) {
            names.insert(name);
            to[name] = amount;
        }
    auto out = std::string();
    for (auto const& name : names) (out += out.empty() ? "" : ", ") += name;
    return out;
}

inline auto fill_container(container& c, resource_requirements const& defaults, std::string_view what,
                           std::string& told) -> void {
    auto const limits = fill_amounts(c.resources.limits, defaults.limits);
    auto const requests = fill_amounts(c.resources.requests, defaults.requests);
    auto const tell = [&](std::string const& names, std::string_view part) {
        if (names.empty()) return;
        told += told.empty() ? "LimitRanger plugin set: " : "; ";
        ((((told += names) += part) += what) += ' ') += c.name;
    };
    tell(requests, " request for ");
    tell(limits, " limit for ");
}

BERTH_DECL auto give_default_amounts(limit_range const& l, pod& p) -> void {
    auto defaults = resource_requirements();
    for (auto const& item : l.spec.limits) {
        if (item.type != "Container") continue;
        for (auto const& [name, amount] : item.default_request) defaults.requests[name] = amount;
        for (auto const& [name, amount] : item.default_) defaults.limits[name] = amount;
    }
    auto told = std::string();
    for (auto& c : p.spec.containers) fill_container(c, defaults, "container", told);
    for (auto& c : p.spec.init_containers) fill_container(c, defaults, "init container", told);
    if (!told.empty()) p.metadata.annotations[std::string(limit_ranger_annotation)] = told;
}

/// What somebody asks for: requests and limits of a container, a pod or a claim.
struct asked_amounts {
    std::string type;
    resource_list const& requests;
    resource_list const& limits;
};

/// An amount that is compared with others, to the thousandth if all of them can be.
class comparable_amounts {
public:
    comparable_amounts(object::quantity const* request, object::quantity const* limit,
                       object::quantity const& bound) {
        auto const value = [](object::quantity const* q) { return q == nullptr ? 0 : q->value(); };
        auto const exact = value(request) <= greatest_in_thousandths &&
                           value(limit) <= greatest_in_thousandths &&
                           bound.value() <= greatest_in_thousandths;
        auto const number = [&](object::quantity const* q) {
            return q == nullptr ? 0 : exact ? q->milli_value() : q->value();
        };
        request_ = number(request);
        limit_ = number(limit);
        bound_ = number(&bound);
    }
    [[nodiscard]] auto request() const -> std::int64_t { return request_; }
    [[nodiscard]] auto limit() const -> std::int64_t { return limit_; }
    [[nodiscard]] auto bound() const -> std::int64_t { return bound_; }

private:
    std::int64_t request_ = 0;
    std::int64_t limit_ = 0;
    std::int64_t bound_ = 0;
};

/// Sentences about what is out of its bounds, each once.
class limit_check {
public:
    auto least(asked_amounts const& a, std::string const& name, object::quantity const& bound) -> void {
        auto const* const request = a.requests.find(name);
        auto const* const limit = a.limits.find(name);
        auto const n = comparable_amounts(request, limit, bound);
        auto const rule = "minimum " + name + " usage per " + a.type + " is " + bound.to_string();
        if (request == nullptr) add(rule + ".  No request is specified");
        else if (n.request() < n.bound()) add(rule + ", but request is " + request->to_string());
        else if (limit != nullptr && n.limit() < n.bound())
            add(rule + ", but limit is " + limit->to_string());
    }
    auto most(asked_amounts const& a, std::string const& name, object::quantity const& bound) -> void {
        auto const* const request = a.requests.find(name);
        auto const* const limit = a.limits.find(name);
        auto const n = comparable_amounts(request, limit, bound);
        auto const rule = "maximum " + name + " usage per " + a.type + " is " + bound.to_string();
        if (limit == nullptr) add(rule + ".  No limit is specified");
        else if (n.limit() > n.bound()) add(rule + ", but limit is " + limit->to_string());
        else if (request != nullptr && n.request() > n.bound())
            add(rule + ", but request is " + request->to_string());
    }
    /// Claims have no limits.
    auto most_requested(asked_amounts const& a, std::string const& name, object::quantity const& bound)
        -> void {
        auto const* const request = a.requests.find(name);
        auto const n = comparable_amounts(request, nullptr, bound);
        auto const rule = "maximum " + name + " usage per " + a.type + " is " + bound.to_string();
        if (request == nullptr) add(rule + ".  No request is specified");
        else if (n.request() > n.bound()) add(rule + ", but request is " + request->to_string());
    }
    auto ratio(asked_amounts const& a, std::string const& name, object::quantity const& bound) -> void {
        auto const n = comparable_amounts(a.requests.find(name), a.limits.find(name), bound);
        auto const rule = name + " max limit to request ratio per " + a.type + " is " + bound.to_string();
        if (n.request() == 0) return add(rule + ", but no request is specified or request is 0");
        if (n.limit() == 0) return add(rule + ", but no limit is specified or limit is 0");
        auto const given = static_cast<double>(n.limit()) / static_cast<double>(n.request());
        auto const exact = bound.value() <= greatest_in_thousandths;
        auto const allowed = static_cast<double>(exact ? bound.milli_value() : bound.value());
        if ((exact ? given * 1000 : given) > allowed)
            add(rule + ", but provided ratio is " + shown_ratio(given));
    }
    auto all(limit_range_item const& item, asked_amounts const& a) -> void {
        for (auto const& [name, bound] : item.min) least(a, name, bound);
        for (auto const& [name, bound] : item.max) most(a, name, bound);
        for (auto const& [name, bound] : item.max_limit_request_ratio) ratio(a, name, bound);
    }
    auto sentences() && -> std::vector<std::string> { return std::move(sentences_); }

private:
    auto add(std::string sentence) -> void {
        if (std::find(sentences_.begin(), sentences_.end(), sentence) == sentences_.end())
            sentences_.push_back(std::move(sentence));
    }

    std::vector<std::string> sentences_;
};

BERTH_DECL auto broken_limits(limit_range const& l, pod const& p) -> std::vector<std::string> {
    auto check = limit_check();
    for (auto const& item : l.spec.limits) {
        if (item.type == "Container")
            for (auto const* const containers : {&p.spec.containers, &p.spec.init_containers})
                for (auto const& c : *containers)
                    check.all(item, {item.type, c.resources.requests, c.resources.limits});
        if (item.type != "Pod") continue;
        auto const requests = whole_pod(p.spec, &resource_requirements::requests);
        auto const limits = whole_pod(p.spec, &resource_requirements::limits);
        check.all(item, {item.type, requests, limits});
    }
    return std::move(check).sentences();
}

BERTH_DECL auto broken_limits(limit_range const& l, persistent_volume_claim const& c)
    -> std::vector<std::string> {
    auto check = limit_check();
    auto const none = resource_list();
    for (auto const& item : l.spec.limits) {
        if (item.type != "PersistentVolumeClaim") continue;
        auto const asked = asked_amounts{item.type, c.spec.resources.requests, none};
        for (auto const& [name, bound] : item.min) check.least(asked, name, bound);
        for (auto const& [name, bound] : item.max) check.most_requested(asked, name, bound);
    }
    return std::move(check).sentences();
}

/// The limit ranges of the request's namespace.
inline auto limits_for(api::admission_request const& r, api::admission_world const& world)
    -> result<std::vector<object::object_ref>> {
    auto all = world.list(limit_range::resource);
    if (all) std::erase_if(*all, [&](auto const& ref) { return ref->metadata().namespace_ != r.namespace_; });
    return all;
}

inline auto is_limited(api::admission_request const& r) -> bool {
    using operation = api::admission_request::operation;
    if (r.object == nullptr || (r.op != operation::create && r.op != operation::update)) return false;
    if (r.op == operation::update && r.object->metadata().deleting()) return false;
    if (r.of.type == &object::type_of<persistent_volume_claim>()) return r.subresource.empty();
    if (r.of.type != &object::type_of<pod>()) return false;
    return r.op == operation::create ? r.subresource.empty() : r.subresource == "resize";
}

inline auto apply_limit_defaults(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    if (!is_limited(r) || r.of.type != &object::type_of<pod>() || !r.subresource.empty()) return {};
    auto const ranges = limits_for(r, world);
    if (!ranges) return std::unexpected(ranges.error());
    for (auto const& ref : *ranges) give_default_amounts(ref.object.as<limit_range>(), r.object->as<pod>());
    return {};
}

inline auto enforce_limits(api::admission_request& r, api::admission_world const& world) -> result<void> {
    if (!is_limited(r)) return {};
    auto const ranges = limits_for(r, world);
    if (!ranges) return std::unexpected(ranges.error());
    for (auto const& ref : *ranges) {
        auto const& l = ref.object.as<limit_range>();
        auto const broken = r.of.type == &object::type_of<pod>()
                                ? broken_limits(l, r.object->as<pod>())
                                : broken_limits(l, r.object->as<persistent_volume_claim>());
        if (broken.size() == 1) return api::refused(r, broken.front());
        if (!broken.empty()) return api::refused(r, "[" + joined(broken, ", ") + "]");
    }
    return {};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto limit_ranger() -> api::admission {
    return {"LimitRanger", &detail::apply_limit_defaults, &detail::enforce_limits, {&limit_range::resource}};
}

} // namespace berth::kube
