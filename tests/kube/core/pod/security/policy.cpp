/// \file
/// What the labels of a namespace demand of its pods.

#include "../../../complaints.hpp"

#include <berth/kube/core/pod/security/policy.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using labels = object::string_map;
constexpr auto prefix = "pod-security.kubernetes.io/";

auto read(std::vector<std::pair<std::string, std::string>> const& said, lines* wrong = nullptr)
    -> kube::security_policy {
    auto l = labels();
    for (auto const& [key, value] : said) l[prefix + key] = value;
    auto errors = api::field_errors();
    auto out = kube::security_policy_of(l, errors);
    if (wrong != nullptr) *wrong = test::said(errors);
    return out;
}

} // namespace

TEST_CASE("what is enforced is told of too, unless the labels say otherwise") {
    CHECK(read({}) == kube::security_policy());
    auto p = read({{"enforce", "baseline"}, {"enforce-version", "v1.20"}});
    CHECK(p.enforce.to_string() == "baseline:v1.20");
    CHECK(p.warn == p.enforce);
    CHECK(p.audit == p.enforce);
    p = read({{"enforce", "baseline"}, {"warn", "restricted"}, {"audit-version", "v1.3"}});
    CHECK(p.warn.to_string() == "restricted:latest");
    CHECK(p.audit.to_string() == "baseline:v1.3");
    CHECK(read({{"warn", "restricted"}}).enforce.to_string() == "privileged:latest");
}

TEST_CASE("what is none of the levels is enforced as the strictest, and warned of by none") {
    auto wrong = lines();
    auto const p =
        read({{"enforce", "x"}, {"warn", ""}, {"audit-version", "v1.07"}, {"warn-version", "1.2"}}, &wrong);
    CHECK(p.enforce.level == kube::security_level::restricted);
    CHECK(p.warn == kube::security_demand());
    CHECK(wrong ==
          lines{"metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"x\": must be one "
                "of privileged, baseline, restricted",
                "metadata.labels[pod-security.kubernetes.io/audit-version]: Invalid value: \"v1.07\": "
                "must be \"latest\" or \"v1.x\"",
                "metadata.labels[pod-security.kubernetes.io/warn]: Invalid value: \"\": must be one of "
                "privileged, baseline, restricted",
                "metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \"1.2\": must "
                "be \"latest\" or \"v1.x\""});
}
