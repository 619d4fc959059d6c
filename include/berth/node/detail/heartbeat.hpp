#pragma once

/// \file
/// The node's registration, its status and its lease.

#include <berth/api/client.hpp>
#include <berth/node/detail/node_context.hpp>
#include <berth/node/pod_range.hpp>

#include <algorithm>

namespace berth::node::detail {

/// Keeps the node known and alive in the API.
template <class Runtime> class heartbeat {
public:
    using context = node_context<Runtime>;

    explicit heartbeat(context& ctx) : ctx_(ctx), machine_(ctx.runtime.machine()) {}

    /// The node is in the API.
    [[nodiscard]] auto registered() const -> bool { return !uid_.empty(); }
    /// The range of the node's pods; empty while it is not known.
    [[nodiscard]] auto pod_cidr() const -> std::string const& { return pod_cidr_; }
    /// Why the last attempt failed, if it did.
    [[nodiscard]] auto problem() const -> std::optional<error> const& { return problem_; }

    /// Registers, reports and renews what is due.
    auto step(time_point now) -> wake {
        if (now >= status_due_) {
            auto const done = report(now);
            status_due_ = now + (!done                ? seconds(1)
                                 : !pod_cidr_.empty() ? ctx_.options.status_interval
                                 : now < cidr_due_    ? milliseconds(200)
                                                      : seconds(1));
        }
        if (registered() && now >= lease_due_)
            lease_due_ = now + (renew(now) ? ctx_.options.lease_interval
                                           : std::min(seconds(2), ctx_.options.lease_interval));
        return wake::at(registered() ? std::min(status_due_, lease_due_) : status_due_);
    }

private:
    auto failed(error e) -> bool {
        problem_ = std::move(e);
        return false;
    }

    /// Reads the node (others write it too), makes it if it is absent, writes what is different, and tells
    /// it.
    auto report(time_point now) -> bool {
        auto before = kube::node();
        auto node = api::get<kube::node>(ctx_.client, {"", ctx_.options.name});
        if (node) {
            before = **node;
        } else if (node.error().code == error_code::not_found) {
            last_report_ = {};
            node = api::create(ctx_.client, new_node(machine_, ctx_.options, now));
        }
        if (!node) return failed(std::move(node).error());
        if (uid_.empty()) cidr_due_ = now + ctx_.options.pod_cidr_patience;
        uid_ = (*node)->metadata.uid;
        if (!align(*node, now)) return false;
        pod_cidr_ = (*node)->spec.pod_cidr;
        auto changed = **node;
        set_node_status(changed.status, machine_, ctx_.options, now);
        if (!pod_cidr_.empty() || now >= cidr_due_)
            set_network_status(changed.status, pod_cidr_.empty(), now);
        auto const same = without_heartbeats(changed.status) == without_heartbeats((*node)->status);
        if (!same || now >= last_report_ + ctx_.options.status_report) {
            auto written = api::update(ctx_.client, changed, node->revision_of(), "status");
            if (!written) return failed(std::move(written).error());
            last_report_ = now;
            problem_.reset();
        }
        before.spec.unschedulable = std::exchange(unschedulable_, changed.spec.unschedulable);
        for (auto const& n : node_news(before, changed))
            if (ctx_.events) ctx_.events(n, {}, ctx_.options.name, now);
        return true;
    }

    /// Labels that a node found in the API lacks, and the range of addresses that nobody gives it.
    auto align(object::stored<kube::node>& node, time_point now) -> bool {
        auto changed = *node;
        auto different = set_node_labels(changed.metadata.labels, machine_, ctx_.options);
        if (auto cidr = cidr_for(changed, now); !cidr.empty()) {
            changed.spec.pod_cidrs = {cidr};
            changed.spec.pod_cidr = std::move(cidr);
            different = true;
        }
        if (!different) return true;
        auto written = api::update(ctx_.client, std::move(changed), node.revision_of());
        if (!written) return failed(std::move(written).error());
        node = *std::move(written);
        return true;
    }

    /// The range that a node is to be given here; empty: none, or not yet.
    auto cidr_for(kube::node const& node, time_point now) -> std::string {
        if (!node.spec.pod_cidr.empty()) return {};
        if (!ctx_.options.pod_cidr.empty()) return ctx_.options.pod_cidr;
        if (now < cidr_due_ || !ctx_.options.own_pod_cidr) return {};
        auto const all = api::list<kube::node>(ctx_.client);
        if (!all) return failed(all.error()), std::string();
        auto own = own_pod_cidrs(*all);
        auto const found = own.find(node.metadata.name);
        return found == own.end() ? std::string() : std::move(found->second);
    }

    auto renew(time_point now) -> bool {
        if (!lease_) {
            auto const where = object::key{std::string(lease_namespace), ctx_.options.name};
            auto found = api::get<kube::lease>(ctx_.client, where);
            if (!found && found.error().code == error_code::not_found) {
                auto made = api::create(ctx_.client, new_lease(ctx_.options, uid_, now));
                if (!made) return failed(std::move(made).error());
                lease_ = *std::move(made);
                return true;
            }
            if (!found) return failed(std::move(found).error());
            lease_ = *std::move(found);
        }
        auto renewed = *lease_;
        auto const wanted = new_lease(ctx_.options, uid_, now);
        renewed.spec.holder_identity = wanted.spec.holder_identity;
        renewed.spec.lease_duration_seconds = wanted.spec.lease_duration_seconds;
        renewed.spec.renew_time = wanted.spec.renew_time;
        renewed.metadata.owner_references = wanted.metadata.owner_references;
        auto written = api::update(ctx_.client, std::move(renewed), lease_.revision_of());
        lease_ = written ? *written : object::stored<kube::lease>();
        return written.has_value() || failed(std::move(written).error());
    }

    context& ctx_;
    machine_facts machine_;
    std::string uid_;
    std::string pod_cidr_;
    bool unschedulable_ = false; ///< as was last told
    object::stored<kube::lease> lease_;
    time_point cidr_due_{};
    time_point status_due_{};
    time_point lease_due_{};
    time_point last_report_{};
    std::optional<error> problem_;
};

} // namespace berth::node::detail
