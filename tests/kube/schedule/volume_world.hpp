#pragma once

/// \file
/// The words in which tests speak of volumes, claims, classes and drivers, and of pods that use them.

#include "../vocabulary.hpp"

#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/verdict.hpp>

#include <expected>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace test {

inline auto gibibytes(std::int64_t n) -> object::quantity { return object::quantity::of(n << 30U); }

class make_claim : public maker<make_claim, kube::persistent_volume_claim> {
public:
    explicit make_claim(std::string name, std::int64_t size = 1) : maker(std::move(name)) {
        value_.spec.access_modes = {"ReadWriteOnce"};
        value_.spec.resources.requests["storage"] = gibibytes(size);
        value_.status.phase = "Pending";
    }
    auto of_class(std::string name) -> make_claim& {
        value_.spec.storage_class_name.engage() = std::move(name);
        return *this;
    }
    auto mode(std::string name) -> make_claim& {
        value_.spec.access_modes = {std::move(name)};
        return *this;
    }
    auto bound_to(std::string volume) -> make_claim& {
        value_.spec.volume_name = std::move(volume);
        value_.status.phase = "Bound";
        return annotation("pv.kubernetes.io/bind-completed", "yes");
    }
};

class make_volume : public maker<make_volume, kube::persistent_volume> {
public:
    explicit make_volume(std::string name, std::int64_t size = 1) : maker(std::move(name)) {
        value_.spec.access_modes = {"ReadWriteOnce"};
        value_.spec.capacity["storage"] = gibibytes(size);
        value_.status.phase = "Available";
    }
    auto of_class(std::string name) -> make_volume& {
        value_.spec.storage_class_name = std::move(name);
        return *this;
    }
    /// Only nodes with this label reach it.
    auto near(std::string key, std::string value) -> make_volume& {
        auto& terms = value_.spec.node_affinity.engage().required.engage().node_selector_terms;
        auto& r = terms.emplace_back().match_expressions.emplace_back();
        r.key = std::move(key);
        r.operator_ = "In";
        r.values = {std::move(value)};
        return *this;
    }
    auto kept_for(std::string claim) -> make_volume& {
        auto& ref = value_.spec.claim_ref.engage();
        ref.namespace_ = "default";
        ref.name = std::move(claim);
        return *this;
    }
    auto driver(std::string name) -> make_volume& {
        auto& csi = value_.spec.csi.engage();
        csi.driver = std::move(name);
        csi.volume_handle = value_.metadata.name;
        return *this;
    }
};

class make_class : public maker<make_class, kube::storage_class> {
public:
    explicit make_class(std::string name, std::string provisioner = "csi.example.com",
                        std::string mode = "WaitForFirstConsumer")
        : maker(std::move(name)) {
        value_.provisioner = std::move(provisioner);
        value_.volume_binding_mode.engage() = std::move(mode);
    }
    auto near(std::string key, std::string value) -> make_class& {
        auto& r = value_.allowed_topologies.emplace_back().match_label_expressions.emplace_back();
        r.key = std::move(key);
        r.values = {std::move(value)};
        return *this;
    }
};

/// The drivers of a node; each takes so many volumes.
class make_csi_node : public maker<make_csi_node, kube::csi_node> {
public:
    using maker::maker;
    auto driver(std::string name, std::int32_t limit) -> make_csi_node& {
        auto& d = value_.spec.drivers.emplace_back();
        d.name = std::move(name);
        d.allocatable.engage().count = limit;
        return *this;
    }
};

class make_csi_driver : public maker<make_csi_driver, kube::csi_driver> {
public:
    using maker::maker;
    auto tells_capacity() -> make_csi_driver& {
        value_.spec.storage_capacity = true;
        return *this;
    }
};

class make_capacity : public maker<make_capacity, kube::csi_storage_capacity> {
public:
    make_capacity(std::string name, std::string of_class, std::int64_t size) : maker(std::move(name)) {
        value_.storage_class_name = std::move(of_class);
        value_.capacity.engage() = gibibytes(size);
        value_.node_topology.engage();
    }
    auto near(std::string key, std::string value) -> make_capacity& {
        value_.node_topology->match_labels[key] = std::move(value);
        return *this;
    }
};

/// A pod with volumes on these claims.
inline auto pod_on(std::string name, std::vector<std::string> const& claims) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        for (auto const& c : claims) {
            auto& v = p.spec.volumes.emplace_back();
            v.name = "on-" + c;
            v.persistent_volume_claim.engage().claim_name = c;
        }
    });
}

/// A pod with a volume whose claim is made for it: `POD-scratch`.
inline auto pod_with_scratch(std::string name) -> make_pod {
    return make_pod(std::move(name)).with([](kube::pod& p) {
        auto& v = p.spec.volumes.emplace_back();
        v.name = "scratch";
        v.ephemeral.engage();
    });
}

/// What a plan tells, in one text.
[[nodiscard]] inline auto said(reconcile::plan const& p) -> std::string {
    auto out = std::string();
    for (auto const& s : p.steps)
        if (auto const* const n = std::get_if<reconcile::note>(&s))
            out += n->type + " " + n->reason + ": " + n->message;
    return out;
}

/// What plugins see, made of objects.
class volume_world {
public:
    kube::catalogue all;

    template <class Maker> auto has(Maker const& m) -> volume_world& {
        all.put({object::any_object(m.done()), 1});
        return *this;
    }
    [[nodiscard]] auto info(make_pod const& m) const -> kube::pod_info {
        return kube::pod_info(object::stored<kube::pod>({object::any_object(m.done()), 1}), all);
    }
    [[nodiscard]] auto info(make_node const& m, std::vector<make_pod> const& pods = {}) const
        -> kube::node_info {
        auto out = kube::node_info(object::stored<kube::node>({object::any_object(m.done()), 1}));
        for (auto const& p : pods) out.add(info(p));
        return out;
    }
};

/// What a filter says of the first of some nodes.
template <class Filter>
[[nodiscard]] auto says(Filter const& f, kube::pod_info const& p, std::vector<kube::node_info> const& nodes)
    -> schedule::verdict {
    auto const& leaf = f.callable;
    auto const state = [&] {
        if constexpr (requires { leaf.prepare(p, std::span<kube::node_info const>(nodes)); })
            return leaf.prepare(p, std::span<kube::node_info const>(nodes));
        else return leaf.prepare(p);
    }();
    if constexpr (requires { state.error(); }) {
        if (!state) return state.error();
    } else {
        if (!state) return schedule::accept;
    }
    return leaf(p, nodes.front(), *state);
}
template <class Filter>
[[nodiscard]] auto says(Filter const& f, kube::pod_info const& p, kube::node_info const& n)
    -> schedule::verdict {
    return says(f, p, std::vector{n});
}

} // namespace test
