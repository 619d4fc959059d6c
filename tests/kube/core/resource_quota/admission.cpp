/// \file
/// Resource quotas at work: what is refused, and what is noted as used.

#include "../../admission_desk.hpp"
#include "../../complaints.hpp"

#include <berth/kube/core/config_map/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/kube/core/resource_quota/admission.hpp>
#include <berth/kube/core/secret/type.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto quota_of(std::string name, std::string resource, std::string hard, std::string used)
    -> kube::resource_quota {
    auto q = named<kube::resource_quota>(std::move(name));
    q.spec.hard[resource] = quantity(hard);
    q.status.hard[resource] = quantity(hard);
    if (!used.empty()) q.status.used[resource] = quantity(used);
    return q;
}

auto asking(std::string cpu) -> kube::pod {
    auto p = named<kube::pod>("p");
    auto& c = p.spec.containers.emplace_back();
    c.name = "main";
    if (!cpu.empty()) c.resources.requests["cpu"] = quantity(cpu);
    return p;
}

auto refusal(result<void> const& done) -> std::string { return done ? "" : done.error().message; }

auto const checks = kube::resource_quota_admission();

} // namespace

TEST_CASE("what fits into a quota is noted as used, and what does not is refused") {
    auto desk = admission_desk();
    desk.knows(quota_of("compute", "requests.cpu", "4", "3900m"));
    auto p = asking("100m");
    CHECK(desk.create(checks, p));
    CHECK(*desk.find<kube::resource_quota>("compute").status.used.find("requests.cpu") == quantity("4"));
    CHECK(refusal(desk.create(checks, p)) ==
          "pods \"p\" is forbidden: exceeded quota: compute, requested: requests.cpu=100m, used: "
          "requests.cpu=4, "
          "limited: requests.cpu=4");
}

TEST_CASE("a quota whose status is unknown lets nothing pass, and one without a status everything") {
    auto desk = admission_desk();
    desk.knows(quota_of("half", "secrets", "5", ""));
    auto untold = quota_of("untold", "configmaps", "0", "0");
    untold.status = {};
    desk.knows(untold);
    auto s = named<kube::secret>("s");
    CHECK(refusal(desk.create(checks, s)) ==
          "secrets \"s\" is forbidden: status unknown for quota: half, resources: secrets");
    auto m = named<kube::config_map>("m");
    CHECK(desk.create(checks, m));
}

TEST_CASE("where a quota limits cpu, containers say what they need") {
    auto desk = admission_desk();
    desk.knows(quota_of("compute", "requests.cpu", "4", "0"));
    auto p = asking("");
    CHECK(refusal(desk.create(checks, p)) ==
          "pods \"p\" is forbidden: failed quota: compute: must specify requests.cpu for: main");
}

TEST_CASE("a quota of a scope is about the objects of that scope") {
    auto careless = quota_of("careless", "pods", "2", "2");
    careless.spec.scopes = {"BestEffort"};
    auto desk = admission_desk();
    desk.knows(careless);
    auto promised = asking("1");
    CHECK(desk.create(checks, promised));
    auto best = asking("");
    CHECK_FALSE(desk.create(checks, best));
}

TEST_CASE("a claim that grows is charged for the difference, and one that shrinks for nothing") {
    auto desk = admission_desk();
    desk.knows(quota_of("storage", "requests.storage", "10Gi", "8Gi"));
    auto before = named<kube::persistent_volume_claim>("c");
    before.spec.resources.requests["storage"] = quantity("8Gi");
    auto now = before;
    now.spec.resources.requests["storage"] = quantity("9Gi");
    CHECK(desk.update(checks, now, before));
    CHECK(*desk.find<kube::resource_quota>("storage").status.used.find("requests.storage") ==
          quantity("9Gi"));
    CHECK(desk.update(checks, before, now));
    CHECK(*desk.find<kube::resource_quota>("storage").status.used.find("requests.storage") ==
          quantity("9Gi"));
}

TEST_CASE("a quota that somebody else writes meanwhile is looked at again, and charged once") {
    auto desk = admission_desk();
    desk.knows(quota_of("a", "pods", "4", "0")).knows(quota_of("b", "count/pods", "4", "0"));
    desk.lose_races("b", 2);
    auto p = asking("1");
    CHECK(desk.create(checks, p));
    CHECK(*desk.find<kube::resource_quota>("a").status.used.find("pods") == quantity("1"));
    CHECK(*desk.find<kube::resource_quota>("b").status.used.find("count/pods") == quantity("1"));
    desk.lose_races("b", 100);
    CHECK(desk.create(checks, p).error().code == error_code::conflict);
}
