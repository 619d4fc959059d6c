#include "../harbour.hpp"

#include <berth/schedule/explain.hpp>

namespace {

using namespace berth::schedule;
using harbour::batch, harbour::host, harbour::task;

TEST_CASE("all filters of a conjunction that refuse are told, in its order") {
    auto const hosts = std::vector<host>{{.cpu_free = 0, .is_cordoned = true, .tainted = 1}};
    auto const account = explain(task{}, hosts, batch);
    CHECK(account.nodes[0].filter == "fits");
    CHECK(account.nodes[0].all_refusals == std::vector<filter_refusal>{{"fits", reject("not enough cpu")},
                                                                       {"tolerates", rule_out("tainted")},
                                                                       {"not cordoned", reject("cordoned")}});
}

TEST_CASE("a disjunction refuses as one, and is not told where one of its sides accepts") {
    auto const p = profile{.filter = (harbour::fits or harbour::cordoned) and harbour::tolerates};
    auto const told = [&](host const& h) {
        return explain(task{}, std::vector<host>{h}, p).nodes[0].all_refusals;
    };
    CHECK(told({.cpu_free = 0, .tainted = 1}) ==
          std::vector<filter_refusal>{{"fits or cordoned", reject("not enough cpu") | reject("not cordoned")},
                                      {"tolerates", rule_out("tainted")}});
    CHECK(told({.cpu_free = 4, .tainted = 1}) ==
          std::vector<filter_refusal>{{"tolerates", rule_out("tainted")}});
}

TEST_CASE("a node has refusals exactly where it is refused, and the first one is the decision's") {
    auto const hosts = harbour::hosts();
    for (auto const& t : harbour::tasks()) {
        for (auto const& n : explain(t, hosts, batch).nodes) {
            CHECK(n.all_refusals.empty() == n.says.accepted());
            if (n.says.accepted()) continue;
            CHECK(n.all_refusals.front() == filter_refusal{n.filter, n.says});
        }
    }
}

} // namespace
