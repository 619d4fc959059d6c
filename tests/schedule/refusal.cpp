/// \file
/// What a refusal by all nodes says.

#include <berth/schedule/refusal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

using namespace berth::schedule;

TEST_CASE("a refusal counts its reasons and tells them in the order of kube-scheduler") {
    auto r = refusal{.nodes = 4, .refused = {}};
    r.refused.push_back({0, "fits", reject("not enough cpu")});
    r.refused.push_back({1, "cordon", rule_out("cordoned")});
    r.refused.push_back({2, "fits", reject("not enough cpu") & reject("not enough memory")});
    r.refused.push_back({3, "fits", reject("not enough cpu")});
    CHECK(r.summary() == "0/4 nodes are available: 1 cordoned, 1 not enough memory, 3 not enough cpu.");
}

TEST_CASE("a reason that begins with a number is told apart from the number of nodes") {
    auto r = refusal{.nodes = 4, .refused = {}};
    r.refused.push_back({0, "fits", reject("16 cores short")});
    r.refused.push_back({1, "fits", reject("30 cores short")});
    r.refused.push_back({2, "fits", reject("16 cores short") & reject("over budget")});
    CHECK(r.summary() == "0/4 nodes are available: 1 node: 30 cores short, 1 over budget, "
                         "2 nodes: 16 cores short.");
}

TEST_CASE("a refusal without reasons is a sentence, too") {
    CHECK(refusal{}.summary() == "0/0 nodes are available.");
    CHECK(refusal{.nodes = 2, .refused = {}}.summary() == "0/2 nodes are available:");
}

TEST_CASE("refusals are equal by their reasons, not by what was read to find them") {
    auto const a = refusal{.nodes = 1, .refused = {{0, "fits", reject("full")}}};
    auto b = a;
    b.read = facet_set();
    CHECK(a == b);
    b.refused[0].filter = "other";
    CHECK_FALSE(a == b);
}

TEST_CASE("nodes that refuse alike are told as if each had been told") {
    auto some = refusal{.nodes = 3, .refused = {}};
    some.alike = same_refusals({{2, "fits", reject("full")}, {1, "cordon", rule_out("cordoned")}});
    CHECK(some.summary() == "0/3 nodes are available: 1 cordoned, 2 full.");
    CHECK(same_refusals().empty());
    CHECK(same_refusals() == same_refusals(std::vector<same_refusal>()));
    auto const copy = some;
    CHECK(copy == some);
    CHECK(copy.alike.begin() == some.alike.begin()); // they share it
    CHECK_FALSE(copy.alike == same_refusals({{3, "fits", reject("full")}}));
}
