#pragma once

/// \file
/// The bodies of `berth/kube/metrics/board.hpp`.

#include <berth/core/config.hpp>
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

inline auto node_metrics_kind(std::shared_ptr<metrics_board const> board) -> api::kind {
    auto k = api::kind(api::kind_of<node_metrics>{});
    k.verbs = {api::verb::get, api::verb::list};
    k.present = [board](api::action_context const& about) -> result<std::vector<object::any_object>> {
        return board->nodes(about.now);
    };
    return k;
}

inline auto pod_metrics_kind(std::shared_ptr<metrics_board const> board) -> api::kind {
    auto k = api::kind(api::kind_of<pod_metrics>{});
    k.verbs = {api::verb::get, api::verb::list};
    k.present = [board](api::action_context const& about) -> result<std::vector<object::any_object>> {
        return board->pods(about.now);
    };
    return k;
}

inline auto node_summary_kind(std::shared_ptr<metrics_board> board) -> api::kind {
    auto k = api::kind(api::kind_of<node_summary>{});
    k.verbs = {api::verb::create};
    k.review = [board](void const* told, api::action_context const& about) -> result<object::any_object> {
        auto const& s = *static_cast<node_summary const*>(told);
        if (s.metadata.name.empty())
            return fail(error_code::bad_request, "metadata.name: the name of the node is missing");
        if (auto const why = why_not(s); !why.empty()) return fail(error_code::bad_request, why);
        if (!about.dry_run) board->tell(s, about.now);
        return object::any_object(s);
    };
    return k;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto metrics_board::tell(node_summary s, time_point now) -> void {
    auto name = s.metadata.name;
    auto what = std::make_shared<node_summary const>(std::move(s));
    auto const lock = std::scoped_lock(mutex_);
    std::erase_if(nodes_, [&](auto const& known) { return known.second.at + stay_ < now; });
    nodes_[std::move(name)] = {std::move(what), now};
}

BERTH_DECL auto metrics_board::recent(time_point now) const
    -> std::vector<std::shared_ptr<node_summary const>> {
    auto out = std::vector<std::shared_ptr<node_summary const>>();
    auto const lock = std::scoped_lock(mutex_);
    for (auto const& [name, known] : nodes_)
        if (known.at + stay_ >= now) out.push_back(known.what);
    return out;
}

BERTH_DECL auto metrics_board::nodes(time_point now) const -> std::vector<object::any_object> {
    auto out = std::vector<object::any_object>();
    for (auto const& s : recent(now)) out.emplace_back(detail::metrics_of(*s));
    return out;
}

BERTH_DECL auto metrics_board::pods(time_point now) const -> std::vector<object::any_object> {
    auto out = std::vector<object::any_object>();
    for (auto const& s : recent(now))
        for (auto const& p : s->pods) out.emplace_back(detail::metrics_of(*s, p));
    std::sort(out.begin(), out.end(),
              [](auto const& a, auto const& b) { return a.metadata().where() < b.metadata().where(); });
    return out;
}

BERTH_DECL auto add_metrics(api::registry& to, std::shared_ptr<metrics_board> board) -> void {
    to.add(detail::node_metrics_kind(board)).add(detail::pod_metrics_kind(board));
    to.add(detail::node_summary_kind(std::move(board)));
}

} // namespace berth::kube
