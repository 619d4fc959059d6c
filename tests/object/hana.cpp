#include <berth/object/codec.hpp>
#include <berth/object/hana.hpp>

#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/for_each.hpp>
#include <boost/hana/fuse.hpp>
#include <boost/hana/keys.hpp>
#include <boost/hana/length.hpp>
#include <boost/hana/members.hpp>
#include <boost/hana/second.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>

namespace hana = boost::hana;
namespace object = berth::object;

namespace {

struct mooring {
    std::string quay;
    std::int32_t lines = 0;
    object::boxed<std::string> note;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(mooring, "example.Mooring", (quay, .required = true), (lines), (note))
};

static_assert(hana::Struct<mooring>::value);
static_assert(!hana::Struct<std::string>::value);

} // namespace

/// Adapted for Hana, and knowing nothing of Berth.
namespace fleet {

struct sailor {
    std::string name;
    std::int32_t age = 16;
};
struct ship {
    std::string home_port;
    std::vector<sailor> crew;
    std::optional<sailor> captain;
    object::dictionary<sailor> by_rank;
    object::list<sailor> guests;
    std::optional<std::int64_t> tons;
};

} // namespace fleet

BOOST_HANA_ADAPT_STRUCT(fleet::sailor, name, age);
BOOST_HANA_ADAPT_STRUCT(fleet::ship, home_port, crew, captain, by_rank, guests, tons);
static_assert(object::described<fleet::ship> && !object::described_by_macro<fleet::ship>);

TEST_CASE("a described struct is a Hana Struct with its members' names as keys") {
    auto const keys = hana::keys(mooring{});
    static_assert(decltype(hana::length(keys))::value == 3);
    CHECK(std::string(hana::to<char const*>(keys[hana::size_c<0>])) == "quay");
    CHECK(std::string(hana::to<char const*>(keys[hana::size_c<2>])) == "note");
}

TEST_CASE("Hana's algorithms see the values of a described struct in the order of its description") {
    auto m = mooring{};
    m.quay = "north";
    m.lines = 4;
    auto seen = std::string();
    hana::for_each(m, hana::fuse([&](auto name, auto const& value) {
                       seen += hana::to<char const*>(name);
                       if constexpr (std::is_same_v<std::remove_cvref_t<decltype(value)>, std::string>)
                           seen += "=" + value;
                       seen += ' ';
                   }));
    CHECK(seen == "quay=north lines note ");
    CHECK(hana::members(m)[hana::size_c<1>] == 4);
}

TEST_CASE("an accessor reaches the member itself") {
    auto m = mooring{};
    hana::second(hana::accessors<mooring>()[hana::size_c<1>])(m) = 7;
    CHECK(m.lines == 7);
}

TEST_CASE("a struct that was adapted for Hana is a described one") {
    auto const& t = object::type_of<fleet::ship>();
    CHECK(&t == &object::type_of<fleet::ship>());
    REQUIRE(t.fields.size() == 6);
    CHECK(t.field("homePort") == &t.fields[0]);
    CHECK(&t.field("crew")->type().element() == &object::type_of<fleet::sailor>());

    auto s = fleet::ship{"Bergen", {{"ann", 30}, {"bob", 20}}, fleet::sailor{"cid", 50}, {}, {}, 7};
    s.by_rank["mate"] = {"dot", 40};
    CHECK(s.guests.emplace_back().age == 16);
    auto const text = object::to_json_text(s);
    CHECK(text == R"({"homePort":"Bergen","crew":[{"name":"ann","age":30},{"name":"bob","age":20}],)"
                  R"("captain":{"name":"cid","age":50},"byRank":{"mate":{"name":"dot","age":40}},)"
                  R"("guests":[{"age":16}],"tons":7})");
    auto const back = object::from_json<fleet::ship>(boost::json::parse(text));
    REQUIRE(back);
    CHECK(t.equal(&s, &*back));
    s.crew[1].age = 21;
    CHECK_FALSE(t.equal(&s, &*back));
}

TEST_CASE("what a struct that was adapted for Hana does not know is dropped") {
    auto const read = object::from_json<fleet::sailor>(boost::json::parse(R"({"name":"ann","rank":3})"));
    REQUIRE(read);
    CHECK(object::to_json_text(*read) == R"({"name":"ann","age":16})");
}
