#pragma once

/// \file
/// What the scheduler remembers of its decisions: a placer for each of its profiles, kept up to date by what
/// happens to the cluster.

#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/cluster_state.hpp>
#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/pod_changes.hpp>
#include <berth/kube/schedule/pod_class.hpp>
#include <berth/schedule/placer.hpp>
#include <berth/schedule/policies.hpp>

#include <cstddef>
#include <list>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace berth::kube {

namespace detail {

/// A profile's placer, when it has one.
template <class Profile, class Universe> struct kept_placer {
    using profile = Profile;
    using type = schedule::placer<pod_info, node_info, Profile, facets::pod_books, Universe>;
    Profile const* who = nullptr;
    std::optional<type> placer;
};

/// The placers of all profiles.
template <class Policies> class kept_placers;
template <class... P> class kept_placers<schedule::policies<P...>> {
public:
    template <class Profile>
    using one =
        kept_placer<Profile, typename schedule::detail::policies_of<schedule::policies<P...>>::universe>;

    template <class F> auto each(F f) -> void {
        std::apply([&](auto&... kept) { (f(kept), ...); }, all_);
    }
    /// Calls `f` with that of a profile, if it is one of them.
    template <class Profile, class F> auto with(Profile const& by, F f) -> void {
        auto asked = false;
        each([&](auto& kept) {
            if constexpr (std::is_same_v<typename std::remove_cvref_t<decltype(kept)>::profile, Profile>) {
                if (asked || (kept.who != nullptr && kept.who != &by)) return;
                asked = true;
                kept.who = &by;
                f(kept);
            }
        });
    }

private:
    std::tuple<one<P>...> all_;
};
template <class P> class kept_placers<schedule::policy_list<P>> {
public:
    template <class Profile>
    using one =
        kept_placer<Profile, typename schedule::detail::policies_of<schedule::policy_list<P>>::universe>;

    template <class F> auto each(F f) -> void {
        for (auto& kept : all_) f(kept);
    }
    template <class F> auto with(P const& by, F f) -> void {
        for (auto& kept : all_)
            if (kept.who == &by) return f(kept);
        f(all_.emplace_back(&by));
    }

private:
    std::list<one<P>> all_;
};

} // namespace detail

/// One placer for each profile of `Policies`, made when it is first asked.
template <class Policies> class pod_placers : public cluster_listener {
    using kept = detail::kept_placers<Policies>;
    template <class Profile> using placer_for = typename kept::template one<Profile>::type;

public:
    explicit pod_placers(cluster_state const& cluster, schedule::placer_limits limits = {})
        : cluster_(&cluster), limits_(limits) {}

    /// The best node for a pod by this profile, one of the policies, or why there is none; see
    /// `schedule::placer`. Nothing where no class may be remembered.
    template <class Profile, class Outlook>
    [[nodiscard]] auto decide(Profile const& by, pod_info const& p, std::span<node_info const> nodes,
                              Outlook const& outlook)
        -> std::optional<typename placer_for<Profile>::decision> {
        auto out = std::optional<typename placer_for<Profile>::decision>();
        if (limits_.classes == 0) return out;
        all_.with(by, [&](auto& one) {
            if (!one.placer) one.placer.emplace(by, limits_);
            out = one.placer->decide(p, nodes, outlook);
        });
        return out;
    }

    auto entered(pod_info const& p, std::size_t node) -> void override {
        each_placer([&](auto& placer) { placer.entered(p, node, cluster_->nodes()); });
    }
    auto left(pod_info const& p, std::size_t node) -> void override {
        each_placer([&](auto& placer) { placer.left(p, node, cluster_->nodes()); });
    }
    auto changed(std::size_t node, node_info const& before, node_info const& after) -> void override {
        each_placer([&](auto& placer) {
            auto const what = std::remove_cvref_t<decltype(placer)>::difference(before, after);
            placer.changed(node, what);
        });
    }
    auto aged(std::size_t node) -> void override { expects(node); }
    /// Others are expected on a node than before.
    auto expects(std::size_t node) -> void {
        each_placer([&](auto& placer) { placer.changed(node, {}); });
    }
    auto came() -> void override {
        each_placer([](auto& placer) { placer.came(); });
    }
    auto went() -> void override {
        each_placer([](auto& placer) { placer.went(); });
    }

    /// An object of the catalogue has changed, of this namespace or of none: what may depend on it is
    /// forgotten. Where services and sets stand, as their status tells, nobody is placed by.
    template <class T> auto hear(kind_changed<T> const& by, std::string_view space) -> void {
        if constexpr (selects_pods<T> && !std::is_same_v<T, pod_disruption_budget>) {
            if (by.is_status_only()) return;
        }
        each_placer([&](auto& placer) {
            if constexpr (std::is_same_v<T, pod_disruption_budget>) {
                placer.forget_room(); // only who is evicted depends on it
            } else if constexpr (std::is_same_v<T, namespace_>) {
                placer.forget();
            } else if constexpr (selects_pods<T>) {
                placer.forget([&](pod_info const& p) { return p.value->metadata.namespace_ == space; });
            } else {
                placer.forget(depends_on_volumes);
            }
        });
    }
    /// Anything may be otherwise.
    auto forget() -> void {
        each_placer([](auto& placer) { placer.forget(); });
    }
    /// Volumes or claims are assumed to be otherwise.
    auto forget_volumes() -> void { hear(kind_changed<persistent_volume>(), {}); }

private:
    template <class F> auto each_placer(F f) -> void {
        all_.each([&](auto& one) {
            if (one.placer) f(*one.placer);
        });
    }
    cluster_state const* cluster_;
    schedule::placer_limits limits_;
    kept all_;
};

} // namespace berth::kube
