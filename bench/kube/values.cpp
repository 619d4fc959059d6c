/// \file
/// What does it cost that one engine walks the description of a pod, instead of code for each type? A pod of
/// a deployment (two containers, volumes, tolerations, status) is copied, compared, destroyed, written and
/// read. The limit is its JSON text, copied and compared; the rival a struct with members of the standard
/// library that carries the same texts and is copied member by member, as the compiler does it.

#include <berth/kube/core/pod/type.hpp>
#include <berth/object/codec.hpp>

#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <vector>

namespace {

namespace object = berth::object;
namespace kube = berth::kube;

auto container(std::string name) -> kube::container {
    auto c = kube::container{};
    c.name = std::move(name);
    c.image = "registry.example.com/shop/checkout:1.24.7";
    c.args = {"--listen=:8080", "--log-level=info"};
    auto& port = c.ports.emplace_back();
    port.name = "http";
    port.port = 8080;
    port.protocol = "TCP";
    for (auto const* const n : {"POD_NAME", "POD_NAMESPACE", "NODE_NAME", "REGION"}) {
        auto& variable = c.env.emplace_back();
        variable.name = n;
        variable.value = "some-value-of-some-length";
    }
    c.resources.requests["cpu"] = object::quantity::parse("250m").value();
    c.resources.requests["memory"] = object::quantity::parse("512Mi").value();
    c.resources.limits["memory"] = object::quantity::parse("1Gi").value();
    for (auto const* const path : {"/etc/checkout", "/var/run/secrets/kubernetes.io/serviceaccount"}) {
        auto& mount = c.volume_mounts.emplace_back();
        mount.name = "kube-api-access-x2v4q";
        mount.read_only = true;
        mount.mount_path = path;
    }
    c.termination_message_path = "/dev/termination-log";
    c.termination_message_policy = "File";
    c.image_pull_policy = "IfNotPresent";
    return c;
}

auto usual_pod() -> kube::pod {
    auto p = kube::pod{};
    auto& m = p.metadata;
    m.name = "checkout-5d8f9c7b6-x2v4q";
    m.generate_name = "checkout-5d8f9c7b6-";
    m.namespace_ = "shop";
    m.uid = "0d5f3c1e-8a44-4c3b-9f0e-6f0a4de0b8a1";
    m.creation_timestamp = object::timestamp(berth::time_point::from_unix_seconds(1'767'225'600));
    m.labels = {{"app", "checkout"}, {"pod-template-hash", "5d8f9c7b6"}, {"tier", "backend"}};
    m.annotations = {{"prometheus.io/scrape", "true"}, {"prometheus.io/port", "8080"}};
    auto& owner = m.owner_references.emplace_back();
    owner.api_version = "apps/v1";
    owner.kind = "ReplicaSet";
    owner.name = "checkout-5d8f9c7b6";
    owner.uid = "7b1f6e0a-54f1-4a6e-b6ad-0d4e1a0a5f10";
    owner.controller = true;
    p.spec.containers = {container("checkout"), container("proxy")};
    p.spec.restart_policy = "Always";
    p.spec.dns_policy = "ClusterFirst";
    p.spec.service_account_name = "checkout";
    p.spec.node_name = "node-0117";
    p.spec.scheduler_name = "default-scheduler";
    for (auto const* const key : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
        auto& toleration = p.spec.tolerations.emplace_back();
        toleration.key = key;
        toleration.operator_ = "Exists";
        toleration.effect = "NoExecute";
    }
    p.status.phase = "Running";
    p.status.pod_ip = "10.42.7.19";
    for (auto const* const type : {"Initialized", "Ready", "ContainersReady", "PodScheduled"}) {
        auto& condition = p.status.conditions.emplace_back();
        condition.type = type;
        condition.status = "True";
    }
    return p;
}

/// The texts of a pod in containers of the standard library.
struct plain_container {
    std::string name, image, path, policy, pull;
    std::vector<std::string> args;
    std::vector<std::map<std::string, std::string>> ports, env, mounts;
    std::map<std::string, std::string> requests, limits;
    auto operator==(plain_container const&) const -> bool = default;
};
struct plain_pod {
    std::string name, generate_name, space, uid, restart, dns, account, node, scheduler, phase, ip;
    std::map<std::string, std::string> labels, annotations;
    std::vector<std::map<std::string, std::string>> owners, tolerations, conditions;
    std::vector<plain_container> containers;
    auto operator==(plain_pod const&) const -> bool = default;
};

auto plain(kube::container const& c) -> plain_container {
    auto out = plain_container{c.name,
                               c.image,
                               c.termination_message_path,
                               c.termination_message_policy,
                               c.image_pull_policy,
                               c.args,
                               {},
                               {},
                               {},
                               {},
                               {}};
    for (auto const& p : c.ports) out.ports.push_back({{"name", p.name}, {"protocol", p.protocol}});
    for (auto const& e : c.env) out.env.push_back({{"name", e.name}, {"value", e.value}});
    for (auto const& m : c.volume_mounts) out.mounts.push_back({{"name", m.name}, {"path", m.mount_path}});
    out.requests = {{"cpu", "250m"}, {"memory", "512Mi"}};
    out.limits = {{"memory", "1Gi"}};
    return out;
}
auto plain(kube::pod const& p) -> plain_pod {
    auto const& m = p.metadata;
    auto out = plain_pod{m.name,
                         m.generate_name,
                         m.namespace_,
                         m.uid,
                         p.spec.restart_policy,
                         p.spec.dns_policy,
                         p.spec.service_account_name,
                         p.spec.node_name,
                         p.spec.scheduler_name,
                         p.status.phase,
                         p.status.pod_ip,
                         {},
                         {},
                         {},
                         {},
                         {},
                         {}};
    for (auto const& [k, v] : m.labels) out.labels[k] = v;
    for (auto const& [k, v] : m.annotations) out.annotations[k] = v;
    for (auto const& o : m.owner_references) out.owners.push_back({{"name", o.name}, {"uid", o.uid}});
    for (auto const& t : p.spec.tolerations)
        out.tolerations.push_back({{"key", t.key}, {"effect", t.effect}});
    for (auto const& c : p.status.conditions)
        out.conditions.push_back({{"type", c.type}, {"status", c.status}});
    for (auto const& c : p.spec.containers) out.containers.push_back(plain(c));
    return out;
}

template <class T> auto copy(benchmark::State& state, T const& from) -> void {
    for (auto _ : state) {
        auto made = from;
        benchmark::DoNotOptimize(made);
    }
}
template <class T> auto compare(benchmark::State& state, T const& a) -> void {
    auto const b = a;
    for (auto _ : state) {
        auto const* one = &a;
        benchmark::DoNotOptimize(one);
        benchmark::DoNotOptimize(*one == b);
    }
}

auto copy_pod(benchmark::State& state) -> void { copy(state, usual_pod()); }
auto copy_plain_struct(benchmark::State& state) -> void { copy(state, plain(usual_pod())); }
auto copy_text(benchmark::State& state) -> void { copy(state, object::to_json_text(usual_pod())); }
auto copy_empty_pod(benchmark::State& state) -> void { copy(state, kube::pod{}); }
auto compare_pod(benchmark::State& state) -> void { compare(state, usual_pod()); }
auto compare_plain_struct(benchmark::State& state) -> void { compare(state, plain(usual_pod())); }
auto compare_text(benchmark::State& state) -> void { compare(state, object::to_json_text(usual_pod())); }

auto encode_pod(benchmark::State& state) -> void {
    auto const p = usual_pod();
    for (auto _ : state) {
        auto text = std::string();
        object::append_json(text, object::type_of<kube::pod>(), &p);
        benchmark::DoNotOptimize(text);
    }
}
auto decode_pod(benchmark::State& state) -> void {
    auto const document = boost::json::parse(object::to_json_text(usual_pod()));
    for (auto _ : state) {
        auto p = object::from_json<kube::pod>(document);
        benchmark::DoNotOptimize(p);
    }
}

} // namespace

BENCHMARK(copy_pod);
BENCHMARK(copy_plain_struct);
BENCHMARK(copy_text);
BENCHMARK(copy_empty_pod);
BENCHMARK(compare_pod);
BENCHMARK(compare_plain_struct);
BENCHMARK(compare_text);
BENCHMARK(encode_pod);
BENCHMARK(decode_pod);
