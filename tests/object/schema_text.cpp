/// \file
/// Kinds written as text, a line for each member.

#include <berth/object/schema_text.hpp>

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

TEST_CASE("a text becomes a document with a schema for each type") {
    auto const read = object::read_schema_text("@group a.v1 example.com/v1\n"
                                               "# one kind\n"
                                               "@kind Ship ships cluster short=sh\n"
                                               "@column Home Port .spec.port wide\n"
                                               "spec! ShipSpec\n"
                                               "@type ShipSpec\n"
                                               "port string enum=A|B default=\"A\"\n"
                                               "decks [int] set most=3\n"
                                               "crew {meta.LabelSelector}\n"
                                               "left time\n");
    REQUIRE(read);
    REQUIRE(read->kinds.size() == 1);
    auto const& k = read->kinds[0];
    CHECK(k.resource() == object::resource_name{"example.com", "v1", "Ship", "ships", "ship", false});
    CHECK(k.options.find("short")->second == "sh");
    REQUIRE(k.columns.size() == 1);
    CHECK(k.columns[0].name == "Home Port");
    CHECK(k.columns[0].wide);
    auto const& schemas = read->document.at("components").at("schemas");
    CHECK(boost::json::serialize(schemas.at("a.v1.ShipSpec")) ==
          R"({"type":"object","properties":{"port":{"type":"string","enum":["A","B"],"default":"A"},)"
          R"("decks":{"type":"array","items":{"type":"integer",)"
          R"("format":"int32"},"x-kubernetes-list-type":"set",)"
          R"("maxItems":3},"crew":{"type":"object","additionalProperties":{"allOf":[{"$ref":)"
          R"("#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"}]}},"left":{"allOf":[)"
          R"({"$ref":"#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Time"}]}}})");
    CHECK(boost::json::serialize(schemas.at("a.v1.Ship").at("required")) == R"(["spec"])");
}

TEST_CASE("members have numbers, also in messages that embed them, and some tell zero from nothing") {
    auto const read = object::read_schema_text("@group a.v1 example.com/v1\n"
                                               "@kind Ship ships cluster\n"
                                               "spec! ShipSpec #2\n"
                                               "@type ShipSpec\n"
                                               "port string #3 default=\"A\"\n"
                                               "decks *int #2.7\n"
                                               "length! int #2.1.4\n"
                                               "@kind Raft rafts cluster\n"
                                               "logs int\n");
    REQUIRE(read);
    auto const types = object::describe(*read, {});
    REQUIRE(types);
    auto const& spec = *types->find("a.v1.ShipSpec");
    CHECK(spec.field("port")->number == 3);
    CHECK(spec.field("port")->zero_is_absent);
    CHECK(spec.field("decks")->number == 2007);
    CHECK_FALSE(spec.field("decks")->zero_is_absent);
    CHECK(spec.field("length")->number == 2001004);
    CHECK(spec.field("length")->zero_is_absent);
    CHECK(types->find("a.v1.Ship")->field("metadata")->number == 1);
    CHECK(types->find("a.v1.Ship")->field("spec")->number == 2);
    CHECK(types->find("a.v1.Raft")->field("metadata")->number == 0);
    CHECK_FALSE(types->find("a.v1.Raft")->field("logs")->zero_is_absent);
}

TEST_CASE("a text that is wrong says in which line") {
    for (auto const* const wrong :
         {"name string", "@group a", "@group a v1\n@kind Ship ships", "@column A .b",
          "@group a v1\n@type T\nx", "@group a v1\n@type T\nx [int", "@group a v1\n@type T\nx int min=one",
          "@group a v1\n@type T\nx int big", "@group a v1\n@type T\nx int #",
          "@group a v1\n@type T\nx int #0", "@group a v1\n@type T\nx int #1000",
          "@group a v1\n@type T\nx int #1.", "@group a v1\n@type T\nx int #a",
          "@group a v1\n@type T\nx int #1.2.3.4", "@group a v1\n@type T\nx int #1\ny int\n@type U",
          "@group a v1\n@type T\nx int #1\ny int #1\n@type U", "@group a v1\n@type T\nx *",
          "@group a v1\n@type T\nx int default={"}) {
        auto const read = object::read_schema_text(wrong);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == error_code::bad_request);
        CHECK(read.error().message.starts_with("line "));
    }
}
