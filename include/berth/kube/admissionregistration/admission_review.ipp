#pragma once

/// \file
/// The bodies of `berth/kube/admissionregistration/admission_review.hpp`.

#include <berth/api/status_code.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/admissionregistration/admission_review.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/scalars.hpp>

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

/// The answer is understood, and is none.
inline auto no_answer(std::string why) -> std::unexpected<error> {
    return fail(error_code::bad_request, "received invalid webhook response: " + std::move(why));
}
/// The answer is not understood: to those who asked that is a call that failed.
inline auto not_read(std::string const& why) -> std::unexpected<error> {
    return fail(error_code::bad_request, "failed to call webhook: " + why);
}

// ---- the document, as far as it is read

struct said_cause {
    std::string reason;
    std::string message;
    std::string field;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(said_cause, "StatusCause", (reason), (message), (field))
};

struct said_details {
    std::string name;
    std::string group;
    std::string kind;
    std::string uid;
    std::vector<said_cause> causes;
    std::int32_t retry_after_seconds = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(said_details, "StatusDetails", (name), (group), (kind), (uid), (causes),
                   (retry_after_seconds))
};

struct said_status {
    std::string status;
    std::string message;
    std::string reason;
    said_details details;
    std::int32_t code = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(said_status, "Status", (status), (message), (reason), (details), (code))
};

struct said_response {
    std::string uid;
    bool allowed = false;
    said_status status;
    object::bytes patch;
    object::boxed<std::string> patch_type;
    object::string_map audit_annotations;
    std::vector<std::string> warnings;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(said_response, "AdmissionResponse", (uid), (allowed), (status), (patch), (patch_type),
                   (audit_annotations), (warnings))
};

struct said_review {
    std::string api_version;
    std::string kind;
    object::boxed<said_response> response;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(said_review, "AdmissionReview", (api_version), (kind), (response))
};

inline auto read_review(std::string_view body) -> result<said_review> {
    auto const document = object::parse_document(body);
    if (!document)
        return not_read("couldn't get version/kind; json parse error: " + document.error().message);
    auto out = said_review();
    auto reader = object::decoder(object::unknown_members::drop);
    if (auto ok = reader.decode(document->value, object::type_of<said_review>(), &out); !ok)
        return not_read(ok.error().message);
    return out;
}

inline auto causes_of(said_details const& d) -> std::vector<error_cause> {
    constexpr std::size_t most = 100;
    auto out = std::vector<error_cause>();
    for (auto const& c : d.causes)
        if (out.size() < most) out.push_back({c.reason, c.message, c.field});
    return out;
}

/// A refusal as the server passes it on (`admission/plugin/webhook/errors`).
inline auto refusal_of(said_status const& said, std::string_view webhook) -> error {
    auto const& d = said.details;
    auto out = error();
    out.details = {d.name, d.group, d.kind, d.uid, causes_of(d), d.retry_after_seconds};
    out.code = api::code_of(said.reason, std::clamp(said.code, 400, 599), out.details);
    out.message = "admission webhook " + go_quoted(webhook) + " denied the request";
    if (!said.message.empty()) out.message += ": " + said.message;
    else if (!said.reason.empty()) out.message += ": " + said.reason;
    else out.message += " without explanation";
    return out;
}

/// Whether patch and type of patch are as they must be; the patch.
inline auto patch_in(said_response const& said, bool mutating, bool old) -> result<std::string> {
    auto const typed = static_cast<bool>(said.patch_type);
    auto const& patch = said.patch.data;
    if (!mutating) {
        if (!patch.empty()) return no_answer("validating webhook may not return response.patch");
        if (typed) return no_answer("validating webhook may not return response.patchType");
        return std::string();
    }
    if (!old && !patch.empty() && !typed)
        return no_answer("webhook returned response.patch but not response.patchType");
    if (!old && patch.empty() && typed)
        return no_answer("webhook returned response.patchType but not response.patch");
    if (!patch.empty() && typed && *said.patch_type != "JSONPatch")
        return no_answer("unsupported patch type " + go_quoted(*said.patch_type));
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
    using namespace detail::webhooks;
    constexpr std::size_t most_warnings = 100;
    auto const review = read_review(body);
    if (!review) return std::unexpected(review.error());
    if (!review->response) return no_answer("webhook response was absent");
    auto const& said = *review->response;
    auto const old = version == "v1beta1";
    if (!old && said.uid != uid)
        return no_answer("expected response.uid=" + go_quoted(uid) + ", got " + go_quoted(said.uid));
    auto const wanted = "admission.k8s.io/" + std::string(version);
    auto const& got = review->api_version;
    auto const untold = old && got.empty() && review->kind.empty(); // it need not say what it is
    if (!untold && (got != wanted || review->kind != "AdmissionReview"))
        return no_answer("expected webhook response of " + wanted + ", Kind=AdmissionReview, got " +
                         (got.empty() ? "/" : got) + ", Kind=" + review->kind);
    auto patch = patch_in(said, mutating, old);
    if (!patch) return std::unexpected(std::move(patch).error());
    auto out = review_answer{};
    out.allowed = said.allowed;
    out.patch = *std::move(patch);
    out.warnings = said.warnings;
    if (out.warnings.size() > most_warnings) out.warnings.resize(most_warnings);
    if (!out.allowed) out.refusal = refusal_of(said.status, webhook);
    return out;
}

} // namespace berth::kube
