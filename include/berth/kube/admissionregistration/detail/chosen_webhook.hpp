#pragma once

/// \file
/// Webhooks of both kinds of configurations as one, and which of them are asked about a request
/// (apiserver 1.36, `admission/plugin/webhook`: `generic`, `predicates`).

#include <berth/api/admission.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/kube/admissionregistration/webhook.hpp>
#include <berth/object/any_object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::detail::webhooks {

using operation = api::admission_request::operation;

/// A webhook of either kind.
struct webhook {
    std::string name;
    std::string configuration; ///< its name
    webhook_client_config const* client = nullptr;
    object::list<rule_with_operations> const* rules = nullptr;
    object::boxed<object::label_selector> const* namespaces = nullptr;
    object::boxed<object::label_selector> const* objects = nullptr;
    std::vector<std::string> const* versions = nullptr;
    std::string_view side_effects;
    bool may_fail = false;   ///< `failurePolicy: Ignore`
    bool equivalent = true;  ///< `matchPolicy`
    bool asked_again = true; ///< `reinvocationPolicy: IfNeeded`
    std::int32_t timeout_seconds = 10;
};

/// The webhooks of configurations, which they refer to, in their order.
BERTH_DECL auto webhooks_in(std::vector<object::object_ref> const& configurations) -> std::vector<webhook>;

/// An operation as rules and questions call it.
BERTH_DECL auto name_of(operation op) -> std::string_view;

/// The subresource that a request writes; empty: the object as a whole.
BERTH_DECL auto subresource_of(api::admission_request const& r) -> std::string_view;

/// Configurations decide about others, never about themselves or what else decides: nobody could mend them.
BERTH_DECL auto is_exempt(object::resource_name const& r) -> bool;

/// The kind as which a webhook is to be asked about a request; null: it is not to be. Errors: those of
/// looking up what its selectors choose by.
BERTH_DECL auto concerned_as(webhook const& w, api::admission_request const& r,
                             api::admission_world const& world) -> result<api::kind const*>;

} // namespace berth::kube::detail::webhooks

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/admissionregistration/detail/chosen_webhook.ipp>
#endif
