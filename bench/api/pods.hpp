#pragma once

/// \file
/// What the benchmarks of the API have in common: a pod of two containers, and a server over the store in
/// memory that knows pods.

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/codec.hpp>

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace pods {

namespace api = berth::api;
namespace object = berth::object;
namespace kube = berth::kube;

inline constexpr auto body =
    R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME","namespace":"default",
"labels":{"app":"web","tier":"front","version":"1"},"annotations":{"team":"a"}},"spec":{
"restartPolicy":"Always","serviceAccountName":"web","nodeSelector":{"disk":"ssd"},
"tolerations":[{"key":"a","operator":"Exists","effect":"NoSchedule"}],
"volumes":[{"name":"v","emptyDir":{}},{"name":"c","configMap":{"name":"settings"}}],
"containers":[{"name":"main","image":"web:TAG","args":["--a","--b"],
"ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
"env":[{"name":"A","value":"1"},{"name":"B","value":"2"},{"name":"C","value":"3"}],
"resources":{"requests":{"cpu":"100m","memory":"64Mi"},"limits":{"cpu":"1","memory":"128Mi"}},
"volumeMounts":[{"name":"v","mountPath":"/v"},{"name":"c","mountPath":"/c"}],
"readinessProbe":{"httpGet":{"path":"/","port":8080},"periodSeconds":5}},
{"name":"side","image":"side:1","args":["--x"],"env":[{"name":"A","value":"1"}],
"resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}})";

inline auto text_of(std::string const& name, std::string const& tag) -> std::string {
    auto out = std::string(body);
    out.replace(out.find("NAME"), 4, name);
    out.replace(out.find("TAG"), 3, tag);
    return out;
}

inline auto pod_of(std::string const& name, std::string const& tag = "1") -> kube::pod {
    return object::from_json_text<kube::pod>(text_of(name, tag)).value();
}

struct desk {
    berth::api::memory_store objects;
    api::server server{objects,
                       kinds(),
                       {.now = [] { return berth::time_point::from_unix_seconds(1'767'225'600); },
                        .seed = 1,
                        .admission = {}}};

    static auto kinds() -> api::registry {
        auto out = api::registry();
        out.add(api::kind_of<kube::pod>{}); // held against its description, as all kinds without checks of
                                            // their own
        return out;
    }
};

template <class T> auto must(berth::result<T> done) -> T {
    if (!done) throw std::runtime_error(done.error().message);
    if constexpr (!std::is_void_v<T>) return *std::move(done);
}

inline auto const web = object::key{"default", "web"};

inline auto by(std::string manager) -> api::patch_options {
    auto o = api::patch_options{};
    o.field_manager = std::move(manager);
    return o;
}

// ---- what both benchmarks ask, of a client

template <class Client> auto create(benchmark::State& state, Client& client) -> void {
    auto n = 0;
    for (auto _ : state) {
        state.PauseTiming();
        auto p = pod_of("web-" + std::to_string(n++));
        state.ResumeTiming();
        must(api::create(client, std::move(p)));
    }
    state.SetItemsProcessed(state.iterations());
}

/// Another label than before.
template <class Client>
auto update_once(Client& client, object::stored<kube::pod> const& there) -> object::stored<kube::pod> {
    auto p = *there;
    p.metadata.labels["version"] = p.metadata.labels["version"] == "1" ? "2" : "1";
    return must(api::update(client, std::move(p), there.revision_of()));
}

template <class Client> auto update(benchmark::State& state, Client& client) -> void {
    auto there = must(api::create(client, pod_of("web")));
    for (auto _ : state) there = update_once(client, there);
    state.SetItemsProcessed(state.iterations());
}

template <class Client> auto merge_patch(benchmark::State& state, Client& client) -> void {
    must(api::create(client, pod_of("web")));
    auto n = 0;
    for (auto _ : state)
        must(client.patch(kube::pod::resource, web,
                          {api::patch_type::merge, n++ % 2 == 0
                                                       ? R"({"metadata":{"labels":{"version":"2"}}})"
                                                       : R"({"metadata":{"labels":{"version":"1"}}})"},
                          by("patcher")));
    state.SetItemsProcessed(state.iterations());
}

/// `changes`: 1, another image each time; 0, the same again. Somebody else owns a label.
template <class Client> auto apply(benchmark::State& state, Client& client) -> void {
    std::string const texts[] = {text_of("web", "1"), text_of("web", state.range(0) == 1 ? "2" : "1")};
    must(client.apply(kube::pod::resource, web, texts[0], by("kubectl")));
    must(client.patch(kube::pod::resource, web,
                      {api::patch_type::merge, R"({"metadata":{"labels":{"seen":"1"}}})"}, by("other")));
    auto n = 0U;
    for (auto _ : state) must(client.apply(kube::pod::resource, web, texts[++n % 2], by("kubectl")));
    state.SetItemsProcessed(state.iterations());
}

/// `desk`: where the pods are; `client`: who lists them.
template <class Client> auto list(benchmark::State& state, desk& d, Client& client) -> void {
    for (auto i = 0; i < state.range(0); ++i) must(api::create(d.server, pod_of("web-" + std::to_string(i))));
    for (auto _ : state) benchmark::DoNotOptimize(must(client.list(kube::pod::resource, {})));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

} // namespace pods
