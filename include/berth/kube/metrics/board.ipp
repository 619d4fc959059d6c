#pragma once

/// \file
/// The bodies of `berth/kube/metrics/board.hpp`.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/metrics/board.hpp>
#include <berth/object/detail/go_duration.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace berth::kube::detail {

inline auto metrics_of(node_summary const& s) -> node_metrics {
    auto out = node_metrics();
    out.metadata.name = s.metadata.name;
    out.metadata.labels = s.metadata.labels;
    out.metadata.creation_timestamp = s.timestamp;
    out.timestamp = s.timestamp;
    out.window = s.window;
    out.usage = s.usage;
    return out;
}

inline auto metrics_of(node_summary const& s, kube::pod_summary const& p) -> pod_metrics {
    auto out = pod_metrics();
    out.metadata.namespace_ = p.namespace_;
    out.metadata.name = p.name;
    out.metadata.labels = p.labels;
    out.metadata.creation_timestamp = s.timestamp;
    out.timestamp = s.timestamp;
    out.window = s.window;
    out.containers = p.containers;
    return out;
}

/// Whether an amount could be used.
inline auto is_sane(resource_list const& usage) -> bool {
    return std::all_of(usage.begin(), usage.end(),
                       [](auto const& amount) { return amount.second >= object::quantity(); });
}

/// What is wrong with a summary that others would stumble over; empty if nothing is.
inline auto why_not(node_summary const& s) -> std::string {
    if (auto const window = object::detail::read_duration(s.window); !window || window->nanoseconds <= 0)
        return "window: must be a span such as 15s, and is \"" + s.window + "\"";
    if (!is_sane(s.usage)) return "usage: must not be negative";
    for (auto const& p : s.pods)
        for (auto const& c : p.containers)
            if (!is_sane(c.usage)) return "pods: the usage of container " + c.name + " must not be negative";
    return {};
}

/// Whether somebody may tell what a node uses.
inline auto may_tell(api::identity const& who, std::string_view node) -> bool {
    auto const in = [&](std::string_view group) {
        return std::find(who.groups.begin(), who.groups.end(), group) != who.groups.end();
    };
    return in(api::masters_group) || !in(api::authenticated_group) ||
           (in(api::nodes_group) && who.user == "system:node:" + std::string(node));
}

/// Why a summary is not taken.
inline auto check_summary(node_summary const& s, api::action_context const& about) -> result<void> {
    auto const& name = s.metadata.name;
    if (name.empty()) return fail(error_code::bad_request, "metadata.name: the name of the node is missing");
    if (auto const why = why_not(s); !why.empty()) return fail(error_code::bad_request, why);
    if (!may_tell(about.who, name))
        return api::forbidden(node_summary::resource, name,
                              "User \"" + about.who.user + "\" is not the agent of this node");
    if (auto const there = about.world.find(kube::node::resource, {{}, name}); !there)
        return std::unexpected(there.error());
    return {};
}

inline auto node_metrics_kind(std::shared_ptr<metrics_board const> board) -> api::kind {
    auto k = api::kind(api::kind_of<node_metrics>{});
    k.verbs = {api::verb::get, api::verb::list};
    k.present = [board](api::action_context const& about) -> result<std::vector<object::any_object>> {
        return board->nodes(about.now);
    };
    k.present_one = [board](object::key const& where, api::action_context const& about) {
        return board->node(where.name, about.now);
    };
    return k;
}

inline auto pod_metrics_kind(std::shared_ptr<metrics_board const> board) -> api::kind {
    auto k = api::kind(api::kind_of<pod_metrics>{});
    k.verbs = {api::verb::get, api::verb::list};
    k.present = [board](api::action_context const& about) -> result<std::vector<object::any_object>> {
        return board->pods(about.now);
    };
    k.present_one = [board](object::key const& where, api::action_context const& about) {
        return board->pod(where, about.now);
    };
    return k;
}

inline auto node_summary_kind(std::shared_ptr<metrics_board> board) -> api::kind {
    auto k = api::kind(api::kind_of<node_summary>{});
    k.verbs = {api::verb::create};
    k.review = [board](void const* told, api::action_context const& about) -> result<object::any_object> {
        auto const& s = *static_cast<node_summary const*>(told);
        if (auto ok = check_summary(s, about); !ok) return std::unexpected(std::move(ok).error());
        if (!about.dry_run) board->tell(s, about.now);
        return object::any_object(s);
    };
    return k;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto metrics_board::tell(node_summary s, time_point now) -> void {
    auto const what = std::make_shared<node_summary const>(std::move(s));
    auto const lock = std::scoped_lock(mutex_);
    forget_old(now);
    auto& known = nodes_[what->metadata.name];
    if (known.what) forget_pods(known.what);
    known = {what, now};
    for (std::size_t i = 0; i < what->pods.size(); ++i)
        pods_[{what->pods[i].namespace_, what->pods[i].name}] = {what, i, now};
}

BERTH_DECL auto metrics_board::forget_pods(std::shared_ptr<node_summary const> const& s) -> void {
    for (auto const& p : s->pods)
        if (auto const at = pods_.find({p.namespace_, p.name}); at != pods_.end() && at->second.by == s)
            pods_.erase(at);
}

BERTH_DECL auto metrics_board::forget_old(time_point now) -> void {
    std::erase_if(nodes_, [&](auto const& known) {
        if (is_recent(known.second.at, now)) return false;
        forget_pods(known.second.what);
        return true;
    });
}

BERTH_DECL auto metrics_board::nodes(time_point now) const -> std::vector<object::any_object> {
    auto out = std::vector<object::any_object>();
    auto const lock = std::scoped_lock(mutex_);
    for (auto const& [name, known] : nodes_)
        if (is_recent(known.at, now)) out.emplace_back(detail::metrics_of(*known.what));
    return out;
}

BERTH_DECL auto metrics_board::pods(time_point now) const -> std::vector<object::any_object> {
    auto recent = std::vector<told_pod>();
    {
        auto const lock = std::scoped_lock(mutex_);
        for (auto const& [where, known] : pods_)
            if (is_recent(known.at, now)) recent.push_back(known);
    }
    auto out = std::vector<object::any_object>();
    out.reserve(recent.size());
    for (auto const& t : recent) out.emplace_back(detail::metrics_of(*t.by, t.by->pods[t.index]));
    return out;
}

BERTH_DECL auto metrics_board::node(std::string const& name, time_point now) const
    -> result<object::any_object> {
    auto const lock = std::scoped_lock(mutex_);
    auto const at = nodes_.find(name);
    if (at == nodes_.end() || !is_recent(at->second.at, now))
        return api::not_found(node_metrics::resource, name);
    return object::any_object(detail::metrics_of(*at->second.what));
}

BERTH_DECL auto metrics_board::pod(object::key const& where, time_point now) const
    -> result<object::any_object> {
    auto const lock = std::scoped_lock(mutex_);
    auto const at = pods_.find(where);
    if (at == pods_.end() || !is_recent(at->second.at, now))
        return api::not_found(pod_metrics::resource, where.name);
    auto const& by = *at->second.by;
    return object::any_object(detail::metrics_of(by, by.pods[at->second.index]));
}

BERTH_DECL auto add_metrics(api::registry& to, std::shared_ptr<metrics_board> board) -> void {
    to.add(detail::node_metrics_kind(board)).add(detail::pod_metrics_kind(board));
    to.add(detail::node_summary_kind(std::move(board)));
}

} // namespace berth::kube
