/// \file
/// How ingresses behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/networking/ingress/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the table of ingresses shows three hosts and each place once") {
    auto i = kube::ingress();
    i.metadata.name = "web";
    i.metadata.creation_timestamp = object::timestamp(new_year);
    auto const k = kube::ingress_kind();
    CHECK(cells_of(k, i) == std::vector<std::string>{"web", "<none>", "*", "", "80", "100s"});
    for (auto const* const host : {"a", "b", "c", "d", "e"}) i.spec.rules.emplace_back().host = host;
    for (auto const* const ip : {"2.2.2.2", "1.1.1.1", "2.2.2.2"})
        i.status.load_balancer.ingress.emplace_back().ip = ip;
    i.spec.tls.emplace_back();
    i.spec.ingress_class_name = std::string("fast");
    CHECK(cells_of(k, i) ==
          std::vector<std::string>{"web", "fast", "a,b,c + 2 more...", "1.1.1.1,2.2.2.2", "80, 443", "100s"});
}

TEST_CASE("whoever names a class in the older way is told of the newer one") {
    auto i = kube::ingress();
    auto const k = kube::ingress_kind();
    CHECK(k.warnings(i, nullptr).empty());
    i.metadata.annotations["kubernetes.io/ingress.class"] = "b";
    CHECK(k.warnings(i, nullptr).size() == 1);
    CHECK(k.warnings(i, &i).empty());
}
