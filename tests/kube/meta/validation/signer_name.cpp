/// \file
/// Names of signers.

#include "../../complaints.hpp"

#include <berth/kube/meta/validation/signer_name.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

auto told(std::string_view name) -> lines {
    return said_by(
        [&](auto& errors) { kube::detail::validate_signer_name(name, api::field_path("s"), errors); });
}

} // namespace

TEST_CASE("signers are named by a domain and a name") {
    CHECK(told("example.com/sign").empty());
    CHECK(told("kubernetes.io/kubelet-serving.a").empty());
    CHECK(told("") == lines{"s: Required value"});
    for (auto const* const bad : {"bad", "a.b/c/d"})
        CHECK(told(bad) == lines{"s: Invalid value: \"" + std::string(bad) +
                                 "\": must be a fully qualified domain and path of the form "
                                 "'example.com/signer-name'"});
    CHECK(told("com/sign") ==
          lines{"s: Invalid value: \"com\": should be a domain with at least two segments "
                "separated by dots"});
    auto const label = told("a.B/x");
    REQUIRE(label.size() == 1);
    CHECK(label[0].starts_with(
        "s: Invalid value: \"a.B\": validating label \"B\": a lowercase RFC 1123 label"));
    CHECK(told("a.b/").size() == 1);
}
