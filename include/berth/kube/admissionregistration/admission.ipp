#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/admission.hpp`.

#include <berth/api/encoding.hpp>
#include <berth/api/key_space.hpp>
#include <berth/api/project.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/value_codec.hpp>
#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/kube/admissionregistration/admission.hpp>
#include <berth/kube/admissionregistration/admission_review.hpp>
#include <berth/kube/admissionregistration/mutating_webhook_configuration/type.hpp>
#include <berth/kube/admissionregistration/validating_webhook_configuration/type.hpp>
#include <berth/kube/admissionregistration/webhook_rules.hpp>
#include <berth/kube/admissionregistration/webhook_target.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/json_patch.hpp>
#include <berth/object/label_selector.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>

namespace berth::kube::detail::webhooks {

using object::detail::go_quoted;
using operation = api::admission_request::operation;

/// A webhook of either kind.
struct webhook {
    std::string name;
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

inline auto text_in(object::boxed<std::string> const& text) -> std::string_view {
    return text ? std::string_view(*text) : std::string_view();
}

template <class Webhook> auto view_of(Webhook const& w) -> webhook {
    auto out = webhook{.name = w.name,
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

/// What is asked of whom, and by which means: all of one link.
class webhook_link {
public:
    webhook_link(webhook_caller call, std::uint64_t seed, bool mutating)
        : call_(std::move(call)), draw_(seed), mutating_(mutating) {}

    auto change(api::admission_request& r, api::admission_world const& world) -> result<void>;
    auto check(api::admission_request& r, api::admission_world const& world) -> result<void>;
    /// Whether any webhook may be asked about objects of a kind.
    [[nodiscard]] auto concerns(api::kind const& k, api::admission_world const& world) const -> bool;

private:
    using configurations = std::vector<object::object_ref>;

    /// Who must be asked once more since others have changed what they saw.
    struct seen_by {
        std::set<std::size_t> willing; ///< asked, and would be again
        std::set<std::size_t> due;     ///< of those, whom a change came after

        auto changed() -> void { due.merge(std::exchange(willing, {})); }
    };

    [[nodiscard]] auto configured(api::admission_world const& world) const -> result<configurations>;
    [[nodiscard]] auto hooks_in(configurations const& all) const -> std::vector<webhook>;
    auto ask_all(std::vector<webhook> const& hooks, api::admission_request& r,
                 api::admission_world const& world, seen_by& seen, bool again) -> result<bool>;
    auto ask(webhook const& w, api::kind const& as, api::admission_request& r,
             api::admission_world const& world) -> result<bool>;
    auto uid() -> std::string;

    webhook_caller call_;
    std::mutex mutex_;
    random_engine draw_;
    bool mutating_;
};

inline auto name_of(operation op) -> std::string_view {
    switch (op) {
    case operation::create:
    case operation::connect: return "CREATE"; // a body is posted
    case operation::update: return "UPDATE";
    case operation::remove: return "DELETE";
    }
    return {};
}

inline auto subresource_of(api::admission_request const& r) -> std::string_view {
    return r.through.empty() ? std::string_view(r.subresource) : r.through;
}

/// Configurations decide about others, never about themselves or what else decides: nobody could mend them.
inline auto is_exempt(object::resource_name const& r) -> bool {
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

/// An object of one version as one of another.
inline auto converted(api::kind const& from, api::kind const& to, object::any_object const& o)
    -> result<object::any_object> {
    if (&from == &to || !o || &o.type() != from.type) return o;
    auto kept = from.storage.to_stored ? from.storage.to_stored(o) : o;
    if (!kept) return kept;
    return api::as_kind(to, *kept);
}

inline auto document_of(object::any_object const& o, object::revision rev) -> std::string {
    auto out = std::string();
    if (o) object::append_document(out, o.type(), o.data(), rev);
    return out;
}

/// What is sent of an object: the scale and the like of it, where that is written.
inline auto shown_of(api::admission_request const& r, api::kind const& as, object::any_object const& o)
    -> result<object::any_object> {
    auto const* const p = r.through.empty() ? nullptr : r.of.find<api::projection>(r.through);
    if (p == nullptr || !o) return converted(r.of, as, o);
    auto shown = api::project(*p, {o, 0});
    if (!shown) return std::unexpected(std::move(shown).error());
    return std::move(shown->object);
}

inline auto present_of(api::admission_request const& r, api::kind const& as) -> result<object::any_object> {
    if (r.object == nullptr) return object::any_object();
    auto const& type = r.object->type();
    return shown_of(r, as, object::any_object::adopt(type, type.clone(r.object->data())));
}

inline auto failed_calling(webhook const& w, std::string const& why) -> std::unexpected<error> {
    auto const message = "failed calling webhook " + go_quoted(w.name) + ": " + why;
    auto out = fail(error_code::internal, "Internal error occurred: " + message);
    out.error().details.causes.push_back({"", message, ""});
    return out;
}

inline auto internal_error(std::string const& why) -> std::unexpected<error> {
    auto out = fail(error_code::internal, "Internal error occurred: " + why);
    out.error().details.causes.push_back({"", why, ""});
    return out;
}

/// What is wrong with the status of an HTTP answer, as client-go tells it; empty: nothing.
inline auto complaint_about(net::post_answer const& a) -> std::string {
    constexpr std::size_t enough = 2048;
    if (a.status >= 200 && a.status < 300) return {};
    if (a.status == 404) return "the server could not find the requested resource";
    if (a.status < 500) return "the server rejected our request for an unknown reason";
    auto body = a.body.substr(0, enough);
    while (!body.empty() && body.back() == '\n') body.pop_back();
    return "an error on the server (" + go_quoted(body) + ") has prevented the request from succeeding";
}

/// Puts what a patch made of a document back where it came from; whether that changed anything.
inline auto put_back(api::admission_request& r, api::kind const& as, object::draft changed) -> result<bool> {
    auto& object = *r.object;
    auto const* const p = r.through.empty() ? nullptr : r.of.find<api::projection>(r.through);
    if (p != nullptr) {
        auto errors = api::field_errors();
        auto before = object::draft(object.type());
        object.type().assign(before.data(), object.data());
        p->write(object.data(), changed.data(), errors);
        if (!errors.empty()) return errors.refuse(r.of.resource->group, r.of.resource->kind, r.name);
        return !object.type().equal(before.data(), object.data());
    }
    if (&changed.type() == as.type && as.set_defaults) as.set_defaults(changed.data());
    changed.metadata().resource_version.clear();
    auto back = converted(as, r.of, std::move(changed).finish());
    if (!back) return std::unexpected(std::move(back).error());
    if (object.type().equal(object.data(), back->data())) return false;
    object.type().assign(object.data(), back->data());
    return true;
}

/// Changes the object of a request, which was sent as `text`, as a webhook says; whether that changed
/// anything.
inline auto apply(webhook const& w, api::admission_request& r, api::kind const& as,
                  object::any_object const& shown, std::string const& text, std::string const& patch)
    -> result<bool> {
    auto operations = object::parse_document(patch);
    if (!operations) return internal_error(operations.error().message);
    if (!operations->value.is_array()) return internal_error("the patch of " + w.name + " is no array");
    if (operations->value.get_array().empty()) return false;
    if (!shown)
        return internal_error("admission webhook " + go_quoted(w.name) +
                              " attempted to modify the object, which is not supported for this operation");
    auto document = object::parse_document(text);
    if (!document) return internal_error(document.error().message);
    auto patched = object::apply_json_patch(std::move(document->value), operations->value);
    if (!patched) return internal_error(patched.error().message);
    if (!patched->is_object()) return internal_error("the patch of " + w.name + " leaves no object");
    auto const none = api::registry();
    auto ignored = std::vector<std::string>();
    auto reader = api::body_reader(r.kinds == nullptr ? none : *r.kinds, *shown.type().resource, shown.type(),
                                   api::field_validation::ignore, ignored);
    auto read = reader.read_patched(patched->get_object(), api::patch_type::json, text.size() + patch.size());
    if (!read) return internal_error(read.error().message);
    return put_back(r, as, *std::move(read));
}

/// The version of reviews in which a webhook is asked: its first that is known here.
inline auto review_version(webhook const& w) -> std::string_view {
    for (auto const& v : *w.versions)
        if (v == "v1" || v == "v1beta1") return v;
    return {};
}

inline auto webhook_link::uid() -> std::string {
    auto const lock = std::scoped_lock(mutex_);
    return draw_.uuid();
}

/// Asks one webhook; whether it changed the object. Errors: a refusal, or that it could not be asked.
inline auto webhook_link::ask(webhook const& w, api::kind const& as, api::admission_request& r,
                              api::admission_world const& world) -> result<bool> {
    auto const failed = [&](std::string const& why) -> result<bool> {
        if (w.may_fail) return false;
        return failed_calling(w, why);
    };
    if (r.dry_run && w.side_effects != "None" && w.side_effects != "NoneOnDryRun")
        return api::bad_request("admission webhook " + go_quoted(w.name) + " does not support dry run");
    auto const shown = present_of(r, as);
    if (!shown) return std::unexpected(shown.error());
    auto const before = r.op == operation::connect ? object::any_object() : r.before;
    auto const was = shown_of(r, as, before);
    if (!was) return std::unexpected(was.error());
    auto const& sent = *shown ? *shown->type().resource : *was ? *was->type().resource : *as.resource;
    auto const version = review_version(w);
    auto q = review_question{
        .uid = uid(),
        .kind = {sent.group, sent.version, sent.kind},
        .resource = {as.resource->group, as.resource->version, as.resource->plural},
        .request_kind = {r.of.resource->group, r.of.resource->version, r.of.resource->kind},
        .request_resource = {r.of.resource->group, r.of.resource->version, r.of.resource->plural},
        .subresource = subresource_of(r),
        .name = r.name,
        .namespace_ = r.namespace_,
        .operation = name_of(r.op),
        .who = &r.who,
        .object = document_of(*shown, r.op == operation::update ? r.seen : 0),
        .old_object = document_of(*was, r.seen),
        .dry_run = r.dry_run};
    if (&sent != as.resource) q.request_kind = q.kind;
    auto target = webhook_target(*w.client, w.timeout_seconds, world);
    auto const post =
        "failed to call webhook: Post " + go_quoted(webhook_url(*w.client, w.timeout_seconds)) + ": ";
    if (!target) return failed(post + target.error().message);
    target->body = review_text(q, version);
    auto const said = call_(*target);
    if (!said) return failed(post + said.error().message);
    if (auto const why = complaint_about(*said); !why.empty())
        return failed("failed to call webhook: " + why);
    auto const answer = read_review_answer(said->body, w.name, q.uid, version, mutating_);
    if (!answer) return failed("received invalid webhook response: " + answer.error().message);
    r.warnings.insert(r.warnings.end(), answer->warnings.begin(), answer->warnings.end());
    if (!answer->allowed) return std::unexpected(answer->refusal);
    return answer->patch.empty() ? result<bool>(false) : apply(w, r, as, *shown, q.object, answer->patch);
}

inline auto webhook_link::configured(api::admission_world const& world) const -> result<configurations> {
    auto out = world.list(mutating_ ? mutating_webhook_configuration::resource
                                    : validating_webhook_configuration::resource);
    if (!out && out.error().code == error_code::not_found) return configurations(); // no such kind
    if (out)
        std::sort(out->begin(), out->end(),
                  [](auto const& a, auto const& b) { return a->metadata().name < b->metadata().name; });
    return out;
}

inline auto webhook_link::hooks_in(configurations const& all) const -> std::vector<webhook> {
    auto out = std::vector<webhook>();
    for (auto const& ref : all) {
        if (auto const* const m = ref.object.get_if<mutating_webhook_configuration>())
            for (auto const& w : m->webhooks) out.push_back(view_of(w));
        if (auto const* const v = ref.object.get_if<validating_webhook_configuration>())
            for (auto const& w : v->webhooks) out.push_back(view_of(w));
    }
    return out;
}

/// Asks all whom it concerns, in their order; `again`: only those to whom something is due. Whether the
/// object was changed.
inline auto webhook_link::ask_all(std::vector<webhook> const& hooks, api::admission_request& r,
                                  api::admission_world const& world, seen_by& seen, bool again)
    -> result<bool> {
    auto changed = false;
    for (std::size_t i = 0; i < hooks.size(); ++i) {
        auto const& w = hooks[i];
        if (again && !seen.due.contains(i)) continue;
        auto const* const as = matched_as(w, r);
        if (as == nullptr || !object_matches(w, r)) continue;
        auto const there = namespace_matches(w, r, world);
        if (!there) return std::unexpected(there.error());
        if (!*there) continue;
        auto const done = ask(w, *as, r, world);
        if (!done) return std::unexpected(done.error());
        if (*done) seen.changed();
        changed = changed || *done;
        if (w.asked_again) seen.willing.insert(i);
    }
    return changed;
}

inline auto webhook_link::change(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    if (is_exempt(*r.of.resource)) return {};
    auto const all = configured(world);
    if (!all) return std::unexpected(all.error());
    if (all->empty()) return {};
    auto const hooks = hooks_in(*all);
    auto seen = seen_by{};
    auto const changed = ask_all(hooks, r, world, seen, false);
    if (!changed) return std::unexpected(changed.error());
    if (!*changed || !r.again || r.object == nullptr) return {};
    auto before = object::draft(r.object->type());
    before.type().assign(before.data(), r.object->data());
    if (auto ok = r.again(); !ok) return ok;
    if (!before.type().equal(before.data(), r.object->data())) seen.changed();
    if (auto ok = ask_all(hooks, r, world, seen, true); !ok) return std::unexpected(std::move(ok).error());
    return {};
}

inline auto webhook_link::check(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    if (is_exempt(*r.of.resource)) return {};
    auto const all = configured(world);
    if (!all) return std::unexpected(all.error());
    if (all->empty()) return {};
    auto seen = seen_by{};
    if (auto ok = ask_all(hooks_in(*all), r, world, seen, false); !ok)
        return std::unexpected(std::move(ok).error());
    return {};
}

inline auto webhook_link::concerns(api::kind const& k, api::admission_world const& world) const -> bool {
    if (is_exempt(*k.resource)) return false;
    auto const all = configured(world);
    if (!all) return true;
    for (auto const& w : hooks_in(*all))
        for (auto const& rule : *w.rules)
            if (may_name(rule, k.resource->plural)) return true;
    return false;
}

/// What both links have in common: whose configurations they look up, and for what they wait.
inline auto admission_of(std::string name, object::resource_name const& configuration,
                         std::shared_ptr<webhook_link> const& link) -> api::admission {
    return {.name = std::move(name),
            .mutate = {},
            .validate = {},
            .reads = {&configuration, &namespace_::resource},
            .waits = [link](api::kind const& k, api::admission_world const& world) {
                return link->concerns(k, world);
            }};
}

} // namespace berth::kube::detail::webhooks

namespace berth::kube {

BERTH_DECL auto mutating_webhooks(webhook_caller call, std::uint64_t seed) -> api::admission {
    using namespace detail::webhooks;
    auto const link = std::make_shared<webhook_link>(std::move(call), seed, true);
    auto out = admission_of("MutatingAdmissionWebhook", mutating_webhook_configuration::resource, link);
    out.mutate = [link](api::admission_request& r, api::admission_world const& world) {
        return link->change(r, world);
    };
    // nothing is changed of what goes, but it is asked as well
    out.validate = [link](api::admission_request& r, api::admission_world const& world) {
        return r.op == operation::remove ? link->check(r, world) : result<void>();
    };
    return out;
}

BERTH_DECL auto validating_webhooks(webhook_caller call, std::uint64_t seed) -> api::admission {
    using namespace detail::webhooks;
    auto const link = std::make_shared<webhook_link>(std::move(call), seed, false);
    auto out = admission_of("ValidatingAdmissionWebhook", validating_webhook_configuration::resource, link);
    out.validate = [link](api::admission_request& r, api::admission_world const& world) {
        return link->check(r, world);
    };
    return out;
}

} // namespace berth::kube
