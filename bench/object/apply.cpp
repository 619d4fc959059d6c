/// \file
/// How many pods can be applied a second? A pod of two containers is applied again, with another image, and
/// with a variable that comes and goes, where two others own fields of it. The limit is to parse the
/// document; the aim is 20,000 a second at -O2. Beside it: what every write pays that is no apply, the
/// comparison of two objects.

#include <berth/object/any_object.hpp>
#include <berth/object/apply.hpp>
#include <berth/object/codec.hpp>

#include <benchmark/benchmark.h>
#include <boost/json/parse.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace object = berth::object;
using object::merge_topology;

struct variable {
    std::string name;
    std::string value;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(variable, "", (name, .always = true), (value))
};
struct port {
    std::string name;
    std::int32_t container_port = 0;
    std::string protocol;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(port, "", (name), (container_port, .always = true), (protocol, .fallback = "\"TCP\""))
};
struct mount {
    std::string name;
    std::string mount_path;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(mount, "", (name, .always = true), (mount_path, .always = true))
};
struct resources {
    object::string_map limits;
    object::string_map requests;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(resources, "", (limits), (requests))
};
struct container {
    std::string name;
    std::string image;
    std::vector<std::string> args;
    object::list<port> ports;
    object::list<variable> env;
    resources needs;
    object::list<mount> volume_mounts;
    std::string image_pull_policy;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(container, "", (name, .always = true), (image), (args),
                   (ports, .topology = merge_topology::map, .list_keys = "containerPort,protocol"),
                   (env, .topology = merge_topology::map, .list_keys = "name"),
                   (needs, .json = "resources", .always = true),
                   (volume_mounts, .topology = merge_topology::map, .list_keys = "mountPath"),
                   (image_pull_policy))
};
struct volume {
    std::string name;
    object::boxed<object::raw_json> empty_dir;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(volume, "", (name, .always = true), (empty_dir))
};
struct pod_spec {
    object::list<volume> volumes;
    object::list<container> containers;
    std::string restart_policy;
    std::string node_name;
    object::string_map node_selector;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(pod_spec, "", (volumes, .topology = merge_topology::map, .list_keys = "name"),
                   (containers, .always = true, .topology = merge_topology::map, .list_keys = "name"),
                   (restart_policy), (node_name), (node_selector, .topology = merge_topology::atomic))
};
struct pod {
    static constexpr object::resource_name resource{"", "v1", "Pod", "pods", "pod", true};
    object::meta metadata;
    pod_spec spec;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(pod, "bench.Pod", (metadata, .always = true), (spec, .always = true))
};

auto container_text(std::string_view name, std::string_view image, std::string_view more) -> std::string {
    return R"({"name":")" + std::string(name) + R"(","image":")" + std::string(image) +
           R"(","args":["serve","--port=8080"],"ports":[{"name":"http","containerPort":8080},)" +
           R"({"name":"metrics","containerPort":9090,"protocol":"TCP"}],)"
           R"("env":[{"name":"MODE","value":"x"},)" +
           R"({"name":"LEVEL","value":"info"})" + std::string(more) +
           R"(],"resources":{"limits":{"memory":"128Mi"},"requests":{"cpu":"100m","memory":"64Mi"}},)" +
           R"("volumeMounts":[{"name":"data","mountPath":"/data"},{"name":"tmp","mountPath":"/tmp"}]})";
}
auto pod_text(std::string_view image = "shop:1", std::string_view more = "") -> std::string {
    return R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop",)"
           R"("labels":{"app":"web","tier":"front"},"annotations":{"team":"a"}},"spec":{"containers":[)" +
           container_text("main", image, more) + "," + container_text("side", "mesh:3", "") +
           R"(],"volumes":[{"name":"data","emptyDir":{}},)"
           R"({"name":"tmp","emptyDir":{}}],"restartPolicy":"Always"}})";
}

/// A pod and its owners, as they are after some writes.
struct world {
    object::draft live{object::type_of<pod>()};
    std::vector<object::field_owner> owners{};

    world() {
        auto const apply = [&](std::string_view who, std::string const& text) {
            auto const done = object::apply_document(live.type(), live.data(), boost::json::parse(text),
                                                     owners, {std::string(who), "v1", true, nullptr}, true);
            if (!done) std::abort();
        };
        apply("scheduler", R"({"metadata":{"annotations":{"x":"y"}},"spec":{"nodeName":"n1"}})");
        apply("mesh", R"({"spec":{"containers":[{"name":"side","image":"mesh:3"}]}})");
        apply("me", pod_text());
    }

    auto apply(std::string const& text) -> void {
        auto const document = boost::json::parse(text);
        auto next = object::draft(live.type());
        live.type().assign(next.data(), live.data());
        auto owned = owners;
        auto const done = object::apply_document(next.type(), next.data(), document, owned,
                                                 {"me", "v1", true, nullptr}, false);
        if (!done || !done->conflicts.empty()) std::abort();
        auto text_of_fields = owned.back().fields->encode();
        benchmark::DoNotOptimize(text_of_fields);
        live = std::move(next);
        owners = std::move(owned);
    }
};

void parse_the_document(benchmark::State& state) {
    auto const text = pod_text();
    for (auto _ : state) benchmark::DoNotOptimize(boost::json::parse(text));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(parse_the_document);

void apply_again(benchmark::State& state) {
    auto w = world();
    auto const text = pod_text();
    for (auto _ : state) w.apply(text);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(apply_again);

void apply_another_image(benchmark::State& state) {
    auto w = world();
    auto const texts = std::vector{pod_text("shop:1"), pod_text("shop:2")};
    auto n = std::size_t{0};
    for (auto _ : state) w.apply(texts[n++ % 2]);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(apply_another_image);

void apply_and_take_back(benchmark::State& state) {
    auto w = world();
    auto const texts =
        std::vector{pod_text("shop:1", R"(,{"name":"EXTRA","value":"1"})"), pod_text("shop:1")};
    auto n = std::size_t{0};
    for (auto _ : state) w.apply(texts[n++ % 2]);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(apply_and_take_back);

void compare_after_a_small_write(benchmark::State& state) {
    auto const w = world();
    auto next = object::draft(w.live.type());
    next.type().assign(next.data(), w.live.data());
    static_cast<pod*>(next.data())->spec.node_name = "n2";
    for (auto _ : state)
        benchmark::DoNotOptimize(object::compare_fields(next.type(), w.live.data(), next.data()));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(compare_after_a_small_write);

void decode_the_fields(benchmark::State& state) {
    auto const w = world();
    auto const text = w.owners.back().fields->encode();
    for (auto _ : state) benchmark::DoNotOptimize(object::field_set::decode(text));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(decode_the_fields);

} // namespace
