#pragma once

/// \file
/// The words in which tests speak of stateful sets, daemon sets, their revisions and claims, and worlds of
/// them drawn at random.

#include "../drawn_laws.hpp"
#include "../vocabulary.hpp"

#include <berth/core/random.hpp>
#include <berth/kube/apps/controller_revision/history.hpp>
#include <berth/kube/apps/daemon_set/type.hpp>
#include <berth/kube/apps/stateful_set/type.hpp>
#include <berth/kube/apps/template_hash.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace test {

class make_stateful_set : public workload_maker<make_stateful_set, kube::stateful_set> {
public:
    make_stateful_set(std::string name, std::int32_t replicas) : workload_maker(name, replicas) {
        auto& spec = value_.spec;
        spec.service_name = name;
        spec.pod_management_policy = "OrderedReady";
        spec.revision_history_limit = 10;
        rolling(0);
    }
    auto rolling(std::int32_t partition) -> make_stateful_set& {
        return with([&](kube::stateful_set& s) {
            s.spec.update_strategy.type = "RollingUpdate";
            s.spec.update_strategy.rolling_update.engage().partition = partition;
        });
    }
    auto parallel() -> make_stateful_set& {
        return with([](kube::stateful_set& s) { s.spec.pod_management_policy = "Parallel"; });
    }
    auto on_delete() -> make_stateful_set& {
        return with([](kube::stateful_set& s) {
            s.spec.update_strategy.type = "OnDelete";
            s.spec.update_strategy.rolling_update.reset();
        });
    }
    auto starting_at(std::int32_t first) -> make_stateful_set& {
        return with([&](kube::stateful_set& s) { s.spec.ordinals.engage().start = first; });
    }
    auto claiming(std::string claim) -> make_stateful_set& {
        return with([&](kube::stateful_set& s) {
            auto& t = s.spec.volume_claim_templates.emplace_back();
            t.metadata.name = std::move(claim);
            t.spec.access_modes = {"ReadWriteOnce"};
        });
    }
    auto retaining(std::string when_deleted, std::string when_scaled) -> make_stateful_set& {
        return with([&](kube::stateful_set& s) {
            auto& policy = s.spec.persistent_volume_claim_retention_policy.engage();
            policy.when_deleted = std::move(when_deleted);
            policy.when_scaled = std::move(when_scaled);
        });
    }
    /// Its status says that this was the revision of its pods before the update.
    auto coming_from(std::string revision) -> make_stateful_set& {
        return with([&](kube::stateful_set& s) { s.status.current_revision = std::move(revision); });
    }
};

class make_daemon_set : public maker<make_daemon_set, kube::daemon_set> {
public:
    explicit make_daemon_set(std::string name) : maker(name) {
        auto& spec = value_.spec;
        spec.selector.engage().match_labels["app"] = name;
        spec.template_.metadata.labels["app"] = name;
        auto& c = spec.template_.spec.containers.emplace_back();
        c.name = "main";
        c.image = "app:v1";
        spec.revision_history_limit = 10;
        value_.metadata.generation = 1;
        rolling(0, 1);
    }
    auto rolling(object::int_or_string surge, object::int_or_string unavailable) -> make_daemon_set& {
        return with([&](kube::daemon_set& d) {
            d.spec.update_strategy.type = "RollingUpdate";
            auto& r = d.spec.update_strategy.rolling_update.engage();
            r.max_surge = std::move(surge);
            r.max_unavailable = std::move(unavailable);
        });
    }
    auto on_delete() -> make_daemon_set& {
        return with([](kube::daemon_set& d) { d.spec.update_strategy.type = "OnDelete"; });
    }
    auto image(std::string image) -> make_daemon_set& {
        return with(
            [&](kube::daemon_set& d) { d.spec.template_.spec.containers[0].image = std::move(image); });
    }
    auto selecting(std::string key, std::string value) -> make_daemon_set& {
        return with(
            [&](kube::daemon_set& d) { d.spec.template_.spec.node_selector[key] = std::move(value); });
    }
};

/// A claim of which only the name matters.
class make_bare_claim : public maker<make_bare_claim, kube::persistent_volume_claim> {
public:
    using maker::maker;
};

/// A revision of the template of `Set`, as its controller makes one.
class make_revision : public maker<make_revision, kube::controller_revision> {
public:
    template <class Set>
    make_revision(Set const& set, std::string name, std::int64_t number) : maker(std::move(name)) {
        auto const& t = set.done().spec.template_;
        value_.metadata.labels = t.metadata.labels;
        value_.data.text = kube::template_patch(t);
        value_.revision = number;
        owned_by(set);
    }
    auto hashed(std::string hash) -> make_revision& {
        return label("controller-revision-hash", std::move(hash));
    }
};

/// The name that the controller gives the revision of a set's template, and that revision.
inline auto revision_of(make_stateful_set const& set) -> std::string {
    auto const patch = kube::template_patch(set.done().spec.template_);
    return kube::revision_name(set.done().metadata.name, kube::revision_hash(patch, 0));
}
inline auto made_revision(make_stateful_set const& set, std::int64_t number = 1) -> make_revision {
    return make_revision(set, revision_of(set), number);
}
inline auto hash_of(make_daemon_set const& set) -> std::string {
    return kube::detail::template_hash(set.done().spec.template_, 0);
}
inline auto made_revision(make_daemon_set const& set, std::int64_t number = 1) -> make_revision {
    auto const hash = hash_of(set);
    return make_revision(set, set.done().metadata.name + "-" + hash, number).hashed(hash);
}

/// What a plan does with pods and claims.
inline auto deeds_of(reconcile::plan const& p) -> std::vector<std::string> {
    auto out = steps_of(p);
    erase_if(out, [](std::string const& s) {
        return s.find("controllerrevisions") != std::string::npos || s.find("/status") != std::string::npos;
    });
    return out;
}

/// The revisions of a world, sorted.
inline auto revisions_in(reconcile::snapshot const& world) -> kube::seen_revisions {
    auto out = kube::seen_revisions();
    for (auto const r : world.all<kube::controller_revision>()) out.push_back(r);
    kube::sort_revisions(out);
    return out;
}

/// The pods of a world.
inline auto pods_in(reconcile::snapshot const& world) -> std::vector<reconcile::seen<kube::pod>> {
    auto out = std::vector<reconcile::seen<kube::pod>>();
    for (auto const p : world.all<kube::pod>()) out.push_back(p);
    return out;
}

/// The pod of a number of a stateful set, as its controller makes it, of the revision of that name.
inline auto pod_of(make_stateful_set const& set, int ordinal, std::string const& revision) -> make_pod {
    auto const& s = set.done();
    auto const name = s.metadata.name + "-" + std::to_string(ordinal);
    auto out = make_pod(name).label("app", s.metadata.name).owned_by(set);
    out.label("statefulset.kubernetes.io/pod-name", name).label("controller-revision-hash", revision);
    out.label("apps.kubernetes.io/pod-index", std::to_string(ordinal));
    return out.with([&](kube::pod& p) {
        for (auto const& t : s.spec.volume_claim_templates) {
            auto& v = p.spec.volumes.emplace_back();
            v.name = t.metadata.name;
            v.persistent_volume_claim.engage().claim_name = t.metadata.name + "-" + name;
        }
    });
}

/// The same, ready, of the revision that a set like that has.
inline auto ready_pod(make_stateful_set const& set, int ordinal, make_stateful_set const& like) -> make_pod {
    return pod_of(set, ordinal, revision_of(like)).ready();
}

/// A pod of a daemon set on a node, of the revision with that hash.
inline auto pod_of(make_daemon_set const& set, std::string name, std::string node, std::string hash)
    -> make_pod {
    auto out = make_pod(std::move(name)).label("app", set.done().metadata.name).owned_by(set);
    return out.on(std::move(node)).label("controller-revision-hash", std::move(hash));
}

/// A pod in some state, drawn.
inline auto in_some_state(berth::random_engine& draw, make_pod p) -> make_pod {
    switch (draw.below(6)) {
    case 0: break;
    case 1: p.phase("Failed"); break;
    case 2: p.phase("Succeeded"); break;
    case 3: p.phase("Running").condition("Ready", "False"); break;
    case 4: p.ready(new_year - seconds(100)); break;
    default: p.ready(new_year + seconds(100)); break;
    }
    if (draw.below(6) == 0) p.deleting().finalizer("example.com/hold");
    p.made_at(new_year + seconds(static_cast<std::int64_t>(draw.below(1000))));
    return p;
}

} // namespace test
