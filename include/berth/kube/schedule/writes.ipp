#pragma once

/// \file
/// The bodies of `berth/kube/schedule/writes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/core/pod/state.hpp>
#include <berth/kube/schedule/writes.hpp>
#include <berth/object/encode.hpp>

#include <utility>

namespace berth::kube {

namespace detail {

/// A patch of a pod's status; `body` are the members that change. Of no other pod of the same name.
inline auto status_patch(pod_info const& p, std::string const& body) -> api::write {
    auto text = std::string(R"({"metadata":{"uid":)");
    object::append_json_string(text, p.value->metadata.uid);
    text += "},\"status\":{" + body + "}}";
    auto out = api::patch_request{
        &pod::resource, p.value->metadata.where(), {api::patch_type::strategic, std::move(text)}, {}};
    out.options.subresource = "status";
    return out;
}

/// A condition as it is to be set on a pod; nothing if it says that already.
inline auto condition_patch(pod_info const& p, pod_condition wanted, time_point now) -> std::string {
    auto conditions = p.value->status.conditions;
    auto const type = wanted.type;
    if (!set_condition(conditions, std::move(wanted), now)) return {};
    return R"("conditions":[)" + object::to_json_text(*object::find_condition(conditions, type)) + "]";
}

} // namespace detail

BERTH_DECL auto binding_of(pod_info const& p, std::string const& node) -> api::write {
    auto const& m = p.value->metadata;
    auto b = binding{};
    b.metadata.name = m.name;
    b.metadata.namespace_ = m.namespace_;
    b.metadata.uid = m.uid;
    b.target.kind = "Node";
    b.target.name = node;
    return api::act_request{&pod::resource, m.where(), "binding", object::any_object(std::move(b)), {}};
}

BERTH_DECL auto waiting_write(pod_info const& p, waiting_status const& says, time_point now)
    -> std::optional<api::write> {
    auto body = std::string();
    if (!says.message.empty()) {
        auto wanted = pod_condition{};
        wanted.type = "PodScheduled";
        wanted.status = "False";
        wanted.reason = says.reason;
        wanted.message = says.message;
        wanted.observed_generation = p.value->metadata.generation;
        body = detail::condition_patch(p, std::move(wanted), now);
    }
    if (says.nominated && *says.nominated != p.value->status.nominated_node_name) {
        if (!body.empty()) body += ',';
        body += R"("nominatedNodeName":)";
        if (says.nominated->empty()) body += "null";
        else object::append_json_string(body, *says.nominated);
    }
    if (body.empty()) return std::nullopt;
    return detail::status_patch(p, body);
}

BERTH_DECL auto victim_writes(pod_info const& victim, std::string_view scheduler, time_point now)
    -> std::vector<api::write> {
    auto out = std::vector<api::write>();
    auto wanted =
        disruption_target("PreemptionByScheduler",
                          std::string(scheduler) + ": preempting to accommodate a higher priority pod");
    wanted.observed_generation = victim.value->metadata.generation;
    if (auto body = detail::condition_patch(victim, std::move(wanted), now); !body.empty())
        out.push_back(detail::status_patch(victim, body));
    auto gone = api::remove_request{&pod::resource, victim.value->metadata.where(), {}};
    gone.options.expected_uid = victim.value->metadata.uid;
    out.push_back(std::move(gone));
    return out;
}

} // namespace berth::kube
