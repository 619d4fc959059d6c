/// \file
/// What does a request cost in the process, past defaults, validation, managed fields and the store? Pods of
/// two containers are created, updated, patched, applied, listed and watched, over the store in memory. The
/// limit is what no server can leave out: to parse the pod's text and to write it down again. The aim for
/// apply is 20,000 a second at -O2.

#include <berth/api/server.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/store/memory.hpp>

#include <benchmark/benchmark.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace api = berth::api;
namespace object = berth::object;
namespace kube = berth::kube;

constexpr auto body = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME","namespace":"default",
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

auto text_of(std::string const& name, std::string const& tag) -> std::string {
    auto out = std::string(body);
    out.replace(out.find("NAME"), 4, name);
    out.replace(out.find("TAG"), 3, tag);
    return out;
}

auto pod_of(std::string const& name, std::string const& tag = "1") -> kube::pod {
    return object::from_json_text<kube::pod>(text_of(name, tag)).value();
}

struct desk {
    berth::store::memory<object::any_object> objects;
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
    return *std::move(done);
}

auto const web = object::key{"default", "web"};

auto by(std::string manager) -> api::patch_options {
    auto o = api::patch_options{};
    o.field_manager = std::move(manager);
    return o;
}

auto create(benchmark::State& state) -> void {
    auto d = desk();
    auto n = 0;
    for (auto _ : state) {
        state.PauseTiming();
        auto p = pod_of("web-" + std::to_string(n++));
        state.ResumeTiming();
        must(api::create(d.server, std::move(p)));
    }
    state.SetItemsProcessed(state.iterations());
}

auto update(benchmark::State& state) -> void {
    auto d = desk();
    auto there = must(api::create(d.server, pod_of("web")));
    for (auto _ : state) {
        auto p = *there;
        p.metadata.labels["version"] = p.metadata.labels["version"] == "1" ? "2" : "1";
        there = must(api::update(d.server, std::move(p), there.revision_of()));
    }
    state.SetItemsProcessed(state.iterations());
}

auto merge_patch(benchmark::State& state) -> void {
    auto d = desk();
    must(api::create(d.server, pod_of("web")));
    auto n = 0;
    for (auto _ : state)
        must(d.server.patch(kube::pod::resource, web,
                            {api::patch_type::merge, n++ % 2 == 0
                                                         ? R"({"metadata":{"labels":{"version":"2"}}})"
                                                         : R"({"metadata":{"labels":{"version":"1"}}})"},
                            by("patcher")));
    state.SetItemsProcessed(state.iterations());
}

/// `changes`: 1, another image each time; 0, the same again.
auto apply(benchmark::State& state) -> void {
    auto d = desk();
    std::string const texts[] = {text_of("web", "1"), text_of("web", state.range(0) == 1 ? "2" : "1")};
    must(d.server.apply(kube::pod::resource, web, texts[0], by("kubectl")));
    must(d.server.patch(kube::pod::resource, web,
                        {api::patch_type::merge, R"({"metadata":{"labels":{"seen":"1"}}})"}, by("other")));
    auto n = 0U;
    for (auto _ : state) must(d.server.apply(kube::pod::resource, web, texts[++n % 2], by("kubectl")));
    state.SetItemsProcessed(state.iterations());
}

auto apply_new(benchmark::State& state) -> void {
    auto d = desk();
    auto n = 0;
    for (auto _ : state) {
        auto const name = "web-" + std::to_string(n++);
        must(d.server.apply(kube::pod::resource, {"default", name}, text_of(name, "1"), by("kubectl")));
    }
    state.SetItemsProcessed(state.iterations());
}

auto list(benchmark::State& state) -> void {
    auto d = desk();
    for (auto i = 0; i < state.range(0); ++i) must(api::create(d.server, pod_of("web-" + std::to_string(i))));
    for (auto _ : state) benchmark::DoNotOptimize(must(d.server.list(kube::pod::resource, {})));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// Events told to a number of watches, each of which is told all.
auto watch(benchmark::State& state) -> void {
    auto d = desk();
    auto there = must(api::create(d.server, pod_of("web")));
    auto watches = std::vector<api::watcher>();
    for (auto i = 0; i < state.range(0); ++i)
        watches.push_back(must(d.server.watch(kube::pod::resource, {})));
    auto told = std::int64_t{0};
    auto const read = [&] {
        for (auto& w : watches)
            while (must(w.next())) ++told;
    };
    read();
    for (auto _ : state) {
        auto p = *there;
        p.metadata.labels["version"] = p.metadata.labels["version"] == "1" ? "2" : "1";
        there = must(api::update(d.server, std::move(p), there.revision_of()));
        read();
    }
    state.SetItemsProcessed(told);
}

/// The limit: text to object to text.
auto read_and_write(benchmark::State& state) -> void {
    auto const text = text_of("web", "1");
    for (auto _ : state) {
        auto const p = must(object::from_json_text<kube::pod>(text));
        benchmark::DoNotOptimize(object::to_json_text(p));
    }
    state.SetItemsProcessed(state.iterations());
}

} // namespace

BENCHMARK(read_and_write);
BENCHMARK(create);
BENCHMARK(update);
BENCHMARK(merge_patch);
BENCHMARK(apply)->ArgName("changes")->Arg(0)->Arg(1);
BENCHMARK(apply_new);
BENCHMARK(list)->Arg(1000);
BENCHMARK(watch)->Arg(1)->Arg(50);
