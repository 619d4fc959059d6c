#include <berth/bench/add.hpp>
#include <berth/bench/queue_load.hpp>
#include <berth/reconcile/queue.hpp>

#include <catch2/catch_all.hpp>

#include <string>
#include <vector>

namespace {

using namespace berth;

/// Keeps what was run.
struct keeping : benchmark::BenchmarkReporter {
    std::vector<Run> runs;

    auto ReportContext(Context const&) -> bool override { return true; }
    auto ReportRuns(std::vector<Run> const& some) -> void override {
        runs.insert(runs.end(), some.begin(), some.end());
    }
};

TEST_CASE("a measurement becomes a benchmark that tells its figures") {
    auto queue = reconcile::work_queue<int>();
    auto const load = bench::queue_load<int>{{1, 2, 3}, 4};
    bench::add("queue", queue, load)->Iterations(2);
    bench::add("made up", [] {
        return bench::figures{100, 90, milliseconds(2), microseconds(15), microseconds(30), 2.5, 64, 1};
    })->Iterations(3);
    auto heard = keeping();
    benchmark::RunSpecifiedBenchmarks(&heard);
    benchmark::ClearRegisteredBenchmarks();
    REQUIRE(heard.runs.size() == 2);
    CHECK(heard.runs[0].counters.at("allocations") == 0.);
    CHECK(queue.counters().given == 2 * (4 + 1) * 3);
    auto const& made_up = heard.runs[1].counters;
    CHECK(heard.runs[1].real_accumulated_time == Approx(0.006));
    CHECK(made_up.at("items_per_second") == Approx(50'000));
    CHECK(made_up.at("p50_us") == 15.);
    CHECK(made_up.at("p99_us") == 30.);
    CHECK(made_up.at("allocations") == 2.5);
    CHECK(made_up.at("bytes") == 64.);
}

TEST_CASE("flags that nobody knows are refused") {
    auto name = std::string("program");
    auto flag = std::string("--benchmrk_filter=x");
    char* arguments[] = {name.data(), flag.data(), nullptr};
    CHECK(bench::run(2, arguments) == 1);
}

} // namespace
