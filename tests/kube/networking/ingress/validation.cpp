/// \file
/// Which ingresses are refused.

#include "../../complaints.hpp"

#include <berth/kube/networking/ingress/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto with_path(std::string type, std::string path) -> kube::ingress {
    auto i = named<kube::ingress>();
    auto& p = i.spec.rules.emplace_back().http.engage().paths.emplace_back();
    p.path = std::move(path);
    p.path_type = std::move(type);
    p.backend.service.engage().name = "web";
    p.backend.service->port.number = 80;
    return i;
}

} // namespace

TEST_CASE("an ingress answers something") {
    CHECK(complaints(named<kube::ingress>()) ==
          lines{"spec: Invalid value: null: either `defaultBackend` or `rules` must be specified"});
}

TEST_CASE("paths that are compared piece by piece are absolute and plain") {
    CHECK(complaints(with_path("Prefix", "/a")).empty());
    CHECK(complaints(with_path("ImplementationSpecific", "")).empty());
    auto const at = std::string("spec.rules[0].http.paths[0].path: Invalid value: ");
    CHECK(complaints(with_path("Prefix", "a//b/..")) == lines{at + "\"a//b/..\": must be an absolute path",
                                                              at + "\"a//b/..\": must not contain '//'",
                                                              at + "\"a//b/..\": cannot end with '/..'"});
    CHECK(complaints(with_path("prefix", "")) ==
          lines{"spec.rules[0].http.paths[0].pathType: Unsupported value: \"prefix\": supported values: "
                "\"Exact\", \"ImplementationSpecific\", \"Prefix\""});
}

TEST_CASE("a backend is a service with a port, or an object") {
    auto i = with_path("Exact", "/");
    auto& b = i.spec.rules[0].http->paths[0].backend;
    b.service->port.name = "http";
    b.service->name.clear();
    auto const at = std::string("spec.rules[0].http.paths[0].backend");
    CHECK(complaints(i) == lines{at + ".service.name: Required value",
                                 at + ": Invalid value: \"\": cannot set both port name & port number"});
    b.resource_.engage();
    CHECK(complaints(i) ==
          lines{at + ": Invalid value: \"\": cannot set both resource and service backends"});
    b.service.reset();
    CHECK(complaints(i) == lines{at + ".resource.kind: Required value: kind is required",
                                 at + ".resource.name: Required value: name is required"});
}

TEST_CASE("hosts are names, and what was wrong before may stay") {
    auto i = with_path("Exact", "x");
    i.spec.rules[0].host = "*.example.com";
    i.spec.tls.emplace_back().secret_name = "A";
    CHECK(complaints(i).size() == 2);
    CHECK(complaints(i, i).empty());
    i.spec.rules[0].host = "10.0.0.1";
    CHECK(complaints(i, i) ==
          lines{"spec.rules[0].host: Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address",
                "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path"});
}

TEST_CASE("a class that is named in both ways is the same one") {
    auto i = with_path("Exact", "/");
    i.spec.ingress_class_name = std::string("a");
    i.metadata.annotations["kubernetes.io/ingress.class"] = "b";
    CHECK(complaints(i) == lines{"annotations.kubernetes.io/ingress.class: Invalid value: \"b\": must match "
                                 "`ingressClassName` when both are specified"});
}

TEST_CASE("where requests come in is an address or a name") {
    auto i = with_path("Exact", "/");
    auto& place = i.status.load_balancer.ingress.emplace_back();
    place.ip = "x";
    place.hostname = "10.0.0.1";
    CHECK(status_complaints(i, i) ==
          lines{"status.loadBalancer.ingress[0].ip: Invalid value: \"x\": must be a valid IP address, (e.g. "
                "10.9.8.7 or 2001:db8::ffff)",
                "status.loadBalancer.ingress[0].hostname: Invalid value: \"10.0.0.1\": must be a DNS name, "
                "not an IP address"});
}
