#pragma once

/// \file
/// The bodies of `berth/kube/authentication/token_claims.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_claims.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/parse.hpp>

#include <cmath>
#include <utility>

namespace berth::kube::detail {

inline constexpr std::string_view kept_secret = "kubernetes.io/serviceaccount/secret.name";
inline constexpr std::string_view kept_account = "kubernetes.io/serviceaccount/service-account.name";
inline constexpr std::string_view kept_account_uid = "kubernetes.io/serviceaccount/service-account.uid";
inline constexpr std::string_view kept_namespace = "kubernetes.io/serviceaccount/namespace";

/// A JSON object that grows member by member.
class claims_writer {
public:
    auto text(std::string_view name, std::string_view value) -> void {
        begin(name);
        object::append_json_string(out_, value);
    }
    auto number(std::string_view name, std::optional<std::int64_t> const& value) -> void {
        if (!value) return;
        begin(name);
        out_ += std::to_string(*value);
    }
    auto texts(std::string_view name, std::vector<std::string> const& values) -> void {
        begin(name);
        out_ += '[';
        for (auto const& v : values) {
            if (out_.back() != '[') out_ += ',';
            object::append_json_string(out_, v);
        }
        out_ += ']';
    }
    auto part(std::string_view name, std::string json) -> void {
        begin(name);
        out_ += json;
    }
    auto part(std::string_view name, claimed_object const& o) -> void {
        auto of = claims_writer();
        of.text("name", o.name);
        if (!o.uid.empty()) of.text("uid", o.uid);
        part(name, std::move(of).finish());
    }
    [[nodiscard]] auto finish() && -> std::string { return std::move(out_) + "}"; }

private:
    auto begin(std::string_view name) -> void {
        if (out_.size() > 1) out_ += ',';
        object::append_json_string(out_, name);
        out_ += ':';
    }

    std::string out_ = "{";
};

/// What is particular to Kubernetes.
inline auto kubernetes_claims(token_claims const& c) -> std::string {
    auto out = claims_writer();
    out.text("namespace", c.namespace_);
    if (c.node) out.part("node", *c.node);
    if (c.pod) out.part("pod", *c.pod);
    if (c.secret) out.part("secret", *c.secret);
    out.part("serviceaccount", c.account);
    out.number("warnafter", c.warn_after);
    return std::move(out).finish();
}

inline auto text_in(boost::json::object const& o, std::string_view name) -> std::string {
    auto const* const v = o.if_contains(name);
    return v != nullptr && v->is_string() ? std::string(v->get_string()) : std::string();
}

/// A time, which may be written with a fraction.
inline auto seconds_in(boost::json::object const& o, std::string_view name) -> std::optional<std::int64_t> {
    constexpr auto most = 9.0e15; // what a double has no fraction beyond
    auto const* const v = o.if_contains(name);
    if (v == nullptr) return std::nullopt;
    if (v->is_int64()) return v->get_int64();
    if (v->is_double() && std::abs(v->get_double()) < most) return static_cast<std::int64_t>(v->get_double());
    return std::nullopt;
}

inline auto texts_in(boost::json::object const& o, std::string_view name) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    auto const* const v = o.if_contains(name);
    if (v == nullptr) return out;
    if (v->is_string()) out.emplace_back(v->get_string());
    if (v->is_array())
        for (auto const& e : v->get_array())
            if (e.is_string()) out.emplace_back(e.get_string());
    return out;
}

inline auto object_in(boost::json::object const& o, std::string_view name) -> boost::json::object const* {
    auto const* const v = o.if_contains(name);
    return v == nullptr ? nullptr : v->if_object();
}

inline auto claimed_in(boost::json::object const& o, std::string_view name) -> std::optional<claimed_object> {
    auto const* const found = object_in(o, name);
    if (found == nullptr) return std::nullopt;
    return claimed_object{text_in(*found, "name"), text_in(*found, "uid")};
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto claims_text(token_claims const& c) -> std::string {
    auto out = detail::claims_writer();
    if (!c.audiences.empty()) out.texts("aud", c.audiences);
    out.number("exp", c.expiry);
    out.number("iat", c.issued_at);
    out.text("iss", c.issuer);
    if (!c.id.empty()) out.text("jti", c.id);
    if (c.kept_in.empty()) {
        out.part("kubernetes.io", detail::kubernetes_claims(c));
    } else {
        out.text(detail::kept_namespace, c.namespace_);
        out.text(detail::kept_secret, c.kept_in);
        out.text(detail::kept_account, c.account.name);
        out.text(detail::kept_account_uid, c.account.uid);
    }
    out.number("nbf", c.not_before);
    out.text("sub", c.subject);
    return std::move(out).finish();
}

BERTH_DECL auto read_claims(std::string_view json) -> result<token_claims> {
    auto const document = object::parse_document(json);
    if (!document) return std::unexpected(document.error());
    auto const* const all = document->value.if_object();
    if (all == nullptr) return fail(error_code::bad_request, "the claims of a token must be an object");
    auto out = token_claims{};
    out.issuer = detail::text_in(*all, "iss");
    out.subject = detail::text_in(*all, "sub");
    out.id = detail::text_in(*all, "jti");
    out.audiences = detail::texts_in(*all, "aud");
    out.expiry = detail::seconds_in(*all, "exp");
    out.not_before = detail::seconds_in(*all, "nbf");
    out.issued_at = detail::seconds_in(*all, "iat");
    out.kept_in = detail::text_in(*all, detail::kept_secret);
    out.namespace_ = detail::text_in(*all, detail::kept_namespace);
    out.account = {detail::text_in(*all, detail::kept_account),
                   detail::text_in(*all, detail::kept_account_uid)};
    auto const* const own = detail::object_in(*all, "kubernetes.io");
    if (own == nullptr) return out;
    out.namespace_ = detail::text_in(*own, "namespace");
    out.account = detail::claimed_in(*own, "serviceaccount").value_or(claimed_object{});
    out.pod = detail::claimed_in(*own, "pod");
    out.secret = detail::claimed_in(*own, "secret");
    out.node = detail::claimed_in(*own, "node");
    out.warn_after = detail::seconds_in(*own, "warnafter");
    return out;
}

} // namespace berth::kube
