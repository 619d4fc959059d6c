#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/admission_review.hpp`.

#include <berth/api/status_code.hpp>
#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/admission_review.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/parse.hpp>

#include <algorithm>

namespace berth::kube::detail::webhooks {

using object::detail::go_quoted;

/// Writes the members of JSON objects, commas between them.
class member_writer {
public:
    explicit member_writer(std::string& out) : out_(out) {}

    auto name(std::string_view name) -> std::string& {
        if (out_.back() != '{') out_ += ',';
        object::append_json_string(out_, name);
        return out_ += ':';
    }
    auto text(std::string_view n, std::string_view value) -> void {
        object::append_json_string(name(n), value);
    }
    auto raw(std::string_view n, std::string_view json) -> void { name(n) += json; }
    auto open(std::string_view n) -> void { name(n) += '{'; }
    auto close() -> void { out_ += '}'; }

private:
    std::string& out_;
};

inline auto write_triple(member_writer& w, std::string_view name, group_version_name const& of,
                         std::string_view last) -> void {
    w.open(name);
    w.text("group", of.group);
    w.text("version", of.version);
    w.text(last, of.name);
    w.close();
}

inline auto append_texts(std::string& out, std::vector<std::string> const& texts) -> void {
    out += '[';
    for (auto const& text : texts) {
        if (out.back() != '[') out += ',';
        object::append_json_string(out, text);
    }
    out += ']';
}

inline auto write_user(member_writer& w, api::identity const& who) -> void {
    w.open("userInfo");
    w.text("username", who.user);
    if (!who.uid.empty()) w.text("uid", who.uid);
    if (!who.groups.empty()) append_texts(w.name("groups"), who.groups);
    if (!who.extra.empty()) {
        w.open("extra");
        for (auto const& [key, values] : who.extra) append_texts(w.name(key), values);
        w.close();
    }
    w.close();
}

/// The options of the request, as far as admission knows them.
inline auto write_options(member_writer& w, review_question const& q) -> void {
    auto const kind = q.operation == "CREATE"   ? "CreateOptions"
                      : q.operation == "UPDATE" ? "UpdateOptions"
                                                : "DeleteOptions";
    w.open("options");
    w.text("kind", kind);
    w.text("apiVersion", "meta.k8s.io/v1");
    if (q.dry_run) w.raw("dryRun", "[\"All\"]");
    w.close();
}

/// The member of an object, or null.
inline auto member(boost::json::value const* of, std::string_view name) -> boost::json::value const* {
    auto const* const object = of == nullptr ? nullptr : of->if_object();
    auto const* const found = object == nullptr ? nullptr : object->if_contains(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}
inline auto text(boost::json::value const* of, std::string_view name) -> std::string {
    auto const* const found = member(of, name);
    return found == nullptr || !found->is_string() ? std::string() : std::string(found->get_string());
}

inline auto no_answer(std::string why) -> std::unexpected<error> {
    return fail(error_code::bad_request, std::move(why));
}

inline auto causes_in(boost::json::value const* details) -> std::vector<error_cause> {
    constexpr std::size_t most = 100;
    auto out = std::vector<error_cause>();
    auto const* const all = member(details, "causes");
    if (all == nullptr || !all->is_array()) return out;
    for (auto const& c : all->get_array())
        if (out.size() < most) out.push_back({text(&c, "reason"), text(&c, "message"), text(&c, "field")});
    return out;
}

/// A refusal as the server passes it on (`admission/plugin/webhook/errors`).
inline auto refusal_of(boost::json::value const* status, std::string_view webhook) -> error {
    auto const* const number = member(status, "code");
    auto code = number != nullptr && number->is_int64() ? number->get_int64() : 0;
    code = std::clamp<std::int64_t>(code, 400, 599);
    auto const reason = text(status, "reason");
    auto const message = text(status, "message");
    auto out = error();
    auto const* const details = member(status, "details");
    out.details = {text(details, "name"), text(details, "group"), text(details, "kind"), text(details, "uid"),
                   causes_in(details)};
    out.code = api::code_of(reason, static_cast<int>(code), out.details);
    out.message = "admission webhook " + go_quoted(webhook) + " denied the request";
    if (!message.empty()) out.message += ": " + message;
    else if (!reason.empty()) out.message += ": " + reason;
    else out.message += " without explanation";
    return out;
}

inline auto warnings_in(boost::json::value const* response) -> std::vector<std::string> {
    constexpr std::size_t most = 100;
    auto out = std::vector<std::string>();
    auto const* const all = member(response, "warnings");
    if (all == nullptr || !all->is_array()) return out;
    for (auto const& w : all->get_array())
        if (w.is_string() && out.size() < most) out.emplace_back(w.get_string());
    return out;
}

/// Whether patch and type of patch are as they must be; the patch.
inline auto patch_in(boost::json::value const* response, bool mutating, bool old) -> result<std::string> {
    auto const encoded = text(response, "patch");
    auto const typed = member(response, "patchType") != nullptr;
    auto const type = text(response, "patchType");
    if (!mutating) {
        if (!encoded.empty()) return no_answer("validating webhook may not return response.patch");
        if (typed) return no_answer("validating webhook may not return response.patchType");
        return std::string();
    }
    if (!old && !encoded.empty() && !typed)
        return no_answer("webhook returned response.patch but not response.patchType");
    if (!old && encoded.empty() && typed)
        return no_answer("webhook returned response.patchType but not response.patch");
    if (encoded.empty()) return std::string();
    if (typed && type != "JSONPatch") return no_answer("unsupported patch type " + go_quoted(type));
    auto patch = base64_decode(encoded);
    if (!patch) return no_answer(patch.error().message);
    return patch;
}

} // namespace berth::kube::detail::webhooks

namespace berth::kube {

BERTH_DECL auto review_text(review_question const& q, std::string_view version) -> std::string {
    auto out = std::string("{");
    out.reserve(1024 + q.object.size() + q.old_object.size());
    auto w = detail::webhooks::member_writer(out);
    w.text("kind", "AdmissionReview");
    w.text("apiVersion", "admission.k8s.io/" + std::string(version));
    w.open("request");
    w.text("uid", q.uid);
    detail::webhooks::write_triple(w, "kind", q.kind, "kind");
    detail::webhooks::write_triple(w, "resource", q.resource, "resource");
    if (!q.subresource.empty()) w.text("subResource", q.subresource);
    detail::webhooks::write_triple(w, "requestKind", q.request_kind, "kind");
    detail::webhooks::write_triple(w, "requestResource", q.request_resource, "resource");
    if (!q.subresource.empty()) w.text("requestSubResource", q.subresource);
    if (!q.name.empty()) w.text("name", q.name);
    if (!q.namespace_.empty()) w.text("namespace", q.namespace_);
    w.text("operation", q.operation);
    detail::webhooks::write_user(w, *q.who);
    w.raw("object", q.object.empty() ? std::string_view("null") : q.object);
    w.raw("oldObject", q.old_object.empty() ? std::string_view("null") : q.old_object);
    w.raw("dryRun", q.dry_run ? "true" : "false");
    detail::webhooks::write_options(w, q);
    w.close();
    w.close();
    return out;
}

BERTH_DECL auto read_review_answer(std::string_view body, std::string_view webhook, std::string_view uid,
                                   std::string_view version, bool mutating) -> result<review_answer> {
    using detail::webhooks::no_answer;
    auto const document = object::parse_document(body);
    if (!document) return no_answer(document.error().message);
    auto const* const review = &document->value;
    auto const* const response = detail::webhooks::member(review, "response");
    if (response == nullptr || !response->is_object()) return no_answer("webhook response was absent");
    auto const old = version == "v1beta1";
    auto const said = detail::webhooks::text(response, "uid");
    if (!old && said != uid)
        return no_answer("expected response.uid=" + detail::webhooks::go_quoted(uid) + ", got " +
                         detail::webhooks::go_quoted(said));
    auto const wanted = "admission.k8s.io/" + std::string(version);
    auto const got = detail::webhooks::text(review, "apiVersion");
    auto const kind = detail::webhooks::text(review, "kind");
    auto const untold = old && got.empty() && kind.empty(); // the old version need not say what it is
    if (!untold && (got != wanted || kind != "AdmissionReview"))
        return no_answer("expected webhook response of " + wanted + ", Kind=AdmissionReview, got " +
                         (got.empty() ? "/" : got) + ", Kind=" + kind);
    auto patch = detail::webhooks::patch_in(response, mutating, old);
    if (!patch) return std::unexpected(std::move(patch).error());
    auto out = review_answer{};
    auto const* const allowed = detail::webhooks::member(response, "allowed");
    out.allowed = allowed != nullptr && allowed->is_bool() && allowed->get_bool();
    out.patch = *std::move(patch);
    out.warnings = detail::webhooks::warnings_in(response);
    if (!out.allowed)
        out.refusal = detail::webhooks::refusal_of(detail::webhooks::member(response, "status"), webhook);
    return out;
}

} // namespace berth::kube
