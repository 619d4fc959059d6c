#pragma once

/// \file
/// Cases of horizontal pod autoscalers: looks without any time between them, each with other answers of the
/// metrics APIs.

#include "compare.hpp"
#include "still_world.hpp"

#include <berth/api/scale.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/controller/metric_replicas.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>
#include <berth/object/encode.hpp>

#include <memory>
#include <string>
#include <utility>

namespace control_cases {

namespace detail {

inline auto member(json::value const* of, std::string_view key) -> json::value const* {
    return of == nullptr || !of->is_object() ? nullptr : of->get_object().if_contains(key);
}

inline auto samples_of(json::value const& answered, time_point now) -> kube::pod_samples {
    auto out = kube::pod_samples();
    for (auto const& [pod, milli] : answered.as_object())
        out[std::string(pod)] = {milli.to_number<std::int64_t>(), now, seconds(60)};
    return out;
}

/// What a round says of a question.
inline auto answer(kube::metric_query const& q, json::object const& round, time_point now)
    -> result<kube::metric_answer> {
    auto const known = [&](char const* of, std::string_view first, std::string_view second = {}) {
        auto const* found = member(round.if_contains(of), first);
        return second.empty() ? found : member(found, second);
    };
    auto out = kube::metric_answer();
    auto const* found = static_cast<json::value const*>(nullptr);
    if (q.of == kube::metric_source::resource) found = known("resource", q.metric);
    if (q.of == kube::metric_source::container) found = known("containers", q.container, q.metric);
    if (q.of == kube::metric_source::pods) found = known("pods", q.metric);
    if (found != nullptr) {
        out.pods = samples_of(*found, now);
        return out;
    }
    if (q.of == kube::metric_source::object) found = known("object", q.metric);
    if (q.of == kube::metric_source::external) found = known("external", q.metric);
    if (found == nullptr) return fail(error_code::unavailable, "no metrics known");
    if (found->is_array())
        for (auto const& v : found->get_array()) out.values.push_back(v.to_number<std::int64_t>());
    else out.values.push_back(found->to_number<std::int64_t>());
    return out;
}

/// What an autoscaler scales, made of the scale that a case names.
inline auto target_of(reconcile::world const& w, kube::horizontal_pod_autoscaler const& a)
    -> kube::deployment {
    auto out = kube::deployment();
    out.metadata.name = a.spec.scale_target_ref.name;
    out.metadata.namespace_ = a.metadata.namespace_;
    auto const view = w.at({});
    for (auto const s : view.all<api::scale>()) {
        out.spec.replicas = s->spec.replicas;
        out.status.replicas = s->status.replicas;
        auto const parsed = object::selector::parse(s->status.selector).value();
        for (auto const& r : parsed.requirements())
            out.spec.selector.engage().match_labels[r.key] = r.values.front();
    }
    return out;
}

} // namespace detail

/// What differs from a verdict `{rounds: [{replicas, scaled, status, error?}]}`; nothing, if nothing does.
inline auto autoscaler_differs(reconcile::world& w, json::object const& a_case, json::object const& verdict)
    -> std::string {
    using controller_type = kube::horizontal_pod_autoscaler_controller;
    auto const now = object::parse_time(text_of(a_case.at("now"))).value();
    auto a = kube::horizontal_pod_autoscaler();
    for (auto const found : w.at(now).all<kube::horizontal_pod_autoscaler>()) a = *found;
    kube::set_defaults(a);
    auto target = detail::target_of(w, a);
    w.add(a);
    w.add(target);
    furnish<controller_type>(w);
    auto memory = kube::autoscaler_memory();
    auto const& expected = verdict.at("rounds").as_array();
    for (std::size_t i = 0; i < expected.size(); ++i) {
        auto answers = std::make_shared<kube::metric_answers>();
        auto const selector =
            kube::find_scale_target(w.at(now), a.metadata.namespace_, a.spec.scale_target_ref)
                .value()
                .state.selector;
        for (auto const& m : a.spec.metrics) {
            auto const q = kube::query_of(m, a.metadata.namespace_, selector);
            answers->emplace(q, detail::answer(q, a_case.at("rounds").at(i).as_object(), now));
        }
        auto c = controller_type();
        c.metrics = answers;
        auto made = [&] {
            return c.reconcile(w.at(now), {a.metadata.namespace_, a.metadata.name}, memory);
        }();
        memory = std::move(made.memory);
        for (auto const& s : made.plan.steps)
            if (auto const* const u = std::get_if<reconcile::update_step>(&s)) {
                if (auto const* const d = u->object.get_if<kube::deployment>()) {
                    target = *d;
                    target.status.replicas = *target.spec.replicas;
                } else {
                    a = u->object.as<kube::horizontal_pod_autoscaler>();
                }
            }
        w.add(a);
        w.add(target);
        auto const scaled = a.status.last_scale_time && a.status.last_scale_time->time() == now;
        auto const& round = expected[i].as_object();
        auto const is = json::serialize(plain(json::parse(object::to_json_text(a.status))));
        auto const wanted = json::serialize(plain(round.at("status")));
        auto const count = round.at("replicas").to_number<std::int64_t>();
        if (is != wanted)
            return "round " + std::to_string(i) + "\n  expected " + wanted + "\n  actual   " + is;
        if (count != target.spec.replicas.value_or(0) || scaled != round.at("scaled").as_bool())
            return "round " + std::to_string(i) + " has " + std::to_string(*target.spec.replicas) +
                   " replicas instead of " + std::to_string(count);
    }
    return {};
}

} // namespace control_cases
