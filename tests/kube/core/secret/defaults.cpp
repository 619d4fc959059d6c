/// \file
/// Secrets whose manifests say little.

#include <berth/kube/core/secret/defaults.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("texts of secrets become data") {
    auto s = kube::secret();
    s.string_data["a"] = "b";
    set_defaults(s);
    CHECK(s.data.get("a").data == "b");
    CHECK(s.string_data.empty());
    CHECK(s.type == "Opaque");
}
