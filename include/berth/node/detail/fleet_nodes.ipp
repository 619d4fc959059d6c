#pragma once

/// \file
/// The bodies of `berth/node/detail/fleet_nodes.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/fleet_nodes.hpp>
#include <berth/node/detail/pod_news.hpp>
#include <berth/node/pod_range.hpp>

#include <algorithm>

namespace berth::node::detail {

BERTH_DECL fleet_nodes::fleet_nodes(api::any_client client, fleet_options const& options,
                                    machine_facts machine)
    : client_(client),
      options_(&options),
      machine_(std::move(machine)),
      named_(options.each),
      cache_(std::move(client), {}, pod_news::patient({.transform = [this](object::any_object const& o) {
                 return by_name_.contains(o.metadata().name) ? o : object::any_object();
             }})) {
    by_name_.reserve(options.nodes.size());
    for (auto const& own : options.nodes)
        if (by_name_.emplace(own.name, static_cast<std::uint32_t>(members_.size())).second)
            members_.emplace_back().own = &own;
    counters_.nodes = members_.size();
    for (std::uint32_t who = 0; who < members_.size(); ++who) report_at(who, time_point{});
    listening_ = cache_.listen([this](auto const&, auto const& c) { heard(c); });
}

BERTH_DECL auto fleet_nodes::selection_of_pods() const -> reconcile::reflector_options {
    auto out = reconcile::reflector_options{};
    if (members_.size() == 1) {
        out.field_selector = "spec.nodeName=" + members_.front().own->name;
    } else {
        out.field_selector = "spec.nodeName!=";
        out.transform = [this](object::any_object const& o) {
            return by_name_.contains(o.as<kube::pod>().spec.node_name) ? o : object::any_object();
        };
    }
    return out;
}

BERTH_DECL auto fleet_nodes::step(time_point now) -> wake {
    now_ = now;
    auto next = cache_.step(now);
    if (!cache_.synced()) return next;
    next = sooner(next, report(now));
    return sooner(next, renew(now));
}

BERTH_DECL auto fleet_nodes::addresses_of(std::string_view node) -> node_addresses* {
    auto const found = by_name_.find(node);
    if (found == by_name_.end() || members_[found->second].lost) return nullptr;
    return &members_[found->second].addresses;
}

BERTH_DECL auto fleet_nodes::take_addressed() -> std::vector<node_addresses const*> {
    return std::exchange(addressed_, {});
}

BERTH_DECL auto fleet_nodes::lose(std::string_view name) -> bool {
    auto const found = by_name_.find(name);
    if (found == by_name_.end()) return false;
    auto& m = members_[found->second];
    if (std::exchange(m.lost, true)) return false;
    if (m.node) --counters_.registered;
    --counters_.nodes;
    m.node = {};
    m.lease = {};
    m.report_due.reset();
    m.renewal_due.reset();
    return true;
}

// ---- what the API knows of the nodes ----

BERTH_DECL auto fleet_nodes::heard(reconcile::change const& c) -> void {
    auto node = object::stored<kube::node>(c.latest());
    auto const found = by_name_.find(node->metadata.name);
    if (found == by_name_.end()) return;
    auto& m = members_[found->second];
    if (m.lost) return;
    if (c.type != reconcile::change::kind::deleted) {
        auto const own = m.node && m.node.revision_of() >= node.revision_of();
        know(m, std::move(node), now_);
        if (!own) report_at(found->second, now_);
    } else if (m.node && m.node->metadata.uid == node->metadata.uid) {
        m.node = {};
        --counters_.registered;
        report_at(found->second, now_ + options_->each.status_interval);
    }
}

BERTH_DECL auto fleet_nodes::know(member& m, object::stored<kube::node> node, time_point now) -> void {
    if (m.node && m.node->metadata.uid == node->metadata.uid && m.node.revision_of() >= node.revision_of())
        return;
    if (!m.node) {
        ++counters_.registered;
        m.cidr_due = now + options_->each.pod_cidr_patience;
    }
    auto const who = by_name_.find(m.own->name)->second;
    m.node = std::move(node);
    if (!m.renewal_due) renew_at(who, now);
    auto const& cidr = m.node->spec.pod_cidr;
    if (cidr.empty()) return report_at(who, m.cidr_due);
    if (m.addresses.range) return;
    m.addresses.range = address_range::parse(cidr).value_or(address_range());
    addressed_.push_back(&m.addresses);
}

/// A report at this time at the latest.
BERTH_DECL auto fleet_nodes::report_at(std::uint32_t who, time_point at) -> void {
    auto& due = members_[who].report_due;
    if (due && *due <= at) return;
    due = at;
    reports_.add(at, who);
}
BERTH_DECL auto fleet_nodes::renew_at(std::uint32_t who, time_point at) -> void {
    members_[who].renewal_due = at;
    renewals_.add(at, who);
}

/// A part of a span that is another for each node: they come evenly, however many they are.
BERTH_DECL auto fleet_nodes::share_of(duration span, std::uint32_t who) -> duration {
    constexpr auto parts = 1024U;
    return span / parts * ((who + 1) * 633U % parts + 1);
}

/// When the status must be written, or the range of a node be settled.
BERTH_DECL auto fleet_nodes::next_report(member const& m) const -> time_point {
    auto const out = m.reported + options_->each.status_report;
    return m.node && m.node->spec.pod_cidr.empty() ? std::min(out, m.cidr_due) : out;
}

BERTH_DECL auto fleet_nodes::named(member const& m) -> agent_options const& {
    named_.name = m.own->name;
    named_.labels = options_->each.labels;
    for (auto const& [key, value] : m.own->labels) named_.labels[key] = value;
    return named_;
}

BERTH_DECL auto fleet_nodes::note(error why) -> void {
    ++counters_.refused;
    problem_ = std::move(why);
}

// ---- registration and status ----

BERTH_DECL auto fleet_nodes::report(time_point now) -> wake {
    auto post = letters();
    while (!reports_.empty() && reports_.first() <= now && post.writes.size() < options_->batch) {
        auto const [at, who] = reports_.take();
        auto& m = members_[who];
        if (m.report_due != at) continue;
        m.report_due.reset();
        if (auto w = report_of(m, now)) post.add(who, *std::move(w));
        else report_at(who, next_report(m));
    }
    if (!post.writes.empty()) {
        auto answers = client_.commit(post.writes);
        for (std::size_t i = 0; i < answers.size(); ++i) reported(post.about[i], std::move(answers[i]), now);
    }
    return reports_.empty() ? wake::signalled() : wake::at(reports_.first());
}

BERTH_DECL auto fleet_nodes::report_of(member& m, time_point now) -> std::optional<api::write> {
    m.tells_status = false;
    if (!m.node) return api::create_request{object::any_object(new_node(machine_, named(m), now))};
    if (auto w = alignment_of(m, now)) return w;
    auto status = m.node->status;
    set_node_status(status, machine_, named(m), now);
    auto const ranged = !m.node->spec.pod_cidr.empty();
    if (ranged || m.lacks_range) set_network_status(status, !ranged, now);
    auto const same = without_heartbeats(status) == without_heartbeats(m.node->status);
    if (same && now < m.reported + options_->each.status_report) return std::nullopt;
    auto changed = *m.node;
    changed.status = std::move(status);
    auto out = api::update_request{object::any_object(std::move(changed))};
    out.options.subresource = "status";
    out.options.expected = m.node.revision_of();
    m.tells_status = true;
    return out;
}

/// What is wrong with the node itself: labels that were there before, a range that nobody gives it.
BERTH_DECL auto fleet_nodes::alignment_of(member& m, time_point now) -> std::optional<api::write> {
    auto const& options = named(m);
    auto changed = *m.node;
    auto different = set_node_labels(changed.metadata.labels, machine_, options);
    if (auto cidr = cidr_for(m, now); !cidr.empty()) {
        changed.spec.pod_cidrs = {cidr};
        changed.spec.pod_cidr = std::move(cidr);
        different = true;
    }
    if (!different) return std::nullopt;
    auto out = api::update_request{object::any_object(std::move(changed))};
    out.options.expected = m.node.revision_of();
    return out;
}

/// The range that a node is to be given here; empty: none, or not yet.
BERTH_DECL auto fleet_nodes::cidr_for(member& m, time_point now) -> std::string {
    if (!m.node->spec.pod_cidr.empty()) return {};
    if (!options_->each.pod_cidr.empty()) return options_->each.pod_cidr;
    if (now < m.cidr_due) return {};
    if (!options_->each.own_pod_cidr) {
        m.lacks_range = true;
        m.cidr_due = now + options_->each.status_report;
        return {};
    }
    auto found = own_cidrs_.extract(m.own->name);
    if (found.empty() && now >= own_due_) {
        work_out_own_cidrs(now);
        found = own_cidrs_.extract(m.own->name);
    }
    m.cidr_due = found.empty() ? own_due_ : now + seconds(1); // should the write fail
    return found.empty() ? std::string() : std::move(found.mapped());
}

/// For all that wait now: more rarely the more nodes there are, so that it is always the same small part of
/// the time.
BERTH_DECL auto fleet_nodes::work_out_own_cidrs(time_point now) -> void {
    auto const all = api::list<kube::node>(client_);
    if (!all) {
        own_due_ = now + seconds(1);
        return note(all.error());
    }
    own_cidrs_ = own_pod_cidrs(*all);
    own_due_ = now + microseconds(100) * static_cast<std::int64_t>(all->size() + 1);
}

BERTH_DECL auto fleet_nodes::reported(std::uint32_t who, result<api::written> answer, time_point now)
    -> void {
    auto& m = members_[who];
    if (answer) {
        ++counters_.reports;
        know(m, object::stored<kube::node>(std::move(answer->object)), now);
        if (!m.tells_status) return report_at(who, now); // the status is still to come
        auto const first = m.reported == time_point{};
        m.reported = first ? now - share_of(options_->each.status_report / 2, who) : now;
        return report_at(who, next_report(m));
    }
    auto const code = answer.error().code;
    if (code == error_code::not_found && m.node) { // the cache will tell of it
        return report_at(who, now + options_->each.status_interval);
    }
    if (code != error_code::conflict) note(std::move(answer).error());
    report_at(who, now + seconds(1));
}

// ---- leases ----

BERTH_DECL auto fleet_nodes::renew(time_point now) -> wake {
    auto const slack = options_->each.lease_interval / 128; // so that many are renewed at once
    auto post = letters();
    while (!renewals_.empty() && post.writes.size() < options_->batch) {
        if (renewals_.first() > (post.writes.empty() ? now : now + slack)) break;
        auto const [at, who] = renewals_.take();
        auto& m = members_[who];
        if (m.renewal_due != at) continue;
        if (!m.node) {
            m.renewal_due.reset(); // `know` begins anew
            continue;
        }
        if (m.lease) counters_.greatest_delay = std::max(counters_.greatest_delay, now - at);
        post.add(who, renewal_of(m, now));
    }
    if (!post.writes.empty()) {
        auto answers = client_.commit(post.writes);
        for (std::size_t i = 0; i < answers.size(); ++i) renewed(post.about[i], std::move(answers[i]), now);
    }
    return renewals_.empty() ? wake::signalled() : wake::at(renewals_.first());
}

BERTH_DECL auto fleet_nodes::renewal_of(member& m, time_point now) -> api::write {
    auto wanted = new_lease(named(m), m.node->metadata.uid, now);
    if (!m.lease) return api::create_request{object::any_object(std::move(wanted))};
    auto renewed = *m.lease;
    renewed.spec = std::move(wanted.spec);
    renewed.metadata.owner_references = std::move(wanted.metadata.owner_references);
    auto out = api::update_request{object::any_object(std::move(renewed))};
    out.options.expected = m.lease.revision_of();
    return out;
}

BERTH_DECL auto fleet_nodes::renewed(std::uint32_t who, result<api::written> answer, time_point now) -> void {
    auto& m = members_[who];
    auto const interval = options_->each.lease_interval;
    if (answer) {
        auto const first = !m.lease;
        m.lease = object::stored<kube::lease>(std::move(answer->object));
        ++counters_.renewals;
        return renew_at(who, now + (first ? share_of(interval, who) : interval));
    }
    auto const code = answer.error().code;
    m.lease = {};
    if (code == error_code::already_exists || code == error_code::conflict) adopt_lease(m);
    else note(std::move(answer).error());
    renew_at(who, m.lease ? now : now + std::min(seconds(2), interval));
}

/// Somebody has made or written it: another process that was this node.
BERTH_DECL auto fleet_nodes::adopt_lease(member& m) -> void {
    auto found = api::get<kube::lease>(client_, {std::string(lease_namespace), m.own->name});
    if (found) m.lease = *std::move(found);
    else note(std::move(found).error());
}

} // namespace berth::node::detail
