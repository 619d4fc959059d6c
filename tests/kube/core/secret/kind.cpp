/// \file
/// How secrets behave in the API, and their table.

#include "../../table.hpp"

#include <berth/kube/core/secret/kind.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace test;

namespace {

using words = std::vector<std::string>;

} // namespace

TEST_CASE("texts of a secret become its data") {
    auto s = kube::secret();
    s.data["b"] = {"2"};
    s.string_data["a"] = "1";
    kube::secret_kind().prepare_create(s);
    CHECK(s.data.get("a").data == "1");
    CHECK(s.data.size() == 2);
    CHECK(s.string_data.empty());
}

TEST_CASE("an update that does not speak of the type keeps it") {
    auto before = kube::secret();
    before.type = "kubernetes.io/tls";
    auto now = kube::secret();
    kube::secret_kind().prepare_update(now, before);
    CHECK(now.type == "kubernetes.io/tls");
}

TEST_CASE("the table of secrets shows types and counts, and never data") {
    auto s = kube::secret();
    s.metadata.name = "s";
    s.metadata.creation_timestamp = object::timestamp(new_year);
    s.type = "Opaque";
    s.data["a"] = {"hidden"};
    CHECK(cells_of(kube::secret_kind(), s) == words{"s", "Opaque", "1", "100s"});
    auto const k = api::kind(kube::secret_kind());
    CHECK(k.field_value(&s, "type") == "Opaque");
}
