/// \file
/// What a struct says of itself and its members is found in its description.

#include "rapidcheck.hpp"
#include "things.hpp"

#include <berth/object/codec.hpp>

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace berth;

namespace {

struct rigging {
    std::string kind;
    std::int32_t masts = 0;
    object::list<std::string> sails;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(rigging, "test.Rigging", (kind, .required = true, .always = true, .values = "sloop,ketch"),
                   (masts, .minimum = 1, .maximum = 5, .number = 2),
                   (sails, .topology = object::merge_topology::set, .min_size = 1, .max_size = 9,
                    .number = 3))
};
/// Carries the members of another struct as its own.
struct yacht {
    rigging rig;
    std::string mode;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(yacht, "test.Yacht", (rig, .inlined = true, .number = 1),
                   (mode, .values = ",race,cruise", .fallback = "\"cruise\"", .pattern = "^[a-z]*$",
                    .text = "What it is used for."))
};
/// Keeps nothing that is not described.
struct anchor {
    std::string name;
    object::boxed<rigging> chain;

    BERTH_DESCRIBE(anchor, "test.Anchor", (name), (chain))
};

static_assert(object::described<rigging> && object::described_by_macro<rigging>);
static_assert(!object::described<int> && !object::described<std::string>);
static_assert(!object::kind_type<rigging> && object::kind_type<things::thing>);

template <object::described T> auto echo(std::string_view text) -> std::string {
    auto const value = object::from_json<T>(boost::json::parse({text.data(), text.size()}));
    return value ? object::to_json_text(*value) : value.error().message;
}

auto values_of(object::type_info const& type, std::string_view member) -> std::vector<std::string_view> {
    auto const& values = type.field(member)->details->values;
    return {values.begin(), values.end()};
}

} // namespace

TEST_CASE("names in snake case are camel case in JSON") {
    CHECK(object::camel_case("value_from") == "valueFrom");
    CHECK(object::camel_case("operator_") == "operator");
    CHECK(object::camel_case("plain") == "plain");
    CHECK(object::camel_case("host_4_ip") == "host4Ip");
    CHECK(object::camel_case("") == "");
}

TEST_CASE("the members of an inlined struct stand in JSON in its place") {
    auto const& type = object::type_of<yacht>();
    CHECK(type.members.size() == 2);
    CHECK(type.members[0].inlined);
    REQUIRE(type.fields.size() == 4);
    CHECK((type.fields[0].name == "kind" && type.fields[3].name == "mode"));
    auto y = yacht{};
    y.rig.masts = 2;
    CHECK(*static_cast<std::int32_t const*>(type.field("masts")->in(&y)) == 2);
    CHECK(type.field("rig") == nullptr);
    CHECK(echo<yacht>(R"({"kind":"ketch","masts":2,"mode":"race"})") ==
          R"({"kind":"ketch","masts":2,"mode":"race"})");
    CHECK(echo<yacht>("{}") == R"({"kind":""})");
    CHECK(echo<yacht>(R"({"kind":"","keel":1})") == R"({"kind":"","keel":1})");
}

TEST_CASE("inlined members are copied and compared as any") {
    auto a = yacht{};
    a.rig.sails = {"jib"};
    auto const b = a;
    CHECK(a == b);
    a.rig.sails.push_back("main");
    CHECK_FALSE(a == b);
    CHECK_FALSE(object::type_of<yacht>().is_zero(&b));
    CHECK(object::type_of<yacht>().is_zero(object::boxed<yacht>(yacht{}).get()));
}

TEST_CASE("what is said of a member is in its details, and nothing costs nothing") {
    auto const& rig = object::type_of<rigging>();
    CHECK(values_of(rig, "kind") == std::vector<std::string_view>{"sloop", "ketch"});
    CHECK((rig.field("kind")->required && rig.field("kind")->always));
    CHECK((rig.field("masts")->details->minimum == 1 && rig.field("masts")->details->maximum == 5));
    CHECK((rig.field("sails")->details->min_size == 1 && rig.field("sails")->details->max_size == 9));
    CHECK(rig.field("sails")->topology == object::merge_topology::set);
    CHECK(rig.field("sails")->number == 3);
    auto const& mode = *object::type_of<yacht>().field("mode")->details;
    CHECK(values_of(object::type_of<yacht>(), "mode") == std::vector<std::string_view>{"", "race", "cruise"});
    CHECK(mode.fallback == "\"cruise\"");
    CHECK(mode.pattern == "^[a-z]*$");
    CHECK(mode.text == "What it is used for.");
    CHECK(object::type_of<anchor>().field("name")->details == &object::no_details);
}

TEST_CASE("a struct without a place for it drops what is not described") {
    auto const& type = object::type_of<anchor>();
    CHECK_FALSE(type.preserves_unknown);
    CHECK(type.unknown_at == object::type_info::no_unknown);
    CHECK(echo<anchor>(R"({"name":"a","flukes":2,"chain":{"kind":"x","y":1}})") ==
          R"({"name":"a","chain":{"kind":"x","y":1}})");
}

TEST_CASE("RapidCheck draws described values, and what it draws is read back") {
    CHECK(rc::check([](things::thing const& t) {
        auto const text = object::to_json_text(t);
        auto const again = object::from_json<things::thing>(boost::json::parse(text));
        RC_ASSERT(again.has_value());
        RC_ASSERT(*again == t);
    }));
    auto drawn = 0;
    CHECK(rc::check([&](yacht const& y) { drawn += y == yacht{} ? 0 : 1; }));
    CHECK(drawn > 30);
    // The smallest yacht that has a mode has nothing but a mode.
    auto smaller = object::detail::shrunk(yacht{rigging{"ketch", 1, {}, {}}, "race", {}});
    CHECK(*smaller.next() == yacht{rigging{}, "race", {}});
    CHECK(*smaller.next() == yacht{rigging{"ketch", 1, {}, {}}, "", {}});
    CHECK_FALSE(smaller.next());
}
