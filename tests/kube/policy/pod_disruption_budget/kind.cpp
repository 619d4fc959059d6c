/// \file
/// How pod disruption budgets behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/policy/pod_disruption_budget/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

class make_budget : public maker<make_budget, kube::pod_disruption_budget> {
public:
    using maker::maker;
};

} // namespace

TEST_CASE("the table of budgets shows their bounds and how many pods may go") {
    auto b = make_budget("web").done();
    CHECK(headers_of(kube::pod_disruption_budget_kind()) ==
          words{"Name", "Min Available", "Max Unavailable", "Allowed Disruptions", "Age"});
    CHECK(cells_of(kube::pod_disruption_budget_kind(), b) == words{"web", "N/A", "N/A", "0", "100s"});
    b.spec.min_available = "50%";
    b.spec.max_unavailable = 1;
    b.status.disruptions_allowed = 2;
    CHECK(cells_of(kube::pod_disruption_budget_kind(), b) == words{"web", "50%", "1", "2", "100s"});
}

TEST_CASE("an update of a budget names a revision") {
    CHECK_FALSE(kube::pod_disruption_budget_kind().unconditional_update);
    CHECK(kube::pod_disruption_budget_kind().generation == api::generation_rule::spec);
}
