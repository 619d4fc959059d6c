#pragma once

/// \file
/// The bodies of `berth/kube/authentication/authenticate.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/authentication/authenticate.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/service_account/type.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// How far clocks may differ.
inline constexpr auto token_leeway = seconds(60);

inline auto not_authenticated(std::string why) -> std::unexpected<error> {
    return fail(error_code::unauthorized, std::move(why));
}

/// A list of texts as Go's `%q` writes it.
inline auto quoted_list(std::span<std::string const> texts) -> std::string {
    auto out = std::string("[");
    for (auto const& t : texts) out += (out.size() > 1 ? " \"" : "\"") + t + "\"";
    return out + "]";
}

/// Those of some audiences that a token is for. Errors: `unauthorized`, if there is none.
inline auto common_audiences(token_authority const& by, token_claims const& c,
                             std::span<std::string const> asked) -> result<std::vector<std::string>> {
    auto const& own = by.options().audiences;
    auto const of = c.audiences.empty() ? std::span<std::string const>(own) : std::span(c.audiences);
    if (asked.empty()) asked = own;
    auto out = std::vector<std::string>();
    for (auto const& a : of)
        if (std::find(asked.begin(), asked.end(), a) != asked.end()) out.push_back(a);
    if (!out.empty()) return out;
    return not_authenticated("token audiences " + quoted_list(of) + " is invalid for the target audiences " +
                             quoted_list(asked));
}

inline auto check_times(token_claims const& c, time_point now) -> result<void> {
    auto const at = [](std::int64_t unix_seconds) { return time_point() + seconds(unix_seconds); };
    if (c.not_before && now + token_leeway < at(*c.not_before))
        return not_authenticated("service account token is not valid yet");
    if (c.expiry && now - token_leeway > at(*c.expiry))
        return not_authenticated("service account token has expired");
    if (c.issued_at && now + token_leeway < at(*c.issued_at))
        return not_authenticated("service account token is issued in the future");
    return {};
}

/// The claims of a token, against what there is.
class token_check {
public:
    token_check(token_claims const& c, api::admission_world const& world) : claims_(c), world_(world) {}

    /// A token that was asked for.
    [[nodiscard]] auto bound() const -> result<void> {
        if (auto ok = check_times(claims_, world_.now); !ok) return ok;
        auto const account = world_.find_as<service_account>({claims_.namespace_, claims_.account.name});
        if (!account) return lost(account.error(), account.error().message);
        if ((*account)->metadata.uid != claims_.account.uid)
            return not_authenticated("service account UID (" + (*account)->metadata.uid +
                                     ") does not match claim (" + claims_.account.uid + ")");
        if (is_gone((*account)->metadata)) return not_authenticated("service account has been deleted");
        if (auto ok = holds<secret>(claims_.secret, claims_.namespace_, "secret", "secret"); !ok) return ok;
        if (auto ok = holds<pod>(claims_.pod, claims_.namespace_, "pod", "pod"); !ok) return ok;
        if (claims_.pod) return {}; // of the pod's node it only tells
        return holds<node>(claims_.node, "", "node", "node");
    }

    /// One that a secret keeps.
    [[nodiscard]] auto kept(std::string_view token) const -> result<void> {
        if (auto ok = check_kept_claims(); !ok) return ok;
        auto const in = world_.find_as<secret>({claims_.namespace_, claims_.kept_in});
        if (!in) return lost(in.error(), "Token has been invalidated");
        if ((*in)->metadata.deleting()) return not_authenticated("Token has been invalidated");
        if ((*in)->data.get("token").data != token)
            return not_authenticated("Token does not match server's copy");
        auto const account = world_.find_as<service_account>({claims_.namespace_, claims_.account.name});
        if (!account) return lost(account.error(), account.error().message);
        auto const& m = (*account)->metadata;
        if (m.deleting())
            return not_authenticated("ServiceAccount " + m.namespace_ + "/" + m.name + " has been deleted");
        if (m.uid != claims_.account.uid)
            return not_authenticated("ServiceAccount UID (" + m.uid + ") does not match claim (" +
                                     claims_.account.uid + ")");
        return {};
    }

private:
    /// What is not there is a reason to refuse; what cannot be looked up is none.
    static auto lost(error const& why, std::string said) -> std::unexpected<error> {
        return why.code == error_code::not_found ? not_authenticated(std::move(said)) : std::unexpected(why);
    }

    /// Whether something was to be gone before now.
    [[nodiscard]] auto is_gone(object::meta const& m) const -> bool {
        return m.deleting() && m.deletion_timestamp->time() < world_.now - token_leeway;
    }

    template <class T> [[nodiscard]] auto holds(std::optional<claimed_object> const& to,
                                                std::string const& space, std::string const& kind,
                                                std::string const& reference) const -> result<void> {
        if (!to) return {};
        auto const there = world_.find_as<T>({space, to->name});
        auto const ended = "service account token has been invalidated";
        if (!there) return lost(there.error(), ended);
        if (is_gone((*there)->metadata)) return not_authenticated(ended);
        if ((*there)->metadata.uid == to->uid) return {};
        return not_authenticated(kind + " UID (" + (*there)->metadata.uid +
                                 ") does not match service account " + reference + " ref claim (" + to->uid +
                                 ")");
    }

    [[nodiscard]] auto check_kept_claims() const -> result<void> {
        auto const missing = [](std::string_view name) {
            return not_authenticated(std::string(name) + " claim is missing");
        };
        if (claims_.subject.empty()) return missing("sub");
        if (claims_.namespace_.empty()) return missing("namespace");
        if (claims_.kept_in.empty()) return missing("secretName");
        if (claims_.account.name.empty()) return missing("serviceAccountName");
        if (claims_.account.uid.empty()) return missing("serviceAccountUID");
        if (claims_.subject != api::service_account_identity(claims_.namespace_, claims_.account.name).user)
            return not_authenticated("sub claim is invalid");
        return {};
    }

    token_claims const& claims_;
    api::admission_world const& world_;
};

/// Who an account is, with what is known of where its token is used.
inline auto identity_of(token_claims const& c) -> api::identity {
    auto out = api::service_account_identity(c.namespace_, c.account.name);
    out.uid = c.account.uid;
    auto const tell = [&](std::string_view what, std::string value) {
        if (!value.empty())
            out.extra.emplace_back("authentication.kubernetes.io/" + std::string(what),
                                   std::vector{std::move(value)});
    };
    if (!c.id.empty()) tell("credential-id", "JTI=" + c.id);
    if (c.node) {
        tell("node-name", c.node->name);
        tell("node-uid", c.node->uid);
    }
    if (c.pod) {
        tell("pod-name", c.pod->name);
        tell("pod-uid", c.pod->uid);
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto authenticate(token_authority const& by, std::string_view token,
                             std::span<std::string const> audiences, api::admission_world const& world)
    -> result<std::optional<api::bearer>> {
    auto const read = by.read(token);
    if (!read) return std::unexpected(read.error());
    if (!*read) return std::nullopt;
    auto const& claims = **read;
    auto common = detail::common_audiences(by, claims, audiences);
    if (!common) return std::unexpected(std::move(common).error());
    auto const check = detail::token_check(claims, world);
    auto const holds = claims.issuer == kept_token_issuer ? check.kept(token) : check.bound();
    if (!holds) return std::unexpected(holds.error());
    return api::bearer{detail::identity_of(claims), *std::move(common)};
}

BERTH_DECL auto token_reader_of(token_authority by, api::any_client client, api::clock_function now)
    -> api::token_reader {
    return [by = std::move(by), client = std::move(client), now = std::move(now)](
               std::string_view token,
               std::span<std::string const> audiences) -> result<std::optional<api::bearer>> {
        auto world = api::admission_world{};
        world.find = [&](object::resource_name const& r, object::key const& k) -> result<object::any_object> {
            auto found = client.get(r, k, {});
            if (!found) return std::unexpected(std::move(found).error());
            return std::move(found->object);
        };
        world.now = now();
        return authenticate(by, token, audiences, world);
    };
}

} // namespace berth::kube
