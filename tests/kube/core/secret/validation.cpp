/// \file
/// Secrets: what is refused, where and in which words.

#include "../../complaints.hpp"

#include <berth/kube/core/secret/validation.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

TEST_CASE("secrets of a type have its keys") {
    auto s = named<kube::secret>();
    s.type = "kubernetes.io/tls";
    CHECK(complaints(s) == lines{"data[tls.crt]: Required value", "data[tls.key]: Required value"});
}

TEST_CASE("a secret keeps its type, and one that is immutable its data") {
    auto before = named<kube::secret>();
    before.type = "Opaque";
    before.immutable = true;
    auto now = before;
    now.type = "x";
    now.data["a"] = {"1"};
    CHECK(complaints(now, before) == lines{"type: Invalid value: \"x\": field is immutable",
                                           "data: Forbidden: field is immutable when `immutable` is set"});
}

TEST_CASE("a secret for basic authentication has a name or a password") {
    auto s = named<kube::secret>();
    s.type = "kubernetes.io/basic-auth";
    CHECK(complaints(s) == lines{"data[username]: Required value", "data[password]: Required value"});
    s.data["password"] = {"x"};
    CHECK(complaints(s).empty());
}
