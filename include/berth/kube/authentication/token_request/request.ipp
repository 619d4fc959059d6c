#pragma once

/// \file
/// The bodies of `berth/kube/authentication/token_request/request.hpp`.

#include <berth/api/errors.hpp>
#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_request/request.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/object/defaults.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

/// For how long the tokens of pods are asked for that can be fetched anew, and for how long they hold then;
/// in seconds.
inline constexpr std::int64_t warned_token_seconds = 3607;
inline constexpr std::int64_t extended_token_seconds = 365 * 24 * 3600;

inline auto check_token_request(token_request const& r) -> api::field_errors {
    constexpr auto most = std::int64_t{1} << 32;
    constexpr auto spec = api::field_path("spec");
    auto errors = api::field_errors();
    auto const at = spec.child("expirationSeconds");
    auto const asked = *r.spec.expiration_seconds;
    if (asked < 600) errors.invalid(at, asked, "may not specify a duration less than 10 minutes");
    if (asked > most) errors.invalid(at, asked, "may not specify a duration larger than 2^32 seconds");
    return errors;
}

/// What kind of object a token is to be bound to, as Go prints it.
inline auto kind_text(bound_object_reference const& to) -> std::string {
    auto const slash = to.api_version.find('/');
    auto const group = slash == std::string::npos ? std::string() : to.api_version.substr(0, slash);
    auto const version = slash == std::string::npos ? to.api_version : to.api_version.substr(slash + 1);
    return group + "/" + version + ", Kind=" + to.kind;
}

/// One request for a token.
class token_issue {
public:
    token_issue(token_authority const& by, service_account const& a, token_request r,
                api::action_context const& about)
        : by_(by), account_(a.metadata), request_(std::move(r)), about_(about) {}

    auto run() -> result<object::any_object> {
        if (auto ok = check_name(); !ok) return std::unexpected(ok.error());
        complete();
        auto const& named = token_request::resource;
        if (auto errors = check_token_request(request_); !errors.empty())
            return errors.refuse(named.group, named.kind, "");
        auto const& uid = request_.metadata.uid;
        if (!uid.empty() && uid != account_.uid)
            return conflict_of(named.group, named.kind, account_.name,
                               "the UID in the token request (" + uid +
                                   ") does not match the UID of the service account (" + account_.uid + ")");
        if (auto ok = bind(); !ok) return std::unexpected(ok.error());
        return answer();
    }

private:
    static auto conflict_of(std::string_view group, std::string_view kind, std::string const& name,
                            std::string const& why) -> std::unexpected<error> {
        auto named = pod::resource;
        named.group = group;
        named.plural = kind;
        return api::conflict(named, name, why);
    }

    [[nodiscard]] auto check_name() const -> result<void> {
        auto const& m = request_.metadata;
        if (!m.namespace_.empty() && m.namespace_ != account_.namespace_)
            return api::bad_request(
                "the namespace of the provided object does not match the namespace sent on the request");
        if (m.name.empty() || m.name == account_.name) return {};
        constexpr auto metadata = api::field_path("metadata");
        auto errors = api::field_errors();
        errors.invalid(metadata.child("name"), m.name, "must match the service account name if specified");
        return errors.refuse(token_request::resource.group, token_request::resource.kind, account_.name);
    }

    auto complete() -> void {
        auto& m = request_.metadata;
        m.name = account_.name;
        m.namespace_ = account_.namespace_;
        m.creation_timestamp = object::timestamp(about_.now);
        auto& s = request_.spec;
        object::apply_defaults(s);
        if (s.audiences.empty() && by_) s.audiences = by_.options().audiences;
        request_.status = {};
    }

    /// Looks up what the token is to end with.
    auto bind() -> result<void> {
        auto const* const to = request_.spec.bound_object_ref.get();
        if (to == nullptr) return {};
        auto const core = to->api_version.find('/') == std::string::npos;
        if (core && to->kind == "Pod") return bind_pod(*to);
        if (core && to->kind == "Secret") return bind_to<secret>(*to, account_.namespace_, claims_.secret);
        if (core && to->kind == "Node") return bind_to<node>(*to, "", claims_.node);
        return api::bad_request("cannot bind token to object of type " + kind_text(*to));
    }

    template <class T> auto bind_to(bound_object_reference const& to, std::string const& space,
                                    std::optional<claimed_object>& claim) -> result<void> {
        auto const there = about_.world.find_as<T>({space, to.name});
        if (!there) return std::unexpected(there.error());
        auto const& m = (*there)->metadata;
        claim = claimed_object{m.name, m.uid};
        if (to.uid.empty() || to.uid == m.uid) return {};
        return conflict_of("", to.kind, to.name,
                           "the UID in the bound object reference (" + to.uid +
                               ") does not match the UID in record. The object might have been deleted and "
                               "then recreated");
    }

    auto bind_pod(bound_object_reference const& to) -> result<void> {
        auto const there = about_.world.find_as<pod>({account_.namespace_, to.name});
        if (!there) return std::unexpected(there.error());
        if ((*there)->spec.service_account_name != account_.name)
            return api::bad_request("cannot bind token for serviceaccount \"" + account_.name +
                                    "\" to pod running with different serviceaccount name.");
        auto const& on = (*there)->spec.node_name;
        if (!on.empty()) {
            auto const n = about_.world.find_as<node>({{}, on});
            if (!n && n.error().code != error_code::not_found) return std::unexpected(n.error());
            claims_.node = claimed_object{on, n ? (*n)->metadata.uid : std::string()};
        }
        return bind_to<pod>(to, account_.namespace_, claims_.pod);
    }

    /// Whether all of the audiences are the API server.
    [[nodiscard]] auto is_for_server() const -> bool {
        auto const& own = by_.options().audiences;
        return std::all_of(request_.spec.audiences.begin(), request_.spec.audiences.end(),
                           [&](auto const& a) { return std::find(own.begin(), own.end(), a) != own.end(); });
    }

    auto answer() -> result<object::any_object> {
        auto const now = about_.now.unix_seconds();
        auto const lasts = *request_.spec.expiration_seconds;
        auto holds = lasts;
        if (by_ && by_.options().extend_pod_tokens && claims_.pod && lasts == warned_token_seconds &&
            is_for_server()) {
            claims_.warn_after = now + lasts;
            holds = extended_token_seconds;
        }
        claims_.subject = api::service_account_identity(account_.namespace_, account_.name).user;
        claims_.id = by_.new_id();
        claims_.audiences = request_.spec.audiences;
        claims_.issued_at = claims_.not_before = now;
        claims_.expiry = now + holds;
        claims_.namespace_ = account_.namespace_;
        claims_.account = {account_.name, account_.uid};
        auto token = by_.issue(claims_);
        if (!token) return std::unexpected(std::move(token).error());
        request_.status.token = *std::move(token);
        request_.status.expiration_timestamp = object::timestamp(about_.now + seconds(lasts));
        return object::any_object(std::move(request_));
    }

    token_authority const& by_;
    object::meta const& account_;
    token_request request_;
    api::action_context const& about_;
    token_claims claims_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto request_token(token_authority const& by, service_account const& a, void const* body,
                              api::action_context const& about) -> result<object::any_object> {
    return detail::token_issue(by, a, *static_cast<token_request const*>(body), about).run();
}

} // namespace berth::kube
