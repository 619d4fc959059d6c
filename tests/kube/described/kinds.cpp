/// \file
/// Kinds that are described by text alone.

#include "../vocabulary.hpp"

#include <berth/kube/described/kinds.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace test;

namespace {

constexpr auto text = R"(
@group test.v1 test/v1
@kind Ship ships namespaced short=sh fixed=spec idle generation
@column Home Port .spec.port
spec! ShipSpec
status ShipStatus default={}
@type ShipSpec
port! string enum=Genoa|Lisbon
@type ShipStatus
afloat! bool default=true
)";

auto read(api::kind const& k, std::string_view json) -> object::any_object {
    auto value = object::draft(*k.type);
    auto decoder = object::decoder(object::unknown_members::keep);
    REQUIRE(decoder.decode_document(object::parse_document(json)->value.get_object(), *k.type, value.data()));
    if (k.set_defaults) k.set_defaults(value.data());
    return std::move(value).finish();
}

auto said(api::field_errors const& errors) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& c : errors.causes()) out.push_back(c.field + ": " + c.message);
    return out;
}

} // namespace

TEST_CASE("a kind that is written as text has defaults, checks, a table and a status") {
    auto const kinds = kube::kinds_of_text(text);
    REQUIRE(kinds.size() == 1);
    auto const& k = kinds[0];
    CHECK(k.resource->plural == "ships");
    CHECK(k.short_names == std::vector<std::string_view>{"sh"});
    CHECK(k.find<api::part>("status") != nullptr);
    auto const genoa = read(k, R"({"metadata":{"name":"a"},"spec":{"port":"Genoa"}})");
    auto const nowhere = read(k, R"({"metadata":{"name":"a"},"spec":{"port":"Rome"}})");
    CHECK(std::get<std::string>(k.columns[1].value(genoa.data(), new_year)) == "Genoa");
    auto errors = api::field_errors();
    k.validate(genoa.data(), errors);
    CHECK(errors.empty());
    k.validate_update(nowhere.data(), genoa.data(), errors);
    CHECK(said(errors) ==
          std::vector<std::string>{
              "spec.port: Unsupported value: \"Rome\": supported values: \"Genoa\", \"Lisbon\"",
              "spec: Invalid value: {\"port\":\"Rome\"}: field is immutable"});
    CHECK(k.warnings(genoa.data(), nullptr) ==
          std::vector<std::string>{"test/v1 Ship is kept, and nothing in this cluster acts on it"});
    auto shown = std::string();
    object::append_json(shown, *k.type, genoa.data());
    CHECK(shown.find(R"("status":{"afloat":true})") != std::string::npos);
}

TEST_CASE("the kinds that others list and watch are there, each once") {
    auto names = std::set<std::string>();
    for (auto const& k : kube::described_kinds()) CHECK(names.insert(std::string(k.resource->plural)).second);
    for (auto const* const wanted : {"volumeattachments", "deviceclasses", "resourceslices", "resourceclaims",
                                     "ipaddresses", "servicecidrs", "apiservices", "flowschemas",
                                     "prioritylevelconfigurations", "validatingadmissionpolicies"})
        CHECK(names.contains(wanted));
}
