/// \file
/// What is told of the parts of a control plane.

#include "../../table.hpp"

#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/core/component_status/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto held(std::string name, time_point renewed) -> kube::lease {
    auto l = kube::lease{};
    l.metadata.namespace_ = "kube-system";
    l.metadata.name = std::move(name);
    l.spec.holder_identity = std::string("somebody");
    l.spec.lease_duration_seconds = 15;
    l.spec.renew_time = object::micro_timestamp(renewed);
    return l;
}

/// What is told at the new year, given leases: the cells of all rows.
auto told(std::vector<kube::lease> const& leases) -> std::vector<std::vector<std::string>> {
    auto world = api::admission_world{};
    world.find = [&](object::resource_name const&, object::key const& k) -> result<object::any_object> {
        for (auto const& l : leases)
            if (l.metadata.where() == k) return object::any_object(l);
        return fail(error_code::not_found, "no lease");
    };
    auto const k = kube::component_status_kind();
    auto const who = api::server_identity();
    auto const all = k.present({world, who, new_year, false, 0});
    auto out = std::vector<std::vector<std::string>>();
    for (auto const& o : all.value()) out.push_back(cells_of(k, o.as<kube::component_status>()));
    return out;
}

} // namespace

TEST_CASE("parts of a control plane are healthy while they hold their leases") {
    using rows = std::vector<std::vector<std::string>>;
    CHECK(told({held("kube-scheduler", new_year), held("kube-controller-manager", new_year)}) ==
          rows{{"scheduler", "Healthy", "ok", ""},
               {"controller-manager", "Healthy", "ok", ""},
               {"etcd-0", "Healthy", "ok", ""}});
    CHECK(told({held("kube-scheduler", new_year - seconds(16))}) ==
          rows{{"scheduler", "Unhealthy", "nobody holds the lease kube-scheduler", ""},
               {"controller-manager", "Unhealthy", "nobody has taken the lease kube-controller-manager", ""},
               {"etcd-0", "Healthy", "ok", ""}});
}

TEST_CASE("a store that does not answer is told as an error") {
    auto world = api::admission_world{};
    world.find = [](object::resource_name const&, object::key const&) -> result<object::any_object> {
        return fail(error_code::unavailable, "away");
    };
    auto const who = api::server_identity();
    CHECK(kube::component_status_kind().present({world, who, new_year, false, 0}).error().code ==
          error_code::unavailable);
}

TEST_CASE("who asks for component statuses is warned, and they can only be read") {
    auto const k = api::kind(kube::component_status_kind());
    CHECK(k.deprecation == "v1 ComponentStatus is deprecated in v1.19+");
    CHECK(k.has_verb(api::verb::list));
    CHECK_FALSE(k.has_verb(api::verb::create));
    CHECK_FALSE(k.has_verb(api::verb::watch));
    CHECK_FALSE(k.stored());
}
