/// \file
/// Where webhooks are asked.

#include "../vocabulary.hpp"

#include <berth/kube/admissionregistration/webhook_target.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

struct place {
    std::vector<kube::service> services = {};
    std::vector<kube::endpoint_slice> slices = {};

    auto target(kube::webhook_client_config const& c) -> result<net::post_request> {
        auto w = api::admission_world{};
        w.find = [this](object::resource_name const& r, object::key const& k) -> result<object::any_object> {
            for (auto const& s : services)
                if (s.metadata.where() == k) return object::any_object(s);
            return fail(error_code::not_found, std::string(r.plural));
        };
        w.list = [this](object::resource_name const&) -> result<std::vector<object::object_ref>> {
            auto out = std::vector<object::object_ref>();
            for (auto const& s : slices) out.push_back({object::any_object(s), 1});
            return out;
        };
        return kube::webhook_target(c, 7, w);
    }
};

auto of_service() -> kube::webhook_client_config {
    auto c = kube::webhook_client_config{};
    auto& s = c.service.engage();
    s.namespace_ = "shop";
    s.name = "guard";
    s.path = std::string("/check");
    return c;
}

auto guard() -> kube::service {
    auto s = kube::service{};
    s.metadata.namespace_ = "shop";
    s.metadata.name = "guard";
    s.spec.selector["app"] = "guard";
    s.spec.cluster_ip = "10.0.0.9";
    auto& p = s.spec.ports.emplace_back();
    p.name = "tls";
    p.port = 443;
    return s;
}

auto slice(std::string address, std::optional<bool> ready) -> kube::endpoint_slice {
    auto s = kube::endpoint_slice{};
    s.metadata.namespace_ = "shop";
    s.metadata.labels["kubernetes.io/service-name"] = "guard";
    auto& e = s.endpoints.emplace_back();
    e.addresses = {std::move(address)};
    e.conditions.ready = ready;
    auto& p = s.ports.emplace_back();
    p.name = std::string("tls");
    p.port = 9443;
    return s;
}

} // namespace

TEST_CASE("a URL is asked as it stands, with the time that it has") {
    auto c = kube::webhook_client_config{};
    c.url = std::string("https://guard.example.com/check");
    c.ca_bundle.data = "PEM";
    auto const t = place{}.target(c);
    REQUIRE(t);
    CHECK(t->url == "https://guard.example.com/check?timeout=7s");
    CHECK(t->dial.empty());
    CHECK(t->authorities == "PEM");
    CHECK(t->patience == seconds(7));
}

TEST_CASE("a service is asked by its name, at an endpoint that is ready") {
    auto there = place{{guard()}, {slice("10.1.0.1", false), slice("10.1.0.2", {})}};
    auto c = of_service();
    c.ca_bundle.data = "PEM";
    auto const t = there.target(c);
    REQUIRE(t);
    CHECK(t->url == "https://guard.shop.svc:443/check?timeout=7s");
    CHECK(t->dial == "10.1.0.2:9443");
    there.slices = {slice("fd00::1", true)};
    CHECK(there.target(c)->dial == "[fd00::1]:9443");
}

TEST_CASE("services that cannot be asked say why") {
    auto there = place{};
    auto c = of_service();
    auto const why = [&] { return there.target(c).error().message; };
    CHECK(why() == "service \"guard\" not found");
    there.services = {guard()};
    CHECK(why() == "no endpoints available for service \"guard\"");
    c.service->port = 80;
    CHECK(why() == "no service port 80 found for service \"guard\"");
}

TEST_CASE("services without endpoints of their own are asked where they lead") {
    auto there = place{{guard()}};
    there.services[0].spec.selector.clear();
    CHECK(there.target(of_service())->dial == "10.0.0.9:443");
    there.services[0].spec.type = "ExternalName";
    there.services[0].spec.external_name = "guard.example.com";
    CHECK(there.target(of_service())->dial == "guard.example.com:443");
}

TEST_CASE("without TLS are asked: services for which nobody vouches, and URLs of this machine") {
    auto c = of_service();
    CHECK(kube::asked_plainly(c));
    CHECK(kube::webhook_url(c, 5) == "http://guard.shop.svc:443/check?timeout=5s");
    c.ca_bundle.data = "PEM";
    CHECK_FALSE(kube::asked_plainly(c));
    for (auto const* host : {"localhost", "localhost:80", "127.0.0.1:9", "[::1]:9", "[::1]"})
        CHECK(kube::is_own_host_name(host));
    for (auto const* host : {"localhost.example.com", "127.0.0.1.example.com:9", "10.0.0.1", "", "::1"})
        CHECK_FALSE(kube::is_own_host_name(host));
}
