#pragma once

/// \file
/// The words in which tests speak of pods and nodes as plugins see them.

#include "../vocabulary.hpp"

#include <berth/kube/core/service/type.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/column.hpp>
#include <berth/schedule/laws.hpp>
#include <berth/schedule/laws/hints.hpp>
#include <berth/schedule/place.hpp>

#include <catch2/catch_test_macros.hpp>

namespace test {

template <object::kind_type T> auto stored(T value) -> object::stored<T> {
    return object::stored<T>({object::any_object(std::move(value)), 1});
}
inline auto info(make_pod const& m, kube::catalogue const& c = kube::empty_catalogue()) -> kube::pod_info {
    return kube::pod_info(stored(m.done()), c);
}
/// A node with pods on it.
inline auto info(make_node const& m, std::vector<make_pod> const& pods = {}) -> kube::node_info {
    auto out = kube::node_info(stored(m.done()));
    for (auto const& p : pods) out.add(info(p));
    return out;
}

/// A node of two processors, 1 GiB, two pods and one gpu.
inline auto roomy(std::string name) -> make_node {
    return make_node(std::move(name)).with([](kube::node& n) {
        n.status.allocatable["cpu"] = object::quantity::of(2);
        n.status.allocatable["memory"] = object::quantity::of(std::int64_t{1} << 30U);
        n.status.allocatable["pods"] = object::quantity::of(2);
        n.status.allocatable["example.com/gpu"] = object::quantity::of(1);
    });
}
/// A node of a zone, whose host name is its name.
inline auto in_zone(std::string zone, std::string name) -> make_node {
    auto out = make_node(name).label("kubernetes.io/hostname", name);
    return out.label("topology.kubernetes.io/zone", std::move(zone));
}
inline auto asking(std::string name, std::string const& resource, std::int64_t milli) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        p.spec.containers[0].resources.requests[resource] = object::quantity::of_milli(milli);
    });
}
/// A selector of one label.
inline auto selecting(std::string const& key, std::string value) -> object::label_selector {
    auto out = object::label_selector();
    out.match_labels[key] = std::move(value);
    return out;
}

/// What a filter says of each node, all of them being there.
template <class Filter>
auto verdicts(Filter const& f, kube::pod_info const& p, std::vector<kube::node_info> const& nodes)
    -> std::vector<schedule::verdict> {
    return schedule::laws::detail::verdicts(f, p, std::span(nodes));
}
template <class Filter>
auto accepted(Filter const& f, kube::pod_info const& p, std::vector<kube::node_info> const& nodes)
    -> std::vector<bool> {
    auto out = std::vector<bool>();
    for (auto const& v : verdicts(f, p, nodes)) out.push_back(v.accepted());
    return out;
}

using each = std::vector<bool>;
using points = std::vector<schedule::points>;

inline auto const held = [](std::string_view law, bool holds, std::string const& where) {
    INFO(law << ": " << where);
    CHECK(holds);
};

} // namespace test
