#include "../../examples/trace/openb.hpp"
#include "../../examples/trace/picture.hpp"
#include "../../examples/trace/policy.hpp"
#include "../../examples/trace/replay.hpp"
#include "harbour.hpp"

#include <berth/schedule/laws.hpp>

#include <algorithm>

namespace {

using namespace trace;

constexpr auto node_text = "sn,cpu_milli,memory_mib,gpu,model\n"
                           "node-0,32000,65536,2,T4\r\n"
                           "node-1,64000,65536,8,G2\n"
                           "\n"
                           "node-2,64000,65536,0,\n";
constexpr auto pod_text = "name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec\n"
                          "pod-0,1000,1024,1,300,T4|P100\n"
                          "pod-1,1000,1024,2,1000,\n"
                          "pod-2,8000,1024,0,0,\n"
                          "pod-3,1000,1024,1,1000,V100\n";

auto loaded() -> cluster { return *read_machines("nodes.csv", node_text); }
auto asked() -> std::vector<request> { return *read_requests("pods.csv", pod_text, loaded().models); }

TEST_CASE("the files of the trace become machines and requests") {
    auto const c = loaded();
    REQUIRE(c.machines.size() == 3);
    CHECK(c.models == std::vector<std::string>{"no gpu", "T4", "G2"});
    CHECK(c.machines[1].gpu_free == 8000);
    auto const requests = asked();
    REQUIRE(requests.size() == 4);
    CHECK(requests[0].takes_model(1));
    CHECK(!requests[0].takes_model(2));
    CHECK(requests[1].takes_model(2));
    CHECK(!requests[3].takes_model(1));
}

TEST_CASE("a malformed line is an error with file and line") {
    auto const message = [](auto const& answer) { return answer ? "" : answer.error().message; };
    CHECK(message(read_machines("n.csv", "sn,cpu_milli,memory_mib,gpu,model\na,1,2,0,\nb,x,2,0,\n")) ==
          "n.csv:3: cpu_milli is no number: \"x\"");
    CHECK(message(read_machines("n.csv", "sn,memory_mib\na,1\n")) == "n.csv:2: there is no column cpu_milli");
    CHECK(message(read_machines("n.csv", "cpu_milli,memory_mib,gpu\n1,1,1\n")) ==
          "n.csv:2: there is no column sn");
    CHECK(message(read_requests("p.csv", "cpu_milli,memory_mib,num_gpu,gpu_milli\n1,1,0,0\n", {})) ==
          "p.csv:2: there is no column name");
    CHECK(message(read_machines("n.csv", "")) == "n.csv:0: no machines");
    CHECK(message(read_machines("n.csv", "sn,cpu_milli,memory_mib,gpu\na,1,1,9\n")) ==
          "n.csv:2: more than 8 gpus");
    CHECK(message(read_requests("p.csv", "name,cpu_milli,memory_mib,num_gpu,gpu_milli\na,1,1,2,500\n", {})) ==
          "p.csv:2: gpu_milli must be 1 to 1000 for one gpu, 1000 for more, 0 for none");
    CHECK(message(read_requests("p.csv", "name,cpu_milli,memory_mib,num_gpu,gpu_milli\na,-1,1,0,0\n", {})) ==
          "p.csv:2: cpu_milli is no number: \"-1\"");
}

TEST_CASE("a byte order mark is no part of a column's name") {
    auto const marked =
        read_requests("p.csv", "\xEF\xBB\xBF" + std::string(pod_text), loaded().models).value();
    auto const plain = asked();
    REQUIRE(marked.size() == plain.size());
    CHECK(marked[0].name == plain[0].name);
    CHECK(read_machines("n.csv", "\xEF\xBB\xBF" + std::string(node_text)).value().machines[0].name ==
          loaded().machines[0].name);
}

TEST_CASE("a share goes onto the device where it fits best") {
    auto m = loaded().machines[0];
    take(request{.gpus = 1, .gpu_milli = 600}, m);
    take(request{.gpus = 1, .gpu_milli = 300}, m);
    CHECK(m.idle[0] == 100);
    CHECK(m.idle[1] == 1000);
    take(request{.gpus = 1, .gpu_milli = 500}, m);
    CHECK(m.idle[1] == 500);
    CHECK(m.gpu_free == 600);
}

TEST_CASE("the leaves of the trace obey the laws") {
    auto machines = loaded().machines;
    for (auto const& m : loaded().machines) {
        machines.push_back(m);
        take(request{.cpu_milli = 31'500, .gpus = m.gpus > 0 ? 1U : 0U, .gpu_milli = 700}, machines.back());
    }
    auto const requests = asked();
    using berth::schedule::laws::boolean_algebra, berth::schedule::laws::filter, berth::schedule::laws::score;
    filter(has_cpu and has_memory and has_model and has_gpu, requests, machines, harbour::report);
    boolean_algebra(has_cpu, has_model, has_gpu, requests, machines, harbour::report);
    for_each_policy(popular_shapes(requests), 7, [&](auto const& policy) {
        score(policy.score, requests, machines, harbour::report);
        berth::schedule::laws::placement(profile_of(policy), requests, machines, harbour::report);
    });
}

TEST_CASE("the popular shapes cover what is asked for most") {
    auto requests = std::vector<request>(18, request{.cpu_milli = 1000, .gpus = 1, .gpu_milli = 500});
    requests.push_back({.cpu_milli = 9000});
    requests.push_back({.cpu_milli = 8000});
    auto const popular = popular_shapes(requests, 0.9);
    REQUIRE(popular.size() == 1);
    CHECK(popular[0].share == 1);
    CHECK(popular[0].gpu_milli == 500);
}

TEST_CASE("idle devices that the popular shapes cannot use are fragments") {
    auto m = loaded().machines[0];
    auto const popular = std::vector<shape>{{.cpu_milli = 1000, .gpus = 1, .gpu_milli = 500, .share = 1}};
    CHECK(fragmentation(m, popular) == 0);
    take(request{.gpus = 1, .gpu_milli = 700}, m);
    CHECK(fragmentation(m, popular) == 300);
    m.cpu_free = 0;
    CHECK(fragmentation(m, popular) == 1300);
}

TEST_CASE("a replay places what fits, counts what is in use and says why the rest is refused") {
    auto c = loaded();
    auto const requests = asked();
    auto const best_fit = policy{"BestFit", "", tight};
    auto steps = std::size_t{0};
    auto const account =
        replay(requests, c.machines, profile_of(best_fit), [&](std::size_t, std::size_t) { ++steps; });
    CHECK(steps == 4);
    CHECK(account.placed == 3);
    REQUIRE(account.kinds.size() == 1);
    CHECK(account.kinds[0].kind == "1 gpu");
    CHECK(account.kinds[0].first == "pod-3: 0/3 nodes are available: 1 no gpu, 2 other gpu model.");
    auto const u = add_up(c.machines);
    CHECK(u.gpu.used == 2300);
    CHECK(u.cpu.used == 10'000);
    auto const words = summary(account, u);
    CHECK(words.find("placed        3 of 4 tasks (75.0 %)") != std::string::npos);
    auto const svg = picture(c, account, "a < b & c");
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.find("a &lt; b &amp; c") != std::string::npos);
    CHECK(svg.find("node-1: cpu") != std::string::npos);
}

auto all_gpu_milli(std::vector<request> const& stream) -> std::int64_t {
    auto sum = std::int64_t{0};
    for (auto const& r : stream) sum += r.all_gpu_milli();
    return sum;
}

TEST_CASE("a stream repeats tasks until they ask for enough, or leaves some out") {
    auto const requests = asked(); // 3300 thousandths
    auto const longer = arrivals(requests, 10'000, 130, 5);
    CHECK(all_gpu_milli(longer) > 13'000 - 1'000);
    CHECK(all_gpu_milli(longer) <= 13'000 + 1'000); // the last clone counts with one of its devices
    CHECK(longer.size() > requests.size());
    CHECK(longer[7].turn == 7);
    auto const shorter = arrivals(requests, 2'000, 130, 5);
    CHECK(all_gpu_milli(shorter) <= 2'600);
    CHECK(shorter.size() < requests.size());
    CHECK(arrivals(std::vector<request>{{.cpu_milli = 1}}, 1000, 100, 1).empty());
}

TEST_CASE("a stream depends on its seed and not on the order of the list") {
    auto const names = [](std::vector<request> const& stream) {
        auto out = std::string{};
        for (auto const& r : stream) out += r.name;
        return out;
    };
    auto backwards = asked();
    std::ranges::reverse(backwards);
    CHECK(names(arrivals(asked(), 10'000, 130, 5)) == names(arrivals(backwards, 10'000, 130, 5)));
    CHECK(names(arrivals(asked(), 10'000, 130, 5)) != names(arrivals(asked(), 10'000, 130, 6)));
}

TEST_CASE("numbers are grouped by thousands") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(8152) == "8,152");
    CHECK(grouped(-1234567) == "-1,234,567");
}

} // namespace
