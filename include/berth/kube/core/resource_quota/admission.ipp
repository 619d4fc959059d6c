#pragma once

/// \file
/// The bodies of `berth/kube/core/resource_quota/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/resource_quota/admission.hpp>
#include <berth/kube/core/service/type.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// How often a quota that somebody else wrote meanwhile is looked at again.
inline constexpr int most_quota_tries = 4;

/// `pods=1,requests.cpu=2`
inline auto shown_amounts(resource_list const& amounts, std::vector<std::string> const& names)
    -> std::string {
    auto out = std::string();
    for (auto const& name : names) {
        auto const* const amount = amounts.find(name);
        out += out.empty() ? "" : ",";
        (out += name) += "=" + (amount == nullptr ? std::string("0") : amount->to_string());
    }
    return out;
}

/// What a request would use: more than before, if it changes something.
inline auto quota_delta(api::admission_request const& r, time_point now) -> resource_list {
    auto used = quota_usage(r.of, r.object->data(), now);
    if (!r.before) return used;
    auto const before = quota_usage(r.of, r.before.data(), now);
    auto out = resource_list();
    for (auto const& [name, amount] : used) {
        auto const* const old = before.find(name);
        auto more = old == nullptr ? amount : amount - *old;
        if (more.sign() > 0) out[name] = std::move(more);
    }
    return out;
}

/// A request against one quota.
class quota_check {
public:
    quota_check(api::admission_request const& r, object::object_ref const& quota)
        : request_(r), seen_(quota), quota_(quota.object.as<resource_quota>()) {
        for (auto const& [name, most] : quota_.status.hard)
            if (uses_quota(r.of, name)) limited_.push_back(name);
        for (auto const& scope : scopes_of(quota_))
            if (!limited_.empty() && !is_in_scope(scope, r.of, r.object->data())) limited_.clear();
        std::sort(limited_.begin(), limited_.end());
    }

    [[nodiscard]] auto applies() const -> bool { return !limited_.empty(); }

    [[nodiscard]] auto name() const -> std::string const& { return quota_.metadata.name; }

    /// Whether the request says what it must, and the quota what is used.
    [[nodiscard]] auto answerable() const -> result<void> {
        auto const& name = quota_.metadata.name;
        if (auto const why = unsaid_amounts(limited_, request_.of, request_.object->data()); !why.empty())
            return refuse("failed quota: " + name + ": " + why);
        for (auto const& resource : limited_)
            if (!quota_.status.used.contains(resource))
                return refuse("status unknown for quota: " + name + ", resources: " + joined(limited_));
        return {};
    }

    /// Whether there is enough left.
    [[nodiscard]] auto fits(resource_list const& more) const -> result<void> {
        auto exceeded = std::vector<std::string>();
        for (auto const& [name, amount] : more) {
            auto const* const most = quota_.status.hard.find(name);
            auto const* const used = quota_.status.used.find(name);
            if (most != nullptr && (used == nullptr ? amount : *used + amount) > *most)
                exceeded.push_back(name);
        }
        if (exceeded.empty()) return {};
        std::sort(exceeded.begin(), exceeded.end());
        return refuse("exceeded quota: " + quota_.metadata.name +
                      ", requested: " + shown_amounts(more, exceeded) +
                      ", used: " + shown_amounts(quota_.status.used, exceeded) +
                      ", limited: " + shown_amounts(quota_.status.hard, exceeded));
    }

    /// Notes what is used from now on. Errors: `conflict`, if somebody else wrote the quota.
    [[nodiscard]] auto charge(resource_list const& more, api::admission_world const& world) const
        -> result<void> {
        auto now = quota_;
        for (auto const& [name, amount] : more)
            if (quota_.status.hard.contains(name)) now.status.used[name] += amount;
        if (now.status.used == quota_.status.used) return {};
        auto done = world.put_status(std::move(now), seen_.rev);
        if (!done) return std::unexpected(std::move(done).error());
        return {};
    }

private:
    [[nodiscard]] auto refuse(std::string const& why) const -> result<void> {
        return api::refused(request_, why);
    }

    api::admission_request const& request_;
    object::object_ref const& seen_;
    resource_quota const& quota_;
    std::vector<std::string> limited_; ///< what the request may use of what the quota limits, sorted
};

/// Pods are charged when they are made and when they are resized, services and claims whenever they change,
/// everything else when it is made.
inline auto is_charged(api::admission_request const& r) -> bool {
    using operation = api::admission_request::operation;
    if (r.object == nullptr || r.namespace_.empty()) return false;
    if (is_kind<pod>(r.of) && r.subresource == "resize") return r.op == operation::update;
    if (!r.subresource.empty()) return false;
    if (r.op == operation::create) return true;
    return r.op == operation::update && (is_kind<service>(r.of) || is_kind<persistent_volume_claim>(r.of));
}

/// One look at the quotas of the namespace. Errors: `forbidden`; `conflict`, if one of them has changed.
inline auto charge_quotas(api::admission_request const& r, api::admission_world const& world,
                          std::set<std::string>& charged) -> result<void> {
    auto const all = world.list(resource_quota::resource);
    if (!all) return std::unexpected(all.error());
    auto checks = std::vector<quota_check>();
    for (auto const& ref : *all) {
        auto const& m = ref->metadata();
        if (m.namespace_ != r.namespace_ || charged.contains(m.name)) continue;
        auto check = quota_check(r, ref);
        if (!check.applies()) continue;
        if (auto ok = check.answerable(); !ok) return ok;
        checks.push_back(std::move(check));
    }
    if (checks.empty()) return {};
    auto const more = quota_delta(r, world.now);
    for (auto const& c : checks)
        if (auto ok = c.fits(more); !ok) return ok;
    if (r.dry_run) return {};
    for (auto const& c : checks) {
        if (auto ok = c.charge(more, world); !ok) return ok;
        charged.insert(c.name());
    }
    return {};
}

inline auto enforce_quotas(api::admission_request& r, api::admission_world const& world) -> result<void> {
    if (!is_charged(r)) return {};
    auto charged = std::set<std::string>();
    for (auto tries = 1;; ++tries) {
        auto done = charge_quotas(r, world, charged);
        if (done || done.error().code != error_code::conflict || tries == most_quota_tries) return done;
    }
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto resource_quota_admission() -> api::admission {
    return {"ResourceQuota", {}, &detail::enforce_quotas, {&resource_quota::resource}};
}

} // namespace berth::kube
