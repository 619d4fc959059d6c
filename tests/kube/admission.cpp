/// \file
/// The admission chain of a cluster.

#include "vocabulary.hpp"

#include <berth/kube/admission.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("the chain has the stock steps in their order") {
    auto names = std::vector<std::string>();
    for (auto const& step : kube::admission({.seed = 1})) names.emplace_back(step.name);
    CHECK(names == std::vector<std::string>{"NamespaceLifecycle", "LimitRanger", "ServiceAccount",
                                            "TaintNodesByCondition", "PodSecurity", "Priority",
                                            "DefaultTolerationSeconds", "DefaultStorageClass",
                                            "StorageObjectInUseProtection", "PersistentVolumeClaimResize",
                                            "CertificateSubjectRestriction", "RuntimeClass",
                                            "DefaultIngressClass", "ServiceAddresses", "ResourceQuota"});
}

TEST_CASE("webhooks are asked after all that changes objects, before quotas, where somebody asks them") {
    auto names = std::vector<std::string>();
    auto const asks = [](std::span<berth::net::post_request const> all, std::stop_token const&) {
        return std::vector<berth::result<berth::net::post_answer>>(all.size());
    };
    for (auto const& step : kube::admission({.seed = 1, .call_webhooks = asks}))
        names.emplace_back(step.name);
    CHECK(std::vector(names.end() - 5, names.end()) ==
          std::vector<std::string>{"DefaultIngressClass", "MutatingAdmissionWebhook",
                                   "ValidatingAdmissionWebhook", "ServiceAddresses", "ResourceQuota"});
}
