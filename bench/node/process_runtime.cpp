/// \file
/// What does a container cost beside a plain process? Starting `true` and waiting for its end: with
/// posix_spawn, through the runtime without a log, and with one. And how fast does output reach the log?

#include <berth/core/clock.hpp>
#include <berth/node/logs.hpp>
#include <berth/node/process_runtime.hpp>

#include <benchmark/benchmark.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>

#include <filesystem>
#include <string>

using namespace berth;

namespace {

extern "C" char** environ; // NOLINT

auto opened() -> node::process_runtime { return node::process_runtime::open({.shutdown_grace = {}}).value(); }

auto container(std::vector<std::string> command, std::string log = {}) -> node::container_spec {
    auto out = node::container_spec();
    out.name = "bench";
    out.command = std::move(command);
    out.log_path = std::move(log);
    return out;
}

auto wait(node::process_runtime& runtime) -> void {
    auto ready = pollfd{runtime.report_fd(), POLLIN, 0};
    while (runtime.poll(system_clock{}.now()).empty()) ::poll(&ready, 1, 1000);
}

void posix_spawned(benchmark::State& state) {
    char name[] = "/bin/true";
    char* arguments[] = {name, nullptr};
    for (auto _ : state) {
        auto pid = pid_t{0};
        if (::posix_spawn(&pid, name, nullptr, nullptr, arguments, environ) != 0)
            state.SkipWithError("spawn");
        ::waitpid(pid, nullptr, 0);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(posix_spawned)->UseRealTime();

void containers(benchmark::State& state) {
    auto const with_log = state.range(0) != 0;
    auto const log = (std::filesystem::temp_directory_path() / "berth-bench.log").string();
    auto runtime = opened();
    auto const spec = container({"/bin/true"}, with_log ? log : "");
    for (auto _ : state) {
        if (!runtime.start(spec, {})) state.SkipWithError("start");
        wait(runtime);
    }
    std::filesystem::remove(log);
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(containers)->ArgName("log")->Arg(0)->Arg(1)->UseRealTime();

void output_to_log(benchmark::State& state) {
    auto const log = (std::filesystem::temp_directory_path() / "berth-bench.log").string();
    auto runtime = opened();
    auto const script = "yes 0123456789012345678901234567890123456789 | head -n 500000";
    for (auto _ : state) {
        if (!runtime.start(container({"sh", "-c", script}, log), {})) state.SkipWithError("start");
        wait(runtime);
        std::filesystem::remove(log);
    }
    state.SetItemsProcessed(state.iterations() * 500'000);
    state.SetBytesProcessed(state.iterations() * 500'000 * 41);
}
BENCHMARK(output_to_log)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
