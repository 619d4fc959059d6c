/// \file
/// Differences between specs, as refusals tell them.

#include "../../../complaints.hpp"

#include <berth/kube/core/pod/validation/diff.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("differences are told in hunks with three lines around them") {
    auto a = lines();
    for (auto i = 0; i < 20; ++i) a.push_back(std::to_string(i));
    auto b = a;
    b[2] = "two";
    b.erase(b.begin() + 15);
    CHECK(kube::detail::unified(a, b) == "@@ -1,6 +1,6 @@\n 0\n 1\n-2\n+two\n 3\n 4\n 5\n"
                                         "@@ -13,7 +13,6 @@\n 12\n 13\n 14\n-15\n 16\n 17\n 18\n");
}

TEST_CASE("a pod spec is shown with what is the host's in its security context") {
    auto const text = kube::detail::internal_json({});
    CHECK(text.find("\"SecurityContext\":{\"HostNetwork\":false,\"HostPID\":false,\"HostIPC\":false,") !=
          std::string::npos);
    CHECK(text.find("\"FSGroup\":null,\"FSGroupChangePolicy\":null,\"Sysctls\":null,") != std::string::npos);
    CHECK(text.find("\"ServiceAccount\"") == std::string::npos);
}
