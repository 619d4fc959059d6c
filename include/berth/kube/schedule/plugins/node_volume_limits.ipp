#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/node_volume_limits.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/volumes.hpp>
#include <berth/kube/schedule/csi_migration.hpp>
#include <berth/kube/schedule/plugins/node_volume_limits.hpp>
#include <berth/kube/schedule/volume_claims.hpp>

#include <map>
#include <set>
#include <utility>

namespace berth::kube::plugins::detail {

using attachment = node_volume_limits_leaf::attachment;

inline auto attachment_of(migrated_volume v) -> attachment {
    return {std::string(v.by.driver), std::move(v.handle), v.by.plugin};
}

/// The volume that the claim's class will make, under a handle that no other volume has.
inline auto attachment_to_come(persistent_volume_claim const& c, catalogue const& all)
    -> std::optional<attachment> {
    auto const name = storage_class_of(c);
    auto const* const kind = name.empty() ? nullptr : all.storage_classes.find("", name);
    if (kind == nullptr || kind->provisioner.empty()) return std::nullopt;
    auto handle = "\n" + c.metadata.namespace_ + "/" + c.metadata.name;
    if (auto const* const by = replacement_of(kind->provisioner))
        return attachment_of({*by, std::move(handle)});
    return attachment{kind->provisioner, std::move(handle), {}};
}

/// The volume of a claim, if a driver attaches it.
inline auto attachment_of(persistent_volume_claim const& c, catalogue const& all)
    -> std::optional<attachment> {
    auto const* const v = c.spec.volume_name.empty() ? nullptr : all.volumes.find("", c.spec.volume_name);
    if (v == nullptr) return attachment_to_come(c, all);
    if (auto const& csi = v->spec.csi) {
        if (csi->driver.empty() || csi->volume_handle.empty()) return std::nullopt;
        return attachment{csi->driver, csi->volume_handle, {}};
    }
    auto old = migrated(v->spec);
    if (!old || old->handle.empty()) return std::nullopt;
    return attachment_of(*std::move(old));
}

/// What is wrong with a claim that a volume of a pod is on.
inline auto claim_problem(pod const& p, claim_use const& use, persistent_volume_claim const* c)
    -> std::string {
    if (use.name.empty()) return "PersistentVolumeClaim had no name";
    if (c == nullptr)
        return "looking up PVC " + p.metadata.namespace_ + "/" + use.name + ": " + claim_not_found(use.name);
    return use.ephemeral ? ownership_problem(p, *c) : std::string();
}

/// The volumes of a pod that drivers attach. Calls `problem` for a claim that is not as it must be.
template <class Problem>
auto attachments_of(pod const& p, catalogue const& all, Problem problem) -> std::vector<attachment> {
    auto out = std::vector<attachment>();
    for (auto const& v : p.spec.volumes) {
        auto const use = claim_of(p, v);
        if (!use) {
            if (auto old = migrated(v)) out.push_back(attachment_of(*std::move(old)));
            continue;
        }
        auto const* const c = all.claims.find(p.metadata.namespace_, use->name);
        if (auto why = claim_problem(p, *use, c); !why.empty()) {
            problem(std::move(why));
            continue;
        }
        if (auto a = attachment_of(*c, all)) out.push_back(*std::move(a));
    }
    return out;
}

/// How many volumes of its drivers a node takes.
inline auto limits_of(csi_node const& n) -> std::map<std::string_view, std::int64_t> {
    auto out = std::map<std::string_view, std::int64_t>();
    for (auto const& d : n.spec.drivers)
        if (d.allocatable && d.allocatable->count) out[d.name] = *d.allocatable->count;
    return out;
}

/// Volumes, each once.
class attached {
public:
    explicit attached(csi_node const& n) : replaced_(plugins_replaced_on(n)) {}

    auto add(attachment a) -> void {
        if (a.plugin.empty() || replaced_.contains(a.plugin))
            all_.emplace(std::move(a.driver), std::move(a.handle));
    }
    /// How many there are of each driver, less those that are in another set.
    [[nodiscard]] auto count(attached const* less = nullptr) const -> std::map<std::string, std::int64_t> {
        auto out = std::map<std::string, std::int64_t>();
        for (auto const& a : all_)
            if (less == nullptr || !less->all_.contains(a)) ++out[a.first];
        return out;
    }

private:
    std::set<std::string_view> replaced_;               ///< plugins
    std::set<std::pair<std::string, std::string>> all_; ///< driver and handle
};

BERTH_DECL auto node_volume_limits_leaf::prepare(pod_info const& p) const -> std::optional<wanted> {
    auto out = wanted();
    out.volumes = attachments_of(*p.value, *p.catalogue, [&](std::string why) {
        if (out.problem.empty()) out.problem = std::move(why);
    });
    if (out.volumes.empty() && out.problem.empty()) return std::nullopt;
    return out;
}

BERTH_DECL auto node_volume_limits_leaf::operator()(pod_info const& p, node_info const& n,
                                                    wanted const& w) const -> schedule::verdict {
    if (!w.problem.empty()) return schedule::rule_out(w.problem);
    auto const* const drivers = p.catalogue->csi_nodes.find("", n.name());
    if (drivers == nullptr) return schedule::accept;
    auto const limits = limits_of(*drivers);
    if (limits.empty()) return schedule::accept;
    auto more = attached(*drivers);
    for (auto const& a : w.volumes) more.add(a);
    auto present = attached(*drivers);
    for (auto const& other : n.pods)
        for (auto& a : attachments_of(*other->value, *p.catalogue, [](std::string const&) {}))
            present.add(std::move(a));
    auto const taken = present.count();
    for (auto const& [driver, count] : more.count(&present)) {
        auto const limit = limits.find(driver);
        auto const had = taken.find(driver);
        if (limit != limits.end() && count + (had == taken.end() ? 0 : had->second) > limit->second)
            return schedule::reject("node(s) exceed max volume count");
    }
    return schedule::accept;
}

BERTH_DECL auto node_volume_limits_leaf::helped_by(pod_info const&, pod_went const& c) const -> bool {
    return !attachments_of(*c.pod.value, *c.pod.catalogue, [](std::string const&) {}).empty();
}

} // namespace berth::kube::plugins::detail
