#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_feed.hpp`.

#include <berth/api/scale.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_feed.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/scale_target.hpp>
#include <berth/object/detail/go_duration.hpp>
#include <berth/object/selector.hpp>

#include <optional>
#include <utility>

namespace berth::kube::detail {

/// What a pod, or one container of it, uses of a resource; nothing if that is not told of all that count.
inline auto used_of(pod_metrics const& p, metric_query const& q) -> std::optional<std::int64_t> {
    auto out = std::int64_t{0};
    auto found = false;
    for (auto const& c : p.containers) {
        if (q.of == metric_source::container && c.name != q.container) continue;
        auto const* const amount = c.usage.find(q.metric);
        if (amount == nullptr) return std::nullopt;
        out += amount->milli_value();
        found = true;
    }
    return found ? std::optional(out) : std::nullopt;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto answer_from(std::span<object::object_ref const> all, metric_query const& q)
    -> result<metric_answer> {
    auto const chosen = object::selector::parse(q.pods);
    if (!chosen) return std::unexpected(chosen.error());
    auto out = metric_answer();
    for (auto const& ref : all) {
        auto const& p = ref.object.as<pod_metrics>();
        if (p.metadata.namespace_ != q.namespace_ || !chosen->matches(p.metadata.labels)) continue;
        auto const used = detail::used_of(p, q);
        if (!used) continue;
        auto const window = object::detail::read_duration(p.window);
        out.pods[p.metadata.name] = {
            .milli = *used, .at = p.timestamp.time(), .window = window ? *window : minutes(1)};
    }
    if (out.pods.empty()) return detail::unavailable("no metrics returned from resource metrics API");
    return out;
}

BERTH_DECL metric_feed::metric_feed(api::any_client client, reconcile::caches& shared, latest_metrics& into,
                                    duration period, std::optional<api::shared_registry> kinds)
    : client_(std::move(client)), caches_(&shared), into_(&into), period_(period), kinds_(std::move(kinds)) {
    caches_->follow<horizontal_pod_autoscaler>();
}

BERTH_DECL auto metric_feed::step(time_point now) -> wake {
    if (now < due_) return wake::at(due_);
    due_ = now + period_;
    if (kinds_) ask_scales(now);
    auto const asked = queries(now);
    if (asked.empty()) return wake::at(due_);
    auto const found = client_.list(pod_metrics::resource, {});
    if (!found && found.error().code == error_code::not_found) {
        into_->set({});
        return wake::at(due_);
    }
    auto answers = metric_answers();
    for (auto const& q : asked) {
        if (found) answers.emplace(q, answer_from(found->items, q));
        else
            answers.emplace(q, detail::unavailable("unable to fetch metrics from resource metrics API: " +
                                                   found.error().message));
    }
    into_->set(std::make_shared<metric_answers const>(std::move(answers)));
    return wake::at(due_);
}

BERTH_DECL auto metric_feed::ask_scales(time_point now) -> void {
    auto wanted = std::vector<scale_query>();
    {
        auto const world = caches_->at(now);
        for (auto const a : world.all<horizontal_pod_autoscaler>())
            if (!has_cached_scale(a->spec.scale_target_ref))
                wanted.push_back(scale_query_of(a->metadata.namespace_, a->spec.scale_target_ref));
    }
    auto const known = kinds_->snapshot();
    auto answers = scale_answers();
    for (auto const& q : wanted)
        if (!answers.contains(q)) answers.emplace(q, ask_scale(*known, q));
    into_->set_scales(std::make_shared<scale_answers const>(std::move(answers)));
}

BERTH_DECL auto metric_feed::ask_scale(api::registry const& known, scale_query const& q)
    -> result<scale_answer> {
    auto const* const k = known.find_kind(q.group, q.version, q.kind);
    auto const* const p = k == nullptr ? nullptr : k->find<api::projection>("scale");
    if (k == nullptr) return detail::no_matches(q);
    if (p == nullptr || !k->resource->namespaced)
        return fail(error_code::not_found, "the server could not find the requested resource");
    auto const found = client_.get(*k->resource, {q.namespace_, q.name}, {.subresource = "scale"});
    if (!found) return std::unexpected(found.error());
    auto const* const scale = found->object.get_if<api::scale>();
    if (scale == nullptr) return fail(error_code::internal, "the scale of " + q.kind + " is none");
    return scale_answer{{scale->spec.replicas, scale->status.replicas, scale->status.selector},
                        &keep(known.share(*k))};
}

BERTH_DECL auto metric_feed::keep(std::shared_ptr<api::kind const> k) -> object::resource_name const& {
    for (auto const& one : kept_)
        if (*one->resource == *k->resource) return *one->resource;
    kept_.push_back(std::move(k));
    return *kept_.back()->resource;
}

BERTH_DECL auto metric_feed::queries(time_point now) const -> std::vector<metric_query> {
    auto out = std::vector<metric_query>();
    auto const scales = into_->scales();
    auto const world = caches_->at(now);
    for (auto const a : world.all<horizontal_pod_autoscaler>()) {
        auto const& space = a->metadata.namespace_;
        auto const target = find_scale_target(world, space, a->spec.scale_target_ref, scales.get());
        if (!target) continue;
        for (auto const& m : a->spec.metrics)
            if (auto q = query_of(m, space, target->state.selector);
                q.of == metric_source::resource || q.of == metric_source::container)
                out.push_back(std::move(q));
    }
    return out;
}

} // namespace berth::kube
