#include "../../examples/fgd/curves.hpp"
#include "../../examples/fgd/experiment.hpp"
#include "../../examples/fgd/lists.hpp"
#include "../../examples/fgd/report.hpp"
#include "../../examples/trace/files.hpp"
#include "../../examples/trace/openb.hpp"
#include "harbour.hpp"

#include <berth/schedule/laws/placer.hpp>

#include <cstdlib>

namespace {

using namespace trace;
using berth::schedule::rate;

/// Machines of 2 and 4 devices, the models of which are 1 and 2.
auto of_two(std::int64_t cpu, std::array<int, 2> idle) -> machine {
    auto m = machine{
        .name = "two", .model = 1, .cpu_milli = 64'000, .memory_mib = 1'000, .gpus = 2, .cpu_free = cpu};
    m.memory_free = m.memory_mib;
    m.idle = {idle[0], idle[1]};
    m.gpu_free = idle[0] + idle[1];
    return m;
}
auto share(int milli, std::int64_t cpu = 1'000) -> request {
    return {.cpu_milli = cpu, .gpus = 1, .gpu_milli = milli};
}
auto devices(std::size_t count) -> request { return {.cpu_milli = 1'000, .gpus = count, .gpu_milli = 1'000}; }

TEST_CASE("FGD/DotProd has few points for much room where much is asked for") {
    // 1 - (64/128 * 32/128 + 2/8 * 0.5/8) / 2 = 0.9297
    CHECK(rate(dot_product, share(500, 32'000), std::vector{of_two(64'000, {1000, 1000})}) ==
          std::vector{92.0});
}

TEST_CASE("FGD/BestFit spreads whole points over what is left") {
    // 96.7, 96.3 and 89.5, of which whole points are kept, then stretched to 0 to 100.
    auto const machines =
        std::vector{of_two(5'000, {500, 0}), of_two(6'000, {500, 0}), of_two(16'000, {1000, 500})};
    CHECK(rate(tight, share(250, 1'000), machines) == std::vector{100.0, 100.0, 0.0});
    CHECK(rate(tight, share(250, 1'000), std::vector{machines[0]}) == std::vector{0.0});
}

TEST_CASE("FGD/GpuPacking prefers devices in use to idle ones, and those to idle machines") {
    auto const machines =
        std::vector{of_two(1'000, {1000, 1000}), of_two(1'000, {1000, 300}), of_two(1'000, {1000, 700})};
    CHECK(rate(packed, share(300), machines) == std::vector{31.0, 97.0, 93.0});
    CHECK(rate(packed, share(500), machines) == std::vector{31.0, 49.0, 93.0});
    CHECK(rate(packed, devices(1), machines) == std::vector{31.0, 49.0, 49.0});
    CHECK(rate(packed, request{.cpu_milli = 1}, machines) == std::vector{0.0, 0.0, 0.0});
}

TEST_CASE("FGD/GpuClustering prefers machines that host requests of the same size") {
    auto machines = std::vector<machine>(4, of_two(64'000, {1000, 1000}));
    take(share(300), machines[1]);
    take(devices(1), machines[2]);
    take(share(300), machines[3]);
    take(devices(1), machines[3]);
    // 25 * (8000 - free) / 8000 and 25, 75, 0, 50 for whom it hosts.
    CHECK(rate(among_its_like, share(300), machines) == std::vector{43.0, 94.0, 21.0, 72.0});
    CHECK(rate(among_its_like, devices(2), machines) == std::vector{43.0, 19.0, 21.0, 22.0});
}

TEST_CASE("FGD/FGD prefers to keep idle devices useful to the popular shapes") {
    auto const leaf =
        least_new_fragments{.popular = {{.cpu_milli = 1'000, .gpus = 1, .gpu_milli = 1'000, .share = 0.5},
                                        {.cpu_milli = 1'000, .gpus = 1, .gpu_milli = 400, .share = 0.5}}};
    auto const machines = std::vector{of_two(64'000, {1000, 1000}), of_two(64'000, {1000, 500})};
    // A share of 400 leaves 600 that whole tasks cannot use on the first, and takes 500 from them on the
    // second, of which 100 are left to nobody: 0 - 300 and 250 - 100.
    CHECK(fragmentation(machines[1], leaf.popular) == 250);
    CHECK(rate(berth::schedule::score(leaf), share(400), machines) == std::vector{42.0, 53.0});
    CHECK(leaf.device(share(400), machines[1]) == 1);
    CHECK(leaf.device(share(400), machines[0]) == 0);
}

TEST_CASE("FGD/Random draws among the devices that will do, by the request's turn") {
    auto m = of_two(64'000, {1000, 200});
    for (auto turn = 0U; turn < 20; ++turn)
        CHECK(any_device{7}(request{.turn = turn, .gpus = 1, .gpu_milli = 300}, m) == 0);
    m.idle[1] = 300;
    auto drawn = std::array<int, 2>{};
    for (auto turn = 0U; turn < 200; ++turn)
        ++drawn.at(any_device{7}(request{.turn = turn, .gpus = 1, .gpu_milli = 300}, m));
    CHECK(drawn[0] > 60);
    CHECK(drawn[1] > 60);
}

struct small_trace {
    cluster machines;
    std::vector<request> tasks;
};
/// A sample of the openb lists that is kept with the tests.
auto small() -> small_trace {
    auto const* const source = std::getenv("BERTH_SOURCE"); // NOLINT(concurrency-mt-unsafe)
    auto const folder = std::filesystem::path(source != nullptr ? source : ".") / "tests/data/openb-small";
    auto const nodes = read_text(folder / "openb_node_list_gpu_node.csv").value();
    auto const pods = read_text(folder / "openb_pod_list_small.csv").value();
    auto machines = read_machines("nodes", nodes).value();
    auto tasks = read_requests("pods", pods, machines.models).value();
    return {std::move(machines), std::move(tasks)};
}

/// What of a run is kept as expected.
struct expectation {
    std::string_view policy;
    std::uint64_t seed = 0;
    std::size_t placed = 0;
    std::size_t refused = 0;
    std::int64_t gpu_milli = 0;
};
// clang-format off
constexpr auto expected = std::array{
    expectation{"Random", 42, 242, 89, 161450},
    expectation{"Random", 43, 236, 87, 158990},
    expectation{"DotProd", 42, 233, 98, 165220},
    expectation{"DotProd", 43, 228, 95, 165890},
    expectation{"GpuClustering", 42, 237, 94, 167080},
    expectation{"GpuClustering", 43, 224, 99, 160200},
    expectation{"GpuPacking", 42, 238, 93, 169490},
    expectation{"GpuPacking", 43, 227, 96, 164700},
    expectation{"BestFit", 42, 239, 92, 171020},
    expectation{"BestFit", 43, 240, 83, 174510},
    expectation{"FGD", 42, 247, 84, 176390},
    expectation{"FGD", 43, 231, 92, 167980},
    expectation{"Spread", 42, 262, 69, 169790},
    expectation{"Spread", 43, 257, 66, 170420},
};
// clang-format on

TEST_CASE("FGD/a small form of the trace comes out exactly as it did") {
    auto const [machines, tasks] = small();
    CHECK(popular_shapes(tasks).size() == 66);
    for (auto const& e : expected) {
        CAPTURE(e.policy, e.seed);
        auto const out = fgd::experiment(machines, tasks, e.policy, e.seed);
        CHECK(out.placed == e.placed);
        CHECK(out.refused == e.refused);
        CHECK(out.gpu_milli == e.gpu_milli);
    }
}

TEST_CASE("FGD/a run decides as a look at every machine does") {
    auto const [given, tasks] = small();
    auto const stream = arrivals(tasks, add_up(given.machines).gpu.all, 130, 3);
    for_each_policy(popular_shapes(tasks), 3, [&](auto const& policy) {
        if (policy.name == "Random") return; // whose turns are counted by who decides
        CAPTURE(policy.name);
        auto machines = fgd::ranked(given.machines, 3);
        auto const quick = fgd::play(stream, machines, profile_of(policy));
        auto const account = replay(stream, machines, profile_of(policy), [](std::size_t, std::size_t) {});
        CHECK(quick.placed == account.placed);
        CHECK(quick.refused == account.refused);
        CHECK(quick.gpu_milli == add_up(machines).gpu.used);
    });
}

TEST_CASE("FGD/the curve is the mean after events of the same rounded arrival") {
    auto recorder = fgd::curve_recorder(1'000);
    recorder.note(5, 5);   // 0.5 rounds to the even 0
    recorder.note(14, 14); // 1
    recorder.note(15, 14); // 1.5: 2
    recorder.note(24, 20); // 2
    auto const c = recorder.result();
    CHECK(c[0] == Approx(0.5));
    CHECK(c[1] == Approx(1.4));
    CHECK(c[2] == Approx(1.7));
    CHECK(std::isnan(c[3]));
}

auto run_with(double allocated) -> fgd::outcome {
    auto out = fgd::outcome{};
    out.allocated.fill(allocated);
    return out;
}

TEST_CASE("FGD/the table sets our means beside the published ones") {
    auto const cells = std::vector<fgd::cell>{
        {"default", "FGD", {run_with(95), run_with(95.4)}},
        {"default", "BestFit", {run_with(92)}},
        {"cpu0", "FGD", {run_with(95)}},
    };
    auto const first = fgd::compare(cells[0]);
    CHECK(first.ours.mean == Approx(4.8));
    CHECK(first.ours.deviation == Approx(0.2 * std::sqrt(2)));
    CHECK(first.difference == Approx(0.03));
    CHECK(first.in_deviations == Approx(0.03 / 0.11));
    CHECK(fgd::allowed_difference({10, 0.5}, 10) == Approx(1.5 * std::sqrt(0.2)));
    CHECK(fgd::allowed_difference({10, 0.1}, 10) == 0.35);
    auto const judged = fgd::judge(cells);
    CHECK(judged.compared == 2);
    CHECK(judged.beyond == 1);
    auto const text = fgd::table(cells);
    CHECK(text.find("FGD              4.80 (0.28)      4.77 (0.11)        +0.03      +0.3      0.35\n") !=
          std::string::npos);
    CHECK(text.find(
              "BestFit          8.00 (0.00)      7.14 (0.14)        +0.86      +6.1      0.44  beyond\n") !=
          std::string::npos);
    CHECK(text.find("cpu0 ") != std::string::npos);
    auto const svg = fgd::curves(cells);
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.find("<title>BestFit</title>") != std::string::npos);
}

TEST_CASE("FGD/a mean that is not a number agrees with nothing") {
    auto const cells = std::vector<fgd::cell>{{"default", "FGD", {run_with(std::nan(""))}}};
    CHECK(fgd::judge(cells).beyond == 1);
    auto const text = fgd::table(cells);
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("FGD                 -  with some seed no task comes at 100 % arrival\n") !=
          std::string::npos);
}

TEST_CASE("FGD/machines that nothing fits on come out without a number") {
    auto machines = read_machines("n.csv", "sn,cpu_milli,memory_mib,gpu,model\na,1000,1,1,T4\n").value();
    auto const tasks =
        read_requests("p.csv", "name,cpu_milli,memory_mib,num_gpu,gpu_milli\np,1,1,8,1000\n", machines.models)
            .value();
    auto const out = fgd::experiment(machines, tasks, "FGD", 42);
    CHECK(out.placed == 0);
    auto const text = fgd::table(std::vector<fgd::cell>{{"default", "FGD", {out}}});
    CHECK(text.find("nan") == std::string::npos);
    CHECK(text.find("FGD                 -  ") != std::string::npos);
}

TEST_CASE("FGD/lists are those of .csv and .csv.gz, once, published ones first") {
    CHECK(fgd::lists_of(
              {"openb_pod_list_zoo.csv", "openb_pod_list_cpu250.csv.gz", "openb_pod_list_default.csv",
               "openb_pod_list_default.csv.gz", "openb_pod_list_default.csv~", "openb_pod_list_.csv",
               "openb_pod_list_old.csv.bak", "openb_pod_list_bare", "openb_node_list_gpu_node.csv",
               ".openb_pod_list_default.csv.swp"}) == std::vector<std::string>{"default", "cpu250", "zoo"});
}

} // namespace
