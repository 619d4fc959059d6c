/// \file
/// What writers of a stateful set are warned of.

#include "../../complaints.hpp"

#include <berth/kube/apps/stateful_set/warnings.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a stateful set is warned of its template when its generation is new, and always of its claims") {
    auto before = kube::stateful_set();
    before.spec.template_.spec.node_selector["beta.kubernetes.io/arch"] = "amd64";
    auto now = before;
    CHECK(warnings_of(now).size() == 1);
    CHECK(warnings_of(now, &before).empty());
    ++now.metadata.generation;
    now.spec.volume_claim_templates.emplace_back().spec.resources.requests["storage"] = quantity("500m");
    now.spec.revision_history_limit = -1;
    CHECK(warnings_of(now, &before) ==
          lines{"spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "
                "\"kubernetes.io/arch\" instead",
                "spec.volumeClaimTemplates[0].resources.requests[storage]: fractional byte value \"500m\" is "
                "invalid, must be an integer",
                "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 "
                "is recommended"});
}
