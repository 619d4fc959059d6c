#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/admission.hpp`.

#include <berth/api/encoding.hpp>
#include <berth/api/project.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/value_codec.hpp>
#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/kube/admissionregistration/admission.hpp>
#include <berth/kube/admissionregistration/admission_review.hpp>
#include <berth/kube/admissionregistration/detail/chosen_webhook.hpp>
#include <berth/kube/admissionregistration/mutating_webhook_configuration/type.hpp>
#include <berth/kube/admissionregistration/validating_webhook_configuration/type.hpp>
#include <berth/kube/admissionregistration/webhook_rules.hpp>
#include <berth/kube/admissionregistration/webhook_target.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/json_patch.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <set>

namespace berth::kube::detail::webhooks {

using object::detail::go_quoted;
using operation = api::admission_request::operation;

/// One question to one webhook.
struct webhook_call {
    webhook const& to;
    api::kind const& as;
    object::any_object shown = {}; ///< the object as it is sent; empty: there is none
    review_question question = {};
    net::post_request post = {};
    std::string lost = {}; ///< why it cannot be asked; empty: it can
};

/// What is asked of whom, and by which means: all of one link.
class webhook_link {
public:
    webhook_link(webhook_calling by, std::uint64_t seed, bool mutating)
        : by_(std::move(by)), draw_(seed), mutating_(mutating) {}

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
    auto change_by(std::vector<webhook> const& hooks, api::admission_request& r,
                   api::admission_world const& world, seen_by& seen, bool again) -> result<bool>;
    auto prepare(webhook const& w, api::kind const& as, api::admission_request const& r,
                 api::admission_world const& world) -> result<webhook_call>;
    auto answer_of(webhook_call const& c, result<net::post_answer> const& said, api::admission_request& r)
        -> result<review_answer>;
    auto ask(webhook const& w, api::kind const& as, api::admission_request& r,
             api::admission_world const& world) -> result<bool>;
    auto failed(webhook const& w, api::admission_request const& r, std::string const& why) const
        -> result<review_answer>;
    [[nodiscard]] auto is_over(api::admission_request const& r) const -> bool;
    [[nodiscard]] auto posted(std::vector<webhook_call> const& calls, api::admission_request const& r) const
        -> std::vector<result<net::post_answer>>;
    [[nodiscard]] auto key_of(webhook const& w) const -> std::string;
    auto uid() -> std::string;

    webhook_calling by_;
    std::mutex mutex_;
    random_engine draw_;
    bool mutating_;
};

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

inline auto copy_of(object::draft const& of) -> object::draft {
    auto out = object::draft(of.type());
    of.type().assign(out.data(), of.data());
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
    return shown_of(r, as, copy_of(*r.object).finish());
}

inline auto failed_calling(webhook const& w, std::string const& why) -> std::unexpected<error> {
    return api::internal_error("failed calling webhook " + go_quoted(w.name) + ": " + why);
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
        auto const before = copy_of(object);
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
    if (!operations) return api::internal_error(operations.error().message);
    if (!operations->value.is_array()) return api::internal_error("the patch of " + w.name + " is no array");
    if (operations->value.get_array().empty()) return false;
    if (!shown)
        return api::internal_error(
            "admission webhook " + go_quoted(w.name) +
            " attempted to modify the object, which is not supported for this operation");
    auto document = object::parse_document(text);
    if (!document) return api::internal_error(document.error().message);
    auto patched = object::apply_json_patch(std::move(document->value), operations->value);
    if (!patched) return api::internal_error(patched.error().message);
    if (!patched->is_object()) return api::internal_error("the patch of " + w.name + " leaves no object");
    auto const none = api::registry();
    auto ignored = std::vector<std::string>();
    auto reader = api::body_reader(r.kinds == nullptr ? none : *r.kinds, *shown.type().resource, shown.type(),
                                   api::field_validation::ignore, ignored);
    auto read = reader.read_patched(patched->get_object(), api::patch_type::json, text.size() + patch.size());
    if (!read) return api::internal_error(read.error().message);
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

/// As whom others of the batch remember a webhook.
inline auto webhook_link::key_of(webhook const& w) const -> std::string {
    return (mutating_ ? "mutating/" : "validating/") + w.configuration + "/" + w.name;
}

/// Whether the request waits for nobody any more: it has waited for too long already, or everything stops.
inline auto webhook_link::is_over(api::admission_request const& r) const -> bool {
    return by_.stop.stop_requested() || r.time_left() <= duration{};
}

/// What is answered in the place of a webhook that did not answer. Errors: its policy, or that the request
/// is over, which is nobody's failure.
inline auto webhook_link::failed(webhook const& w, api::admission_request const& r,
                                 std::string const& why) const -> result<review_answer> {
    if (is_over(r)) return fail(error_code::timeout, "request did not complete within requested timeout");
    if (w.may_fail) return review_answer{.allowed = true, .refusal = {}, .patch = {}, .warnings = {}};
    return failed_calling(w, why);
}

/// What is asked of a webhook. Errors: it may not be asked.
inline auto webhook_link::prepare(webhook const& w, api::kind const& as, api::admission_request const& r,
                                  api::admission_world const& world) -> result<webhook_call> {
    if (r.dry_run && w.side_effects != "None" && w.side_effects != "NoneOnDryRun")
        return api::bad_request("admission webhook " + go_quoted(w.name) + " does not support dry run");
    auto out = webhook_call{.to = w, .as = as};
    auto shown = present_of(r, as);
    if (!shown) return std::unexpected(std::move(shown).error());
    out.shown = *std::move(shown);
    auto const before = r.op == operation::connect ? object::any_object() : r.before;
    auto const was = shown_of(r, as, before);
    if (!was) return std::unexpected(was.error());
    auto const& sent = out.shown ? *out.shown.type().resource : *was ? *was->type().resource : *as.resource;
    auto& q = out.question;
    q = {.uid = uid(),
         .kind = {sent.group, sent.version, sent.kind},
         .resource = {as.resource->group, as.resource->version, as.resource->plural},
         .request_kind = {r.of.resource->group, r.of.resource->version, r.of.resource->kind},
         .request_resource = {r.of.resource->group, r.of.resource->version, r.of.resource->plural},
         .subresource = subresource_of(r),
         .name = r.name,
         .namespace_ = r.namespace_,
         .operation = name_of(r.op),
         .who = &r.who,
         .object = document_of(out.shown, r.op == operation::update ? r.seen : 0),
         .old_object = document_of(*was, r.seen),
         .dry_run = r.dry_run};
    if (&sent != as.resource) q.request_kind = q.kind;
    auto target = webhook_target(*w.client, w.timeout_seconds, world);
    if (!target) out.lost = target.error().message;
    else if (r.silent != nullptr && r.silent->contains(key_of(w)))
        out.lost = "context deadline exceeded (while it was asked about another write of the batch)";
    if (!out.lost.empty()) return out;
    out.post = *std::move(target);
    out.post.body = review_text(q, review_version(w));
    return out;
}

/// What a webhook says. Errors: a refusal to go on without its answer.
inline auto webhook_link::answer_of(webhook_call const& c, result<net::post_answer> const& said,
                                    api::admission_request& r) -> result<review_answer> {
    auto const& w = c.to;
    if (!said) {
        auto const in_vain = said.error().code == error_code::timeout && !is_over(r);
        if (in_vain && r.silent != nullptr) r.silent->insert(key_of(w));
        return failed(w, r,
                      "failed to call webhook: Post " + go_quoted(webhook_url(*w.client, w.timeout_seconds)) +
                          ": " + said.error().message);
    }
    if (auto const why = complaint_about(*said); !why.empty())
        return failed(w, r, "failed to call webhook: " + why);
    auto answer = read_review_answer(said->body, w.name, c.question.uid, review_version(w), mutating_);
    if (!answer) return failed(w, r, answer.error().message);
    r.warnings.insert(r.warnings.end(), answer->warnings.begin(), answer->warnings.end());
    return answer;
}

/// The answers to questions, asked at the same time: none is waited for longer than the request may wait.
inline auto webhook_link::posted(std::vector<webhook_call> const& calls,
                                 api::admission_request const& r) const
    -> std::vector<result<net::post_answer>> {
    auto const left = r.time_left();
    if (left <= duration{}) return {calls.size(), fail(error_code::timeout, "context deadline exceeded")};
    auto posts = std::vector<net::post_request>();
    for (auto const& c : calls)
        if (c.lost.empty()) {
            posts.push_back(c.post);
            posts.back().patience = std::min(c.post.patience, left);
        }
    auto said = by_.call(posts, by_.stop);
    auto next = said.begin();
    auto out = std::vector<result<net::post_answer>>();
    for (auto const& c : calls)
        if (c.lost.empty()) out.push_back(std::move(*next++));
        else out.emplace_back(fail(error_code::unavailable, c.lost));
    return out;
}

/// Asks one webhook; whether it changed the object. Errors: a refusal, or that it could not be asked.
inline auto webhook_link::ask(webhook const& w, api::kind const& as, api::admission_request& r,
                              api::admission_world const& world) -> result<bool> {
    auto call = prepare(w, as, r, world);
    if (!call) return std::unexpected(std::move(call).error());
    auto calls = std::vector<webhook_call>();
    calls.push_back(*std::move(call));
    auto const answer = answer_of(calls.front(), posted(calls, r).front(), r);
    if (!answer) return std::unexpected(answer.error());
    if (!answer->allowed) return std::unexpected(answer->refusal);
    if (answer->patch.empty()) return false;
    return apply(w, r, as, calls.front().shown, calls.front().question.object, answer->patch);
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

/// Asks all whom it concerns, one after the other, in their order; `again`: only those to whom something is
/// due. Whether the object was changed.
inline auto webhook_link::change_by(std::vector<webhook> const& hooks, api::admission_request& r,
                                    api::admission_world const& world, seen_by& seen, bool again)
    -> result<bool> {
    auto changed = false;
    for (std::size_t i = 0; i < hooks.size(); ++i) {
        auto const& w = hooks[i];
        if (again && !seen.due.contains(i)) continue;
        auto const as = concerned_as(w, r, world);
        if (!as) return std::unexpected(as.error());
        if (*as == nullptr) continue;
        auto const done = ask(w, **as, r, world);
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
    auto const hooks = webhooks_in(*all);
    auto seen = seen_by{};
    auto const changed = change_by(hooks, r, world, seen, false);
    if (!changed) return std::unexpected(changed.error());
    if (!*changed || !r.again || r.object == nullptr) return {};
    auto const before = copy_of(*r.object);
    if (auto ok = r.again(); !ok) return ok;
    if (!before.type().equal(before.data(), r.object->data())) seen.changed();
    if (auto ok = change_by(hooks, r, world, seen, true); !ok) return std::unexpected(std::move(ok).error());
    return {};
}

inline auto webhook_link::check(api::admission_request& r, api::admission_world const& world)
    -> result<void> {
    if (is_exempt(*r.of.resource)) return {};
    auto const all = configured(world);
    if (!all) return std::unexpected(all.error());
    auto const hooks = webhooks_in(*all);
    auto calls = std::vector<webhook_call>();
    for (auto const& w : hooks) {
        auto const as = concerned_as(w, r, world);
        if (!as) return std::unexpected(as.error());
        if (*as == nullptr) continue;
        auto call = prepare(w, **as, r, world);
        if (!call) return std::unexpected(std::move(call).error());
        calls.push_back(*std::move(call));
    }
    if (calls.empty()) return {};
    auto const said = posted(calls, r);
    auto out = result<void>();
    for (std::size_t i = 0; i < calls.size(); ++i) { // the first refusal is told, and all warnings
        auto answer = answer_of(calls[i], said[i], r);
        if (!out) continue;
        if (!answer) out = std::unexpected(std::move(answer).error());
        else if (!answer->allowed) out = std::unexpected(std::move(answer->refusal));
    }
    return out;
}

inline auto webhook_link::concerns(api::kind const& k, api::admission_world const& world) const -> bool {
    if (is_exempt(*k.resource)) return false;
    auto const all = configured(world);
    if (!all) return true;
    for (auto const& w : webhooks_in(*all))
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

BERTH_DECL auto mutating_webhooks(webhook_calling by, std::uint64_t seed) -> api::admission {
    using namespace detail::webhooks;
    auto const link = std::make_shared<webhook_link>(std::move(by), seed, true);
    auto out = admission_of("MutatingAdmissionWebhook", mutating_webhook_configuration::resource, link);
    out.mutate = [link](api::admission_request& r, api::admission_world const& world) {
        return link->change(r, world);
    };
    // nothing is changed of what goes, but it is asked as well
    out.validate = [link](api::admission_request& r, api::admission_world const& world) {
        return r.op == operation::remove ? link->change(r, world) : result<void>();
    };
    return out;
}

BERTH_DECL auto validating_webhooks(webhook_calling by, std::uint64_t seed) -> api::admission {
    using namespace detail::webhooks;
    auto const link = std::make_shared<webhook_link>(std::move(by), seed, false);
    auto out = admission_of("ValidatingAdmissionWebhook", validating_webhook_configuration::resource, link);
    out.validate = [link](api::admission_request& r, api::admission_world const& world) {
        return link->check(r, world);
    };
    return out;
}

} // namespace berth::kube
