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
