#pragma once

/// \file
/// The nodes of a fleet in the API: their registration, their status, their leases.

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/node/detail/node_context.hpp>
#include <berth/node/fleet_options.hpp>
#include <berth/reconcile/cache.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <queue>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::node::detail {

/// Keeps any number of nodes known and alive in the API.
class fleet_nodes {
public:
    /// The options must outlive it.
    fleet_nodes(api::any_client client, fleet_options const& options, machine_facts machine);
    fleet_nodes(fleet_nodes const&) = delete;
    auto operator=(fleet_nodes const&) -> fleet_nodes& = delete;

    auto on_wake(waker w) -> void { cache_.on_wake(w); }
    /// Registers, reports and renews what is due, a batch of each.
    auto step(time_point now) -> wake;

    /// Which pods are of interest to these nodes.
    [[nodiscard]] auto selection_of_pods() const -> reconcile::reflector_options;
    /// The addresses for the pods of a node that lives; null for others.
    [[nodiscard]] auto addresses_of(std::string_view node) -> node_addresses*;
    /// Those that have come to be known since the last call.
    [[nodiscard]] auto take_addressed() -> std::vector<node_addresses const*>;

    /// A node falls silent. False if none of this name lives.
    auto lose(std::string_view name) -> bool;

    [[nodiscard]] auto counters() const -> fleet_counters { return counters_; }
    [[nodiscard]] auto problem() const -> std::optional<error> const& { return problem_; }

private:
    struct member {
        fleet_node const* own = nullptr; ///< in the options
        object::stored<kube::node> node;
        object::stored<kube::lease> lease;
        node_addresses addresses;
        std::optional<time_point> report_due; ///< an appointment for another time counts no more
        std::optional<time_point> renewal_due;
        time_point reported;
        time_point cidr_due;
        bool tells_status = false; ///< its last write did
        bool lost = false;
        bool lacks_range = false; ///< and nobody gave it one while it waited
    };

    /// Who is due when; the elder first.
    class calendar {
    public:
        auto add(time_point at, std::uint32_t who) -> void { all_.emplace(at, who); }
        [[nodiscard]] auto empty() const -> bool { return all_.empty(); }
        [[nodiscard]] auto first() const -> time_point { return all_.top().first; }
        /// Takes the first one out.
        auto take() -> std::pair<time_point, std::uint32_t> {
            auto const out = all_.top();
            all_.pop();
            return out;
        }

    private:
        using entry = std::pair<time_point, std::uint32_t>;
        std::priority_queue<entry, std::vector<entry>, std::greater<>> all_;
    };

    /// A batch of writes, and who they are about.
    struct letters {
        std::vector<api::write> writes;
        std::vector<std::uint32_t> about;
        auto add(std::uint32_t who, api::write w) -> void {
            writes.push_back(std::move(w));
            about.push_back(who);
        }
    };

    auto heard(reconcile::change const& c) -> void;
    auto know(member& m, object::stored<kube::node> node, time_point now) -> void;
    auto report_at(std::uint32_t who, time_point at) -> void;
    auto renew_at(std::uint32_t who, time_point at) -> void;
    [[nodiscard]] static auto share_of(duration span, std::uint32_t who) -> duration;
    [[nodiscard]] auto next_report(member const& m) const -> time_point;
    [[nodiscard]] auto named(member const& m) -> agent_options const&;
    auto note(error why) -> void;

    auto report(time_point now) -> wake;
    auto report_of(member& m, time_point now) -> std::optional<api::write>;
    auto alignment_of(member& m, time_point now) -> std::optional<api::write>;
    auto cidr_for(member& m, time_point now) -> std::string;
    auto work_out_own_cidrs(time_point now) -> void;
    auto reported(std::uint32_t who, result<api::written> answer, time_point now) -> void;

    auto renew(time_point now) -> wake;
    auto renewal_of(member& m, time_point now) -> api::write;
    auto renewed(std::uint32_t who, result<api::written> answer, time_point now) -> void;
    auto adopt_lease(member& m) -> void;

    api::any_client client_;
    fleet_options const* options_;
    machine_facts machine_;
    agent_options named_; ///< what they have in common, with the name of the one that is written about
    std::deque<member> members_;
    std::unordered_map<std::string_view, std::uint32_t> by_name_;
    calendar reports_;
    calendar renewals_;
    std::vector<node_addresses const*> addressed_;
    std::map<std::string, std::string> own_cidrs_; ///< ranges that were worked out and are not taken yet
    time_point own_due_;                           ///< when they may be worked out again
    fleet_counters counters_;
    std::optional<error> problem_;
    time_point now_;
    reconcile::cache<kube::node> cache_;
    reconcile::caches::listening listening_;
};

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/fleet_nodes.ipp>
#endif
