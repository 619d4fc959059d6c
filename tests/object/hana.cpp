#include <berth/object/hana.hpp>

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
