#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/detail/chosen_webhook.hpp`.

#include <berth/api/key_space.hpp>
#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/detail/chosen_webhook.hpp>
#include <berth/kube/admissionregistration/mutating_webhook_configuration/type.hpp>
#include <berth/kube/admissionregistration/validating_webhook_configuration/type.hpp>
#include <berth/kube/admissionregistration/webhook_rules.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube::detail::webhooks {

inline auto text_in(object::boxed<std::string> const& text) -> std::string_view {
    return text ? std::string_view(*text) : std::string_view();
}

template <class Webhook> auto view_of(std::string const& configuration, Webhook const& w) -> webhook {
    auto out = webhook{.name = w.name,
                       .configuration = configuration,
                       .client = &w.client_config,
                       .rules = &w.rules,
                       .namespaces = &w.namespace_selector,
                       .objects = &w.object_selector,
                       .versions = &w.admission_review_versions,
                       .side_effects = text_in(w.side_effects),
                       .may_fail = text_in(w.failure_policy) == "Ignore",
                       .equivalent = text_in(w.match_policy) != "Exact",
                       .asked_again = false,
                       .timeout_seconds = w.timeout_seconds.value_or(10)};
    if constexpr (requires { w.reinvocation_policy; })
        out.asked_again = text_in(w.reinvocation_policy) == "IfNeeded";
    return out;
}

BERTH_DECL auto webhooks_in(std::vector<object::object_ref> const& configurations) -> std::vector<webhook> {
    auto out = std::vector<webhook>();
    for (auto const& ref : configurations) {
        if (auto const* const m = ref.object.get_if<mutating_webhook_configuration>())
            for (auto const& w : m->webhooks) out.push_back(view_of(m->metadata.name, w));
        if (auto const* const v = ref.object.get_if<validating_webhook_configuration>())
            for (auto const& w : v->webhooks) out.push_back(view_of(v->metadata.name, w));
    }
    return out;
}

BERTH_DECL auto name_of(operation op) -> std::string_view {
    switch (op) {
    case operation::create:
    case operation::connect: return "CREATE"; // a body is posted
    case operation::update: return "UPDATE";
    case operation::remove: return "DELETE";
    }
    return {};
}

BERTH_DECL auto subresource_of(api::admission_request const& r) -> std::string_view {
    return r.through.empty() ? std::string_view(r.subresource) : r.through;
}

BERTH_DECL auto is_exempt(object::resource_name const& r) -> bool {
    return r.group == "admissionregistration.k8s.io";
}

inline auto subject_of(api::admission_request const& r, api::kind const& as) -> rule_subject {
    return {as.resource->group, as.resource->version, as.resource->plural,
            subresource_of(r),  name_of(r.op),        r.of.resource->namespaced};
}

/// The kind as which the webhook's rules know what is written; null: they do not.
inline auto matched_as(webhook const& w, api::admission_request const& r) -> api::kind const* {
    if (matches(*w.rules, subject_of(r, r.of))) return &r.of;
    if (!w.equivalent || r.kinds == nullptr) return nullptr;
    auto const place = api::key_prefix(r.of.kept_as());
    for (auto const& k : r.kinds->kinds())
        if (k.resource != r.of.resource && k.resource->plural == r.of.resource->plural && k.stored() &&
            api::key_prefix(k.kept_as()) == place && matches(*w.rules, subject_of(r, k)))
            return &k;
    return nullptr;
}

inline auto labels_match(object::boxed<object::label_selector> const& selector,
                         object::string_map const& labels) -> bool {
    if (!selector) return true;
    auto const s = object::to_selector(*selector);
    return s && s->matches(labels);
}

inline auto is_empty(object::boxed<object::label_selector> const& s) -> bool {
    return !s || (s->match_labels.empty() && s->match_expressions.empty());
}

/// Whether the selector of namespaces chooses the one that the request is about. Errors: `not_found`, if it
/// is gone.
inline auto namespace_matches(webhook const& w, api::admission_request const& r,
                              api::admission_world const& world) -> result<bool> {
    auto const own = r.of.resource->kind == "Namespace" && r.of.resource->group.empty();
    if (is_empty(*w.namespaces) || (!own && !r.of.resource->namespaced)) return true;
    if (own && r.object != nullptr && subresource_of(r).empty())
        return labels_match(*w.namespaces, r.object->metadata().labels);
    if (own && r.before) return labels_match(*w.namespaces, r.before.metadata().labels);
    auto const space = world.find(namespace_::resource, {{}, own ? r.name : r.namespace_});
    if (!space) return std::unexpected(space.error());
    return labels_match(*w.namespaces, space->metadata().labels);
}

/// Whether the selector of objects chooses the object as it is or as it was.
inline auto object_matches(webhook const& w, api::admission_request const& r) -> bool {
    if (is_empty(*w.objects)) return true;
    if (r.object != nullptr && labels_match(*w.objects, r.object->metadata().labels)) return true;
    return r.before && r.op != operation::connect && labels_match(*w.objects, r.before.metadata().labels);
}

BERTH_DECL auto concerned_as(webhook const& w, api::admission_request const& r,
                             api::admission_world const& world) -> result<api::kind const*> {
    auto const* const as = matched_as(w, r);
    if (as == nullptr || !object_matches(w, r)) return nullptr;
    auto const there = namespace_matches(w, r, world);
    if (!there) return std::unexpected(there.error());
    return *there ? as : nullptr;
}

} // namespace berth::kube::detail::webhooks
