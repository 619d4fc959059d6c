#pragma once

/// \file
/// The bodies of `berth/kube/apps/stateful_set/controller/identity.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/stateful_set/controller/identity.hpp>
#include <berth/kube/control/pod_steps.hpp>
#include <berth/reconcile/ownership.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace berth::kube::detail {

/// What comes after the set's name and a dash; nothing if that is not how the pod's name begins.
inline auto number_in(stateful_set const& set, std::string_view pod) -> std::string_view {
    auto const& name = set.metadata.name;
    if (!pod.starts_with(name) || pod.size() < name.size() + 2 || pod[name.size()] != '-') return {};
    return pod.substr(name.size() + 1);
}

inline auto is_volume_of(embedded_persistent_volume_claim const& t, volume const& v) -> bool {
    return v.name == t.metadata.name;
}

inline auto has_storage(stateful_set const& set, pod const& p, std::int64_t ordinal) -> bool {
    auto const& volumes = p.spec.volumes;
    return std::all_of(set.spec.volume_claim_templates.begin(), set.spec.volume_claim_templates.end(),
                       [&](auto const& t) {
                           return std::any_of(volumes.begin(), volumes.end(), [&](volume const& v) {
                               return is_volume_of(t, v) && v.persistent_volume_claim &&
                                      v.persistent_volume_claim->claim_name == claim_name(set, t, ordinal);
                           });
                       });
}

/// The volumes of the set's claims, and those of the pod's own that have no such name.
inline auto with_storage(stateful_set const& set, object::list<volume> const& own, std::int64_t ordinal)
    -> object::list<volume> {
    auto const& templates = set.spec.volume_claim_templates;
    auto out = object::list<volume>();
    for (auto const& t : templates) {
        auto& v = out.emplace_back();
        v.name = t.metadata.name;
        v.persistent_volume_claim.engage().claim_name = claim_name(set, t, ordinal);
    }
    for (auto const& v : own)
        if (std::none_of(templates.begin(), templates.end(),
                         [&](auto const& t) { return is_volume_of(t, v); }))
            out.push_back(v);
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto ordinals_of(stateful_set const& set) -> pod_ordinals {
    auto const first = std::int64_t{set.spec.ordinals ? set.spec.ordinals->start : 0};
    return {first, first + set.spec.replicas.value_or(1)};
}

BERTH_DECL auto is_named_by(stateful_set const& set, std::string_view pod) -> bool {
    auto const number = detail::number_in(set, pod);
    return !number.empty() &&
           std::all_of(number.begin(), number.end(), [](char c) { return '0' <= c && c <= '9'; });
}

BERTH_DECL auto ordinal_of(stateful_set const& set, std::string_view pod) -> std::optional<std::int64_t> {
    auto const number = detail::number_in(set, pod);
    if (!is_named_by(set, pod) || (number.size() > 1 && number.front() == '0')) return std::nullopt;
    auto n = std::int64_t{0};
    auto const [end, failed] = std::from_chars(number.data(), number.data() + number.size(), n);
    return failed == std::errc{} ? std::optional(n) : std::nullopt;
}

BERTH_DECL auto pod_name(stateful_set const& set, std::int64_t ordinal) -> std::string {
    return set.metadata.name + "-" + std::to_string(ordinal);
}

BERTH_DECL auto claim_name(stateful_set const& set, embedded_persistent_volume_claim const& template_,
                           std::int64_t ordinal) -> std::string {
    return template_.metadata.name + "-" + pod_name(set, ordinal);
}

BERTH_DECL auto made_claim(stateful_set const& set, embedded_persistent_volume_claim const& template_,
                           std::int64_t ordinal) -> persistent_volume_claim {
    auto out = persistent_volume_claim{};
    out.metadata = template_.metadata;
    out.metadata.name = claim_name(set, template_, ordinal);
    out.metadata.namespace_ = set.metadata.namespace_;
    if (set.spec.selector)
        for (auto const& [key, value] : set.spec.selector->match_labels) out.metadata.labels[key] = value;
    out.spec = template_.spec;
    return out;
}

BERTH_DECL auto made_pod(stateful_set const& set, pod_template_spec const& t, std::string const& revision,
                         std::int64_t ordinal) -> pod {
    auto p = pod_like(t, set.metadata, reconcile::controlled_by(set));
    p.metadata.name = pod_name(set, ordinal);
    p.spec.hostname = p.metadata.name;
    p.spec.subdomain = set.spec.service_name;
    p.spec.volumes = detail::with_storage(set, p.spec.volumes, ordinal);
    p = with_identity(set, std::move(p), ordinal);
    p.metadata.labels[revision_hash_label] = revision;
    return p;
}

BERTH_DECL auto with_identity(stateful_set const& set, pod p, std::int64_t ordinal) -> pod {
    auto& labels = p.metadata.labels;
    if (labels.get(pod_name_label) != p.metadata.name) {
        labels[pod_name_label] = p.metadata.name;
        labels[pod_index_label] = std::to_string(ordinal);
    }
    if (!detail::has_storage(set, p, ordinal))
        p.spec.volumes = detail::with_storage(set, p.spec.volumes, ordinal);
    return p;
}

} // namespace berth::kube
