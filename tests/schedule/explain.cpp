#include "harbour.hpp"

#include <berth/schedule/explain.hpp>

namespace {

using namespace berth::schedule;
using harbour::batch, harbour::host, harbour::task;

auto const hosts = std::vector<host>{
    {.cpu_free = 4}, {.cpu_free = 8, .zone = 1}, {.is_cordoned = true}, {.cpu_free = 0}, {.cpu_free = 4}};

TEST_CASE("an explanation shows every node, leaf by leaf") {
    auto const account = explain(task{.cpu = 1}, hosts, batch);
    CHECK(account.leaves == std::vector<std::string>{"3 * roomy", "prefer zone"});
    CHECK(account.nodes[0].columns == std::vector<points>{9, 0});
    CHECK(account.nodes[1].columns == std::vector<points>{21, 10});
    CHECK(account.nodes[1].total == 31);
    CHECK(account.nodes[2].filter == "not cordoned");
    CHECK(account.nodes[3].says == reject("not enough cpu"));
    CHECK(account.chosen->node == 1);
}

TEST_CASE("an explanation prints as a table") {
    auto const names = std::vector<std::string>{"amber", "birch", "cedar", "dune", "elm"};
    auto const table = explain(task{.cpu = 1}, hosts, batch).table([&](std::size_t i) { return names[i]; });
    CHECK(table == "batch: fits and tolerates and not cordoned; 3 * roomy + prefer zone\n"
                   "node   3 * roomy  prefer zone  total\n"
                   "amber          9            0      9\n"
                   "birch         21           10     31  <- chosen\n"
                   "cedar          -            -      -  not cordoned: cordoned\n"
                   "dune           -            -      -  fits: not enough cpu\n"
                   "elm            9            0      9\n");
}

TEST_CASE("equals of the chosen node are marked") {
    auto const table = explain(task{}, std::vector<host>(2), batch).table();
    CHECK(table.find("<- chosen") != std::string::npos);
    CHECK(table.find("equal") != std::string::npos);
}

TEST_CASE("a refusal is explained too") {
    auto const account = explain(task{.cpu = 99}, hosts, batch);
    CHECK(!account.chosen);
    CHECK(account.leaves.empty());
    CHECK(account.nodes.size() == hosts.size());
}

} // namespace
