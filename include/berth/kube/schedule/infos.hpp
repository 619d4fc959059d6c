#pragma once

/// \file
/// What the scheduler's plugins see: a pod that waits, and a node with the pods that it has.

#include <berth/core/config.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/schedule/resources.hpp>
#include <berth/object/any_object.hpp>

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

class catalogue;
[[nodiscard]] BERTH_DECL auto empty_catalogue() -> catalogue const&;
struct pod_terms;
struct pod_class;
struct pod_info;
struct remedy;
[[nodiscard]] BERTH_DECL auto terms_of(pod const& p) -> std::shared_ptr<pod_terms const>;

/// The hash of a pod's class (`pod_class`).
[[nodiscard]] BERTH_DECL auto class_hash_of(pod_info const& p) -> std::size_t;

/// A port of the node that a pod occupies.
struct host_port {
    std::string ip; ///< `0.0.0.0`: all addresses
    std::string protocol;
    std::int32_t port = 0;

    /// Whether both cannot be on one node.
    [[nodiscard]] auto clashes(host_port const& other) const -> bool {
        auto const anywhere = ip == "0.0.0.0" || other.ip == "0.0.0.0";
        return port == other.port && protocol == other.protocol && (anywhere || ip == other.ip);
    }
    friend auto operator==(host_port const&, host_port const&) -> bool = default;
};

[[nodiscard]] BERTH_DECL auto host_ports_of(pod_spec const& spec) -> std::vector<host_port>;

/// A pod, and what the plugins need of it, computed once.
struct pod_info {
    object::stored<pod> value;
    amounts request;
    amounts load; ///< the request with a little assumed where none is made
    std::vector<host_port> ports;
    std::shared_ptr<pod_terms const> terms;                ///< its affinity to pods; null if it has none
    kube::catalogue const* catalogue = &empty_catalogue(); ///< of the cluster; never null
    std::size_t class_hash = 0;                            ///< of `placement_class`

    pod_info() = default;
    /// The catalogue must outlive it.
    explicit pod_info(object::stored<pod> p, kube::catalogue const& c = empty_catalogue())
        : value(std::move(p)),
          request(request_of(*value)),
          load(request_of(*value, true)),
          ports(host_ports_of(value->spec)),
          terms(terms_of(*value)),
          catalogue(&c),
          class_hash(class_hash_of(*this)) {}

    /// Pods of one class are as good as each other on every node.
    [[nodiscard]] auto placement_class() const -> pod_class;
    [[nodiscard]] auto spec() const -> pod_spec const&;
    [[nodiscard]] auto labels() const -> object::string_map const&;
    /// 0 unless it has one.
    [[nodiscard]] auto priority() const -> std::int32_t;
};

/// A pod that nodes and queues share.
using pod_handle = std::shared_ptr<pod_info const>;

/// A node with its pods, and what they take of it.
struct node_info {
    object::stored<node> value;
    amounts allocatable;
    std::int64_t pod_limit = 0;
    amounts requested;
    amounts load;
    std::vector<pod_handle> pods;       ///< in no order
    std::vector<pod_handle> with_terms; ///< those of them that have an affinity to pods
    /// Each once. One that several pods occupy (which only happens to pods that were bound against the rules)
    /// is free when the first of them leaves, as kube-scheduler has it.
    std::vector<host_port> ports;

    node_info() = default;
    explicit node_info(object::stored<node> n) { replace(std::move(n)); }

    /// The node has changed; its pods are the same.
    auto replace(object::stored<node> n) -> void;
    auto add(pod_handle p) -> void;
    auto add(pod_info p) -> void;
    /// The pod of this uid leaves, and with it what it took. Linear in the pods; does nothing if it is not
    /// there.
    auto remove(std::string_view uid) -> void;
    auto remove(pod_info const& p) -> void;
    /// A pod that is there has another value that takes as much.
    auto replace(pod_handle const& before, pod_handle now) -> void;

    [[nodiscard]] auto name() const -> std::string const&;
    /// Whether both are one version of one node: they differ in their pods at most.
    [[nodiscard]] auto same_node(node_info const& other) const -> bool;
};

/// Calls `f(pod, sign)` for each pod that only one of two nodes has: 1 of `after`, -1 of `before`.
template <class F> auto for_each_difference(node_info const& before, node_info const& after, F f) -> void {
    auto const sorted = [](std::vector<pod_handle> pods) {
        std::sort(pods.begin(), pods.end());
        return pods;
    };
    auto const was = sorted(before.pods);
    auto const is = sorted(after.pods);
    for (auto const& p : was)
        if (!std::binary_search(is.begin(), is.end(), p)) f(*p, -1);
    for (auto const& p : is)
        if (!std::binary_search(was.begin(), was.end(), p)) f(*p, 1);
}

/// The node as it would be without some of its pods: what a preemption asks the filter about.
[[nodiscard]] inline auto without(node_info n, std::span<pod_handle const> leaving) -> node_info {
    for (auto const& p : leaving) n.remove(*p);
    return n;
}

} // namespace berth::kube

#include <berth/kube/schedule/pod_class.hpp> // who knows pods knows their classes; it needs the pod first

namespace berth::kube {

inline auto pod_info::placement_class() const -> pod_class { return {this}; }

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/infos.ipp>
#endif
