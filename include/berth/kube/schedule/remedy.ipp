#pragma once

/// \file
/// The bodies of `berth/kube/schedule/remedy.hpp`, and what the plugins say would help.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/node_selection.hpp>
#include <berth/kube/schedule/plugins/detail/spread_constraints.hpp>
#include <berth/kube/schedule/plugins/inter_pod_affinity.hpp>
#include <berth/kube/schedule/plugins/node_affinity.hpp>
#include <berth/kube/schedule/plugins/node_ports.hpp>
#include <berth/kube/schedule/plugins/node_resources_fit.hpp>
#include <berth/kube/schedule/plugins/node_unschedulable.hpp>
#include <berth/kube/schedule/plugins/pod_topology_spread.hpp>
#include <berth/kube/schedule/plugins/taint_toleration.hpp>
#include <berth/kube/schedule/plugins/volume_restrictions.hpp>
#include <berth/kube/schedule/plugins/volume_zone.hpp>
#include <berth/kube/schedule/remedy.hpp>
#include <berth/object/encode.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace berth::kube {

BERTH_TABLE(remedy);

} // namespace berth::kube

namespace berth::kube::detail {

inline constexpr std::string_view cordon_taint = "node.kubernetes.io/unschedulable";

/// A change of this kind.
inline auto change_of(std::string_view kind, std::string name, std::string value = {}) -> remedy {
    auto out = remedy();
    out.kind = kind;
    out.name = std::move(name);
    out.value = std::move(value);
    return out;
}
inline auto more_of(std::string name, std::int64_t amount) -> remedy {
    auto out = change_of(remedy::more, std::move(name));
    out.amount = amount;
    return out;
}
inline auto to_leave(pod_info const& p, std::string why) -> remedy {
    auto const& m = p.value->metadata;
    auto out = change_of(remedy::leave, m.namespace_ + "/" + m.name, m.uid);
    out.why = std::move(why);
    return out;
}
inline auto toleration_of(taint const& t) -> remedy {
    auto out = change_of(remedy::tolerate, t.key, t.value);
    out.effect = t.effect;
    return out;
}

/// The JSON of a constraint by which it is found again: with no skew, which a remedy changes.
inline auto identity_of(topology_spread_constraint c) -> std::string {
    c.max_skew = 0;
    return object::to_json_text(c);
}

inline auto drop_term(pod_spec& spec, remedy const& r) -> void {
    if (!spec.affinity) return;
    auto const drop = [&](auto& from) {
        if (!from) return;
        auto kept = object::list<pod_affinity_term>();
        for (auto const& t : from->required_during_scheduling_ignored_during_execution)
            if (object::to_json_text(t) != r.value) kept.push_back(t);
        from->required_during_scheduling_ignored_during_execution = std::move(kept);
    };
    if (r.effect == "affinity") drop(spec.affinity->pod_affinity);
    else drop(spec.affinity->pod_anti_affinity);
}

inline auto change_spec(pod_spec& spec, remedy const& r) -> void {
    if (r.kind == remedy::tolerate) {
        auto& t = spec.tolerations.emplace_back();
        t.key = r.name;
        t.operator_ = r.name.empty() ? "Exists" : "Equal";
        if (!r.name.empty()) t.value = r.value;
        t.effect = r.effect;
    } else if (r.kind == remedy::skew) {
        for (auto& c : spec.topology_spread_constraints)
            if (identity_of(c) == r.value) c.max_skew = static_cast<std::int32_t>(r.amount);
    } else if (r.kind == remedy::drop) {
        drop_term(spec, r);
    }
}

inline auto change_node(node& n, remedy const& r) -> void {
    if (r.kind == remedy::more) {
        n.status.allocatable[r.name] +=
            r.name == "cpu" ? object::quantity::of_milli(r.amount) : object::quantity::of(r.amount);
    } else if (r.kind == remedy::uncordon) {
        n.spec.unschedulable = false;
        auto kept = object::list<taint>();
        for (auto const& t : n.spec.taints)
            if (t.key != cordon_taint) kept.push_back(t);
        n.spec.taints = std::move(kept);
    } else if (r.kind == remedy::label) {
        n.metadata.labels[r.name] = r.value;
    } else if (r.kind == remedy::unlabel) {
        n.metadata.labels.erase(r.name);
    }
}

/// "500m", "1Gi".
inline auto amount_text(std::string_view resource, std::int64_t amount) -> std::string {
    if (resource == "cpu") return object::quantity::of_milli(amount).to_string();
    auto const bytes =
        resource == "memory" || resource == "ephemeral-storage" || resource.starts_with("hugepages-");
    return object::quantity::of(amount, bytes ? object::quantity_format::binary_si
                                              : object::quantity_format::decimal_si)
        .to_string();
}

/// Labels that make one requirement of a term true; nothing if none can.
inline auto label_for(node_selector_requirement const& r, node const& n) -> std::optional<remedy> {
    auto const* const have = n.metadata.labels.find(r.key);
    if (r.operator_ == "In" && !r.values.empty()) return change_of(remedy::label, r.key, r.values.front());
    if (r.operator_ == "Exists") return change_of(remedy::label, r.key);
    if ((r.operator_ == "NotIn" || r.operator_ == "DoesNotExist") && have != nullptr)
        return change_of(remedy::unlabel, r.key);
    if ((r.operator_ != "Gt" && r.operator_ != "Lt") || r.values.size() != 1) return std::nullopt;
    auto bound = std::int64_t{0};
    auto const& text = r.values.front();
    if (std::from_chars(text.data(), text.data() + text.size(), bound).ec != std::errc()) return std::nullopt;
    return change_of(remedy::label, r.key, std::to_string(r.operator_ == "Gt" ? bound + 1 : bound - 1));
}

/// What a node lacks of a term; nothing if it can never match.
inline auto labels_for(node_selector_term const& t, node const& n) -> std::optional<std::vector<remedy>> {
    if (t.match_expressions.empty() && t.match_fields.empty()) return std::nullopt;
    auto named = node_selector_term();
    named.match_fields = t.match_fields;
    if (!t.match_fields.empty() && !matches(named, n)) return std::nullopt;
    auto out = std::vector<remedy>();
    for (auto const& r : t.match_expressions) {
        auto one = node_selector_term();
        one.match_expressions.push_back(r);
        if (matches(one, n)) continue;
        auto change = label_for(r, n);
        if (!change) return std::nullopt;
        out.push_back(*std::move(change));
    }
    return out;
}

/// What a node lacks of that one of several terms of which it lacks the least; nothing if none can match.
inline auto labels_for(node_selector const& any, node const& n) -> std::optional<std::vector<remedy>> {
    auto best = std::optional<std::vector<remedy>>();
    for (auto const& t : any.node_selector_terms) {
        auto one = labels_for(t, n);
        if (one && (!best || one->size() < best->size())) best = std::move(one);
    }
    return best;
}

/// Adds what an affinity lacks; whether it can be helped.
inline auto add_labels(kube::node_affinity const* a, node const& n, std::vector<remedy>& out) -> bool {
    if (a == nullptr || !a->required_during_scheduling_ignored_during_execution) return true;
    auto more = labels_for(*a->required_during_scheduling_ignored_during_execution, n);
    if (!more) return false;
    out.insert(out.end(), more->begin(), more->end());
    return true;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto remedy::apply_to(pod_info& p) const -> void {
    auto changed = *p.value;
    detail::change_spec(changed.spec, *this);
    p = pod_info(object::stored<pod>({object::any_object(std::move(changed)), p.value.revision_of()}),
                 *p.catalogue);
}

BERTH_DECL auto remedy::apply_to(node_info& n) const -> void {
    if (kind == leave) {
        n.remove(value);
        return;
    }
    auto changed = *n.value;
    detail::change_node(changed, *this);
    n.replace(object::stored<node>({object::any_object(std::move(changed)), n.value.revision_of()}));
}

BERTH_DECL auto remedy::text() const -> std::string {
    if (kind == more && name == "pods") return "room for " + std::to_string(amount) + " more pod(s)";
    if (kind == more) return detail::amount_text(name, amount) + " more " + name;
    if (kind == uncordon) return "uncordon";
    if (kind == label) return "label " + name + "=" + value;
    if (kind == unlabel) return "no label " + name;
    if (kind == leave) return "pod " + name + " to leave (" + why + ")";
    if (kind == tolerate) return "tolerate taint " + name + (value.empty() ? "" : "=" + value) + ":" + effect;
    if (kind == skew) return "maxSkew " + std::to_string(amount) + " over " + name;
    return "no required " + effect + " to pods over " + name;
}

BERTH_DECL auto remedy::about() const -> std::string {
    if (kind == more) return "more " + name;
    if (kind == skew) return "maxSkew over " + name + " " + value;
    if (kind == leave) return "pods to leave (" + why + ")";
    if (kind == drop) return text() + " " + value;
    return text();
}

} // namespace berth::kube

namespace berth::kube::plugins {

BERTH_DECL auto resources_fit::remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    if (auto const pods = std::ssize(n.pods) + 1; pods > n.pod_limit)
        out.push_back(kube::detail::more_of("pods", pods - n.pod_limit));
    auto const check = [&](std::string of, std::int64_t wanted, std::int64_t left) {
        if (wanted > 0 && wanted > left) out.push_back(kube::detail::more_of(std::move(of), wanted - left));
    };
    check("cpu", p.request.cpu, n.allocatable.cpu - n.requested.cpu);
    check("memory", p.request.memory, n.allocatable.memory - n.requested.memory);
    check("ephemeral-storage", p.request.storage, n.allocatable.storage - n.requested.storage);
    for (auto const& [resource, wanted] : p.request.extended)
        if (!detail::is_ignored(*this, resource))
            check(resource, wanted,
                  n.allocatable.extended.get(resource) - n.requested.extended.get(resource));
    return out;
}

BERTH_DECL auto required_tolerations::remedies(pod_info const& p, node_info const& n) const
    -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    for (auto const& t : n.value->spec.taints) {
        if ((t.effect != "NoSchedule" && t.effect != "NoExecute") || tolerates(p.spec().tolerations, t))
            continue;
        auto const cordon = t.key == kube::detail::cordon_taint && n.value->spec.unschedulable;
        out.push_back(cordon ? kube::detail::change_of(remedy::uncordon, "")
                             : kube::detail::toleration_of(t));
    }
    return out;
}

BERTH_DECL auto no_cordon::remedies(pod_info const&, node_info const&) const -> std::vector<remedy> {
    return {kube::detail::change_of(remedy::uncordon, "")};
}

BERTH_DECL auto required_nodes::remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    for (auto const& [key, value] : p.spec().node_selector) {
        auto const* const have = n.value->metadata.labels.find(key);
        if (have == nullptr || *have != value)
            out.push_back(kube::detail::change_of(remedy::label, key, value));
    }
    if (!kube::detail::add_labels(detail::affinity_of(p), *n.value, out)) return {};
    if (!kube::detail::add_labels(added, *n.value, out)) return {};
    return out;
}

BERTH_DECL auto free_ports::remedies(pod_info const& p, node_info const& n) const -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    for (auto const& other : n.pods)
        for (auto const& port : p.ports)
            if (std::any_of(other->ports.begin(), other->ports.end(),
                            [&](auto const& taken) { return port.clashes(taken); })) {
                out.push_back(kube::detail::to_leave(*other, "port " + std::to_string(port.port)));
                break;
            }
    return out;
}

BERTH_DECL auto required_spread::remedies(pod_info const& p, node_info const& n, state const& s) const
    -> std::vector<remedy> {
    auto own = std::vector<topology_spread_constraint const*>();
    for (auto const& c : p.spec().topology_spread_constraints)
        if (c.when_unsatisfiable == "DoNotSchedule") own.push_back(&c);
    auto out = std::vector<remedy>();
    for (std::size_t i = 0; i < s.constraints->size(); ++i) {
        auto const& c = (*s.constraints)[i];
        auto const* const domain = n.value->metadata.labels.find(c.key);
        if (domain == nullptr) {
            auto const value = c.key == "kubernetes.io/hostname" ? n.name() : s.counts[i].emptiest();
            out.push_back(kube::detail::change_of(remedy::label, c.key, value.empty() ? n.name() : value));
            continue;
        }
        auto const least = s.counts[i].domains() < c.min_domains ? 0 : s.counts[i].least();
        auto const skew = s.counts[i].pods(*domain) + (c.selects.matches(p.labels()) ? 1 : 0) - least;
        if (skew <= c.max_skew) continue;
        if (own.size() != s.constraints->size()) return {}; // they are the profile's
        auto change = kube::detail::change_of(remedy::skew, c.key, kube::detail::identity_of(*own[i]));
        change.amount = skew;
        out.push_back(std::move(change));
    }
    return out;
}

} // namespace berth::kube::plugins

namespace berth::kube::plugins::detail {

/// The pods of a node that a term of the pod excludes.
inline auto excluded_by(affinity_term const& t, node_info const& n) -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    for (auto const& other : n.pods)
        if (t.matches(*other->value)) out.push_back(kube::detail::to_leave(*other, "anti-affinity"));
    return out;
}

inline auto add_dropped(kube::affinity const& a, bool anti, std::size_t at, std::vector<remedy>& out)
    -> void {
    auto const& t = anti ? a.pod_anti_affinity->required_during_scheduling_ignored_during_execution[at]
                         : a.pod_affinity->required_during_scheduling_ignored_during_execution[at];
    auto change = kube::detail::change_of(remedy::drop, t.topology_key, object::to_json_text(t));
    change.effect = anti ? "anti-affinity" : "affinity";
    out.push_back(std::move(change));
}

/// Who on the node excludes the pod.
inline auto add_excluding(pod_info const& p, node_info const& n, std::vector<remedy>& out) -> void {
    auto const& labels = p.catalogue->labels_of(p.value->metadata.namespace_);
    for (auto const& other : n.with_terms)
        if (std::any_of(other->terms->excluded.begin(), other->terms->excluded.end(),
                        [&](auto const& t) { return t.matches(*p.value, labels); }))
            out.push_back(kube::detail::to_leave(*other, "its anti-affinity"));
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto required_company::remedies(pod_info const& p, node_info const& n, state const& s) const
    -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    auto const& node = *n.value;
    if (!detail::has_company(s, node))
        for (std::size_t i = 0; i < s.own->required.size(); ++i)
            if (s.wanted.at(node, s.own->required[i].topology_key).value_or(0) <= 0)
                detail::add_dropped(*p.spec().affinity, false, i, out);
    for (std::size_t i = 0; i < s.own->excluded.size(); ++i) {
        auto const& t = s.own->excluded[i];
        auto const there = s.unwanted.at(node, t.topology_key).value_or(0);
        if (there <= 0) continue;
        auto here = detail::excluded_by(t, n);
        if (std::ssize(here) >= there) out.insert(out.end(), here.begin(), here.end());
        else detail::add_dropped(*p.spec().affinity, true, i, out);
    }
    if (s.against.touches(node)) detail::add_excluding(p, n, out);
    return out;
}

BERTH_DECL auto detail::volume_restrictions_leaf::remedies(pod_info const& p, node_info const& n,
                                                           wanted const& w) const -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    auto const same_space = [&](pod_info const& other) {
        return other.value->metadata.namespace_ == p.value->metadata.namespace_;
    };
    for (auto const& other : n.pods)
        for (auto const& v : other->spec().volumes) {
            auto clash = std::string();
            detail::each_disk(v, [&](std::string const& disk, bool written) {
                auto const at = w.disks.find(disk);
                if (at != w.disks.end() && (written || at->second)) clash = "disk";
            });
            if (v.persistent_volume_claim && same_space(*other) &&
                w.claims.contains(v.persistent_volume_claim->claim_name))
                clash = "claim " + v.persistent_volume_claim->claim_name;
            if (!clash.empty()) out.push_back(kube::detail::to_leave(*other, clash));
        }
    return out;
}

BERTH_DECL auto detail::volume_zone_leaf::remedies(pod_info const&, node_info const& n,
                                                   places const& wanted) const -> std::vector<remedy> {
    auto out = std::vector<remedy>();
    for (auto const& w : wanted) {
        auto const* const value = detail::place_of(n, w.key);
        if (value == nullptr || std::find(w.values.begin(), w.values.end(), *value) == w.values.end())
            out.push_back(kube::detail::change_of(remedy::label, std::string(w.key), w.values.front()));
    }
    return out;
}

} // namespace berth::kube::plugins
