/// \file
/// What does a request cost over HTTP, from a client's object to the client's object? The pods of
/// `bench/api/writes.cpp` are created, updated, patched, applied, listed and watched by an `http::remote` on
/// loopback, one after the other; what a row takes beyond its sister there is the network's, the front's and
/// the client's. The limit is `round_trip`: a front that answers a request of a pod's size with as much, and
/// looks at nothing.

#include "../pods.hpp"

#include <berth/api/http/listener.hpp>
#include <berth/api/http/remote.hpp>
#include <berth/api/http/server.hpp>
#include <berth/core/net/post.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <optional>
#include <thread>

using namespace pods;
namespace http = berth::api::http;

namespace {

/// A server with its front, run by a thread, and a client of it.
struct across {
    desk inside;
    http::server front{inside.server};
    std::jthread thread;
    std::optional<http::remote> client;

    across() {
        must(front.open());
        thread = std::jthread([this](std::stop_token s) { front.run(s); });
        client = must(http::remote::connect(inside.server.kinds(), {.url = front.url()}));
    }
    ~across() { client.reset(); }
};

auto round_trip(benchmark::State& state) -> void {
    auto const text = text_of("web", "1");
    auto front = http::listener(
        [&](http::request const&) { return http::answer(http::response{200, "application/json", text, {}}); },
        {});
    must(front.open());
    auto const thread = std::jthread([&](std::stop_token s) { front.run(s); });
    auto const where = must(berth::net::parse_endpoint("http://" + front.address(), ""));
    auto line = berth::net::connection(where, nullptr);
    auto const soon = [] { return berth::net::steady_clock::now() + std::chrono::seconds(10); };
    if (auto const why = line.connect(soon()); !why.empty()) throw std::runtime_error(why);
    auto const request =
        "POST / HTTP/1.1\r\nHost: " + where.authority +
        "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" +
        text;
    for (auto _ : state) {
        auto const said = line.exchange(std::span(&request, 1), soon());
        if (!said.front().answer) throw std::runtime_error(said.front().why);
        benchmark::DoNotOptimize(said);
    }
    state.SetItemsProcessed(state.iterations());
}

auto create(benchmark::State& state) -> void {
    auto a = across();
    pods::create(state, *a.client);
}
auto update(benchmark::State& state) -> void {
    auto a = across();
    pods::update(state, *a.client);
}
auto merge_patch(benchmark::State& state) -> void {
    auto a = across();
    pods::merge_patch(state, *a.client);
}
auto apply(benchmark::State& state) -> void {
    auto a = across();
    pods::apply(state, *a.client);
}
auto list(benchmark::State& state) -> void {
    auto a = across();
    pods::list(state, a.inside, *a.client);
}

/// Events told to a number of watches, each of which is told all.
auto watch(benchmark::State& state) -> void {
    auto a = across();
    auto there = must(api::create(a.inside.server, pod_of("web")));
    auto watches = std::vector<http::remote_watch>();
    for (auto i = 0; i < state.range(0); ++i)
        watches.push_back(must(a.client->watch(kube::pod::resource, {})));
    auto told = std::int64_t{0};
    auto const read_one_each = [&] {
        for (auto& w : watches) {
            while (!must(w.next())) std::this_thread::yield();
            ++told;
        }
    };
    read_one_each(); // the pod as it is
    for (auto _ : state) {
        there = update_once(a.inside.server, there);
        read_one_each();
    }
    state.SetItemsProcessed(told);
}

} // namespace

BENCHMARK(round_trip)->UseRealTime();
BENCHMARK(create)->UseRealTime();
BENCHMARK(update)->UseRealTime();
BENCHMARK(merge_patch)->UseRealTime();
BENCHMARK(apply)->ArgName("changes")->Arg(0)->Arg(1)->UseRealTime();
BENCHMARK(list)->Arg(1000)->UseRealTime();
BENCHMARK(watch)->Arg(1)->Arg(50)->UseRealTime();
