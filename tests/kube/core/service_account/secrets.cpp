/// \file
/// Which secrets a pod may use.

#include "../../vocabulary.hpp"

#include <berth/kube/core/service_account/secrets.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("a pod of an account that says so uses only the secrets that it names") {
    auto a = kube::service_account();
    a.metadata.name = "strict";
    CHECK_FALSE(kube::detail::limits_secrets(a));
    a.metadata.annotations["kubernetes.io/enforce-mountable-secrets"] = "true";
    CHECK(kube::detail::limits_secrets(a));
    a.secrets.emplace_back().name = "known";
    a.image_pull_secrets.emplace_back().name = "registry";
    auto s = kube::pod_spec();
    s.volumes.emplace_back().secret.engage().secret_name = "known";
    s.image_pull_secrets.emplace_back().name = "registry";
    auto& c = s.containers.emplace_back();
    c.name = "main";
    c.env.emplace_back().value_from.engage().secret_key_ref.engage().name = "known";
    CHECK(kube::detail::secret_problem(a, s).empty());
    c.env.emplace_back().name = "K";
    c.env.back().value_from.engage().secret_key_ref.engage().name = "other";
    CHECK(
        kube::detail::secret_problem(a, s) ==
        "container main with envVar K referencing secret.secretName=\"other\" is not allowed because service "
        "account strict does not reference that secret");
    c.env.clear();
    c.env_from.emplace_back().secret_ref.engage().name = "other";
    CHECK(kube::detail::secret_problem(a, s).starts_with("container main with envFrom referencing"));
    s.containers.clear();
    s.image_pull_secrets.emplace_back().name = "mine";
    CHECK(kube::detail::secret_problem(a, s).starts_with("imagePullSecrets[1].name=\"mine\" is not allowed"));
    s.volumes[0].secret->secret_name = "other";
    CHECK(kube::detail::secret_problem(a, s).starts_with("volume with secret.secretName=\"other\""));
}

TEST_CASE("a mirror pod has no account, no secrets and no token") {
    auto s = kube::pod_spec();
    CHECK(kube::detail::mirror_problem(s).empty());
    s.volumes.emplace_back().projected.engage().sources.emplace_back().service_account_token.engage();
    CHECK(kube::detail::mirror_problem(s) ==
          "a mirror pod may not use ServiceAccountToken volume projections");
    s.volumes.emplace_back().secret.engage();
    CHECK(kube::detail::mirror_problem(s) == "a mirror pod may not reference secrets");
    s.service_account_name = "a";
    CHECK(kube::detail::mirror_problem(s) == "a mirror pod may not reference service accounts");
}
