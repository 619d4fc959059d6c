/// \file
/// Kinds that are described by text alone.

#include "../vocabulary.hpp"

#include <berth/api/protobuf.hpp>
#include <berth/api/protobuf_encode.hpp>
#include <berth/kube/described/kinds.hpp>
#include <berth/object/arbitrary.hpp>
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

auto in_protobuf(api::kind const& k, void const* object) -> std::string {
    auto out = std::string();
    api::append_protobuf(out, *k.type, object, 0);
    return out;
}

/// An object that is in protobuf, as a request would be read.
auto from_protobuf(api::kind const& k, std::string_view bytes) -> std::string {
    auto known = api::registry();
    known.add(k);
    auto read = api::protobuf_to_json(known, bytes);
    return read ? *read : read.error().message;
}

/// A field of a message: its number, and a text or a message.
auto field(int number, std::string const& content) -> std::string {
    return std::string{static_cast<char>(number << 3 | 2), static_cast<char>(content.size())} + content;
}
auto field(int number, int value) -> std::string {
    return {static_cast<char>(number << 3), static_cast<char>(value)};
}

auto kind_called(std::string_view name) -> api::kind {
    for (auto& k : kube::described_kinds())
        if (k.resource->kind == name) return std::move(k);
    return {};
}

/// The message of an object, without its envelope and its metadata.
auto body_of(api::kind const& k, std::string_view json) -> std::string {
    auto const nobody = object::meta();
    auto value = object::draft(*k.type);
    auto decoder = object::decoder(object::unknown_members::keep);
    REQUIRE(decoder.decode_document(object::parse_document(json)->value.get_object(), *k.type, value.data()));
    auto none = std::string();
    api::detail::protobuf_encoder(none).write_record(object::type_of<object::meta>(), &nobody);
    auto out = std::string();
    api::detail::protobuf_encoder(out).write_record(*k.type, value.data());
    return out.substr(field(1, none).size());
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

TEST_CASE("each of them is told in protobuf, and read again as it was") {
    auto draw = berth::random_engine(7);
    for (auto const& k : kube::described_kinds()) {
        CAPTURE(k.resource->kind);
        CHECK(api::has_protobuf(*k.type));
        for (auto i = 0; i < 40; ++i) {
            auto first = object::draft(*k.type);
            object::arbitrary_values(draw, {.rarity = 2, .most = 2, .depth = 12, .unknown = false})
                .fill(*k.type, first.data());
            auto const told = in_protobuf(k, first.data());
            auto const json = from_protobuf(k, told);
            CAPTURE(json.substr(0, 200), told.size());
            REQUIRE(json.starts_with('{'));
            auto second = object::draft(*k.type);
            auto decoder = object::decoder(object::unknown_members::keep);
            REQUIRE(decoder.decode_document(object::parse_document(json)->value.get_object(), *k.type,
                                            second.data()));
            CHECK(decoder.unknown_paths().empty());
            CHECK(in_protobuf(k, second.data()) == told);
        }
    }
    CHECK_FALSE(api::has_protobuf(*kube::kinds_of_text(text)[0].type)); // none was said
}

TEST_CASE(
    "they are told as Go tells them: zeros that are no pointers too, members of embedded messages there") {
    CHECK(body_of(kind_called("VolumeAttachment"),
                  R"({"spec":{"attacher":"a","nodeName":"n","source":{"persistentVolumeName":"v"}}})") ==
          field(2, field(1, "a") + field(2, field(1, "v")) + field(3, "n")) + field(3, field(1, 0)));
    CHECK(body_of(kind_called("ServiceCIDR"), R"({"spec":{"cidrs":["x","y"]}})") ==
          field(2, field(1, "x") + field(1, "y")) + field(3, ""));
    CHECK(body_of(kind_called("DeviceClass"),
                  R"({"spec":{"config":[{"opaque":{"driver":"d","parameters":{}}}]}})") ==
          field(2, field(2, field(1, field(1, field(1, "d") + field(2, field(1, "{}")))))));
    CHECK(
        body_of(kind_called("ValidatingAdmissionPolicyBinding"),
                R"({"spec":{"policyName":"p","validationActions":["Deny"],"matchResources":{"resourceRules":)"
                R"([{"operations":["*"],"apiGroups":["g"],"resources":["r"],"scope":"*"}]}}})") ==
        field(2, field(1, "p") +
                     field(3, field(3, field(2, field(1, "*") + field(2, field(1, "g") + field(3, "r") +
                                                                             field(4, "*"))))) +
                     field(4, "Deny")));
}

TEST_CASE("a zero that is no pointer in Go is read as nothing, so that it gets its default") {
    auto const k = kind_called("FlowSchema");
    auto const spec = field(1, field(1, "l")) + field(2, 0);
    auto const bytes = [&](std::string const& message) {
        auto const meta = field(1, "flowcontrol.apiserver.k8s.io/v1") + field(2, "FlowSchema");
        return std::string("k8s\0", 4) + field(1, meta) + field(2, message);
    };
    CHECK(from_protobuf(k, bytes(field(2, spec))).find("matchingPrecedence") == std::string::npos);
    CHECK(from_protobuf(k, bytes(field(2, spec + field(2, 9)))).find(R"("matchingPrecedence":9)") !=
          std::string::npos);
    auto const claims = kind_called("PriorityLevelConfiguration");
    auto const limited = field(1, "Limited") + field(2, field(1, 0));
    auto const meta = field(1, "flowcontrol.apiserver.k8s.io/v1") + field(2, "PriorityLevelConfiguration");
    auto const read =
        from_protobuf(claims, std::string("k8s\0", 4) + field(1, meta) + field(2, field(2, limited)));
    CHECK(read.find(R"("nominalConcurrencyShares":0)") != std::string::npos); // a pointer: zero is said
}
