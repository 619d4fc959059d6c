/// \file
/// Who asks.

#include <berth/api/identity.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

TEST_CASE("a program manages fields under the first part of its user agent") {
    CHECK(api::manager_of_user_agent("kubectl/v1.36.2 (linux/amd64) kubernetes/abc") == "kubectl");
    CHECK(api::manager_of_user_agent("curl") == "curl");
    CHECK(api::manager_of_user_agent("").empty());
    CHECK(api::manager_of_user_agent("a\nb\tc/1") == "abc");
    CHECK(api::manager_of_user_agent(std::string(200, 'x')).size() == 128);
}

TEST_CASE("the parts of a control plane have the names that Kubernetes gives them") {
    CHECK(api::system_identity("kube-scheduler").user == "system:kube-scheduler");
    CHECK(api::system_identity("kube-scheduler").field_manager == "kube-scheduler");
    auto const agent = api::node_identity("n1");
    CHECK(agent.user == "system:node:n1");
    CHECK(agent.groups.front() == "system:nodes");
    auto const account = api::service_account_identity("kube-system", "job-controller");
    CHECK(account.user == "system:serviceaccount:kube-system:job-controller");
    CHECK(account.groups[1] == "system:serviceaccounts:kube-system");
    auto const nobody = api::anonymous_identity("curl/8.1");
    CHECK(nobody.user == "system:anonymous");
    CHECK(nobody.groups.front() == "system:unauthenticated");
    CHECK(nobody.field_manager == "curl");
}
