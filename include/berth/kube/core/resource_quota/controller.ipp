#pragma once

/// \file
/// The bodies of `berth/kube/core/resource_quota/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/core/resource_quota/controller.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

BERTH_DECL auto quotas_on(reconcile::snapshot const& world, std::string_view namespace_, api::kind const& k)
    -> std::vector<object::key> {
    auto out = std::vector<object::key>();
    for (auto const q : world.all_in<resource_quota>(namespace_)) {
        auto const& hard = q->spec.hard;
        auto const limits = [&](auto const& entry) { return uses_quota(k, entry.first); };
        if (std::any_of(hard.begin(), hard.end(), limits)) out.push_back(q->metadata.where());
    }
    return out;
}

/// Whether all objects of a kind use the same, whatever they are like.
template <class T> constexpr bool only_counts =
    !std::is_same_v<T, pod> && !std::is_same_v<T, service> && !std::is_same_v<T, persistent_volume_claim>;

/// What there is of what a quota limits.
class quota_count {
public:
    quota_count(reconcile::snapshot const& world, resource_quota const& quota)
        : world_(world), quota_(quota), scopes_(scopes_of(quota)) {}

    template <class... Ts> auto add(reconcile::kinds<Ts...>) -> void { (add<Ts>(), ...); }

    template <class T> auto add() -> void {
        auto const& k = counted_kind<T>();
        auto limited = limits_on(k);
        if (limited.empty()) return;
        auto const there = world_.all_in<T>(quota_.metadata.namespace_);
        if constexpr (only_counts<T>) count(there.size(), limited);
        else
            for (auto const o : there)
                if (is_in_scopes(k, o.get())) charge(quota_usage(k, o.get(), world_.now()), limited);
        take(limited);
    }

    [[nodiscard]] auto found() const -> resource_list const& { return found_; }

private:
    /// What the quota limits of what objects of a kind use, and nothing used yet.
    [[nodiscard]] auto limits_on(api::kind const& k) const -> resource_list {
        auto out = resource_list();
        for (auto const& [name, most] : quota_.spec.hard)
            if (uses_quota(k, name)) out[name] = object::quantity();
        return out;
    }

    /// Objects that only count have none of the scopes that there are.
    auto count(std::size_t there, resource_list& limited) const -> void {
        auto const n = object::quantity::of(scopes_.empty() ? static_cast<std::int64_t>(there) : 0);
        for (auto& [name, amount] : limited) amount = n;
    }

    [[nodiscard]] auto is_in_scopes(api::kind const& k, void const* o) const -> bool {
        return std::all_of(scopes_.begin(), scopes_.end(),
                           [&](auto const& scope) { return is_in_scope(scope, k, o); });
    }

    auto take(resource_list const& limited) -> void {
        for (auto const& [name, amount] : limited) found_[name] += amount;
    }

    static auto charge(resource_list const& used, resource_list& limited) -> void {
        for (auto& [name, amount] : limited)
            if (auto const* const more = used.find(name)) amount += *more;
    }

    reconcile::snapshot const& world_;
    resource_quota const& quota_;
    std::vector<scoped_resource_selector_requirement> scopes_;
    resource_list found_;
};

/// Whether two lists name the same resources and the same amounts, however they are written.
inline auto same_amounts(resource_list const& a, resource_list const& b) -> bool {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](auto const& x, auto const& y) {
        return x.first == y.first && x.second == y.second;
    });
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto resource_quota_controller::matters(resource_quota const& before,
                                                   resource_quota const& after) const -> bool {
    return !(before.spec == after.spec) || before.metadata.uid != after.metadata.uid;
}

BERTH_DECL auto resource_quota_controller::matters(pod const& before, pod const& after) const -> bool {
    return !(before.spec == after.spec) || is_finished(before) != is_finished(after) ||
           before.metadata.deletion_timestamp != after.metadata.deletion_timestamp ||
           before.metadata.uid != after.metadata.uid;
}

BERTH_DECL auto resource_quota_controller::matters(service const& before, service const& after) const
    -> bool {
    return !(before.spec == after.spec) || before.metadata.uid != after.metadata.uid;
}

BERTH_DECL auto resource_quota_controller::matters(persistent_volume_claim const& before,
                                                   persistent_volume_claim const& after) const -> bool {
    return !(before.spec == after.spec && before.status == after.status) ||
           before.metadata.uid != after.metadata.uid ||
           !(before.metadata.annotations == after.metadata.annotations);
}

BERTH_DECL auto resource_quota_controller::reconcile(reconcile::snapshot const& world,
                                                     object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const quota = world.get<resource_quota>(k);
    if (!quota) return plan;
    plan.look_again(resync);
    auto count = detail::quota_count(world, *quota);
    count.add(watches{});
    count.add<resource_quota>();
    auto next = *quota;
    auto used = resource_list();
    for (auto const& limit : quota->spec.hard) {
        auto const* found = count.found().find(limit.first);
        if (found == nullptr) found = quota->status.used.find(limit.first);
        if (found != nullptr) used[limit.first] = *found;
    }
    auto const as_counted = detail::same_amounts(quota->status.hard, quota->spec.hard) &&
                            detail::same_amounts(quota->status.used, used);
    if (as_counted) return plan;
    next.status.hard = quota->spec.hard;
    next.status.used = std::move(used);
    return plan.update_status(quota, std::move(next));
}

} // namespace berth::kube
