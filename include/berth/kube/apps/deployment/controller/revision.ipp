#pragma once

/// \file
/// The bodies of `berth/kube/apps/deployment/controller/revision.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/deployment/controller/revision.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto without_hash(pod_template_spec t) -> pod_template_spec {
    t.metadata.labels.erase(template_hash_label);
    return t;
}

/// Annotations of a deployment that its replica sets do not share.
inline auto is_private_annotation(std::string_view key) -> bool {
    constexpr auto keys = std::array<std::string_view, 6>{"kubectl.kubernetes.io/last-applied-configuration",
                                                          revision_annotation,
                                                          revision_history_annotation,
                                                          desired_annotation,
                                                          maximum_annotation,
                                                          "deprecated.deployment.rollback.to"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

BERTH_DECL auto remember_revision(std::string history, std::string const& revision) -> std::string {
    constexpr auto longest = std::size_t{2000};
    if (history.empty()) return revision;
    while (!history.empty() && history.size() + revision.size() + 1 > longest) {
        auto const comma = history.find(',');
        history.erase(0, comma == std::string::npos ? comma : comma + 1);
    }
    return history.empty() ? revision : history + "," + revision;
}

BERTH_DECL auto annotate_current(deployment const& d, replica_set& set, std::int64_t revision) -> bool {
    auto& annotations = set.metadata.annotations;
    auto const before = annotations;
    for (auto const& [key, value] : d.metadata.annotations)
        if (!is_private_annotation(key)) annotations[key] = value;
    auto const* const there = annotations.find(revision_annotation);
    auto const text = there == nullptr ? std::string() : *there;
    auto const number = annotated_number(set.metadata, revision_annotation);
    auto const unreadable = !text.empty() && !number;
    if (!unreadable && number.value_or(0) < revision) {
        if (there != nullptr) {
            auto& history = annotations[revision_history_annotation];
            history = remember_revision(std::move(history), text);
        }
        annotations[revision_annotation] = std::to_string(revision);
    }
    return annotations != before;
}

BERTH_DECL auto annotate_sizes(deployment const& d, replica_set& set) -> void {
    set.metadata.annotations[desired_annotation] = std::to_string(wanted_of(d));
    set.metadata.annotations[maximum_annotation] = std::to_string(wanted_of(d) + bounds_of(d).surge);
}

BERTH_DECL auto next_revision(rollout_sets const& sets) -> std::int64_t {
    auto highest = std::int64_t{0};
    for (auto const& s : sets.old)
        highest = std::max(highest, annotated_number(s.now.metadata, revision_annotation).value_or(0));
    return highest + 1;
}

BERTH_DECL auto made_set(deployment const& d, rollout_sets const& sets) -> replica_set {
    auto const hash = template_hash(d.spec.template_, d.status.collision_count.value_or(0));
    auto out = replica_set{};
    out.metadata.name = d.metadata.name + "-" + hash;
    out.metadata.namespace_ = d.metadata.namespace_;
    out.metadata.owner_references.push_back(reconcile::controlled_by(d));
    out.spec.template_ = d.spec.template_;
    out.spec.template_.metadata.labels[template_hash_label] = hash;
    out.metadata.labels = out.spec.template_.metadata.labels;
    out.spec.selector = d.spec.selector;
    out.spec.selector.engage().match_labels[template_hash_label] = hash;
    out.spec.min_ready_seconds = d.spec.min_ready_seconds;
    out.spec.replicas = new_set_size(d, 0, total_size(sets.old));
    annotate_current(d, out, next_revision(sets));
    annotate_sizes(d, out);
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto sort_out(deployment const& d, std::vector<reconcile::seen<replica_set>> const& all)
    -> rollout_sets {
    auto out = rollout_sets{};
    for (auto const& s : all) out.old.emplace_back(s);
    std::sort(out.old.begin(), out.old.end(), &detail::older);
    auto const wanted = detail::without_hash(d.spec.template_);
    auto const found = std::find_if(out.old.begin(), out.old.end(), [&](owned_set const& s) {
        return detail::without_hash(s.now.spec.template_) == wanted;
    });
    if (found == out.old.end()) return out;
    out.current.push_back(std::move(*found));
    out.old.erase(found);
    return out;
}

} // namespace berth::kube
