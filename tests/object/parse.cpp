/// \file
/// JSON text to a document: duplicates are told, nonsense and abysses refused.

#include "../fuzz/corpus.hpp"
#include "../fuzz/json_document.hpp"

#include <berth/core/random.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/static_resource.hpp>
#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace berth;
using paths = std::vector<std::string>;

namespace {

auto duplicates(std::string_view text) -> paths {
    auto const d = object::parse_document(text);
    REQUIRE(d);
    return d->duplicate_paths;
}

auto refused(std::string_view text) -> bool {
    auto const d = object::parse_document(text);
    return !d && d.error().code == error_code::bad_request &&
           d.error().message.find("at offset") != std::string::npos;
}

} // namespace

TEST_CASE("members that occur twice are told with their path, once each") {
    CHECK(duplicates(R"({"a":1,"b":2})").empty());
    CHECK(duplicates(R"({"a":1,"a":2,"a":3})") == paths{"a"});
    CHECK(duplicates(R"({"s":{"a":1,"b":0,"a":2,"b":1}})") == paths{"s.a", "s.b"});
    CHECK(duplicates(R"({"l":[1,{"x":1},[0,{"a":1,"a":2}]]})") == paths{"l[2][1].a"});
    CHECK(duplicates(R"([{"a":1},{"a":1,"a":1}])") == paths{"[1].a"});
    CHECK(duplicates(R"({"a":{"k":1,"k":2},"a":{"k":1}})") == paths{"a.k", "a"});
    CHECK(duplicates(R"({"a":1,"a":2,"b":{"k":1,"k":2}})") == paths{"a", "b.k"}); // as they come
    CHECK(duplicates(R"({"b":[{},{"k":1,"k":2}],"a":{"b":1,"a":1,"a":2,"b":2},"b":3})") ==
          paths{"b[1].k", "a.a", "a.b", "b"});
    CHECK(duplicates(R"({"a":1,"a":{"k":1,"k":2}})") == paths{"a", "a.k"});
    CHECK(duplicates(R"({"a\u0062":1,"ab":2})") == paths{"ab"});
    CHECK(duplicates(R"({"":1,"":2})") == paths{""});
}

TEST_CASE("numbers are read to the last digit, and stay what they are however often they are written") {
    for (auto const* const text :
         {"18446744079370955161400", "123456789012345678901", "2.2250738585072011e-308", "9007199254740993e3",
          "0.30000000000000004", "-1.7976931348623157e308", "5e-324", "1e-400", "0.1"}) {
        INFO(text);
        auto const read = object::parse_document(text).value();
        CHECK(read.value.get_double() == std::strtod(text, nullptr));
        auto const again = object::parse_document(boost::json::serialize(read.value)).value();
        CHECK(again.value == read.value);
    }
    CHECK_FALSE(object::parse_document("1.7976931348623159e308"));
    CHECK_FALSE(object::parse_document("[1, 1e999]"));
    CHECK(object::parse_document("[1.5, 7, 2.5]").value().value == boost::json::value{1.5, 7, 2.5});
}

TEST_CASE("only the first duplicates are told, and not more of them than a few KiB") {
    auto many = std::string("{");
    for (auto i = 0; i < 5'000; ++i)
        many += "\"k" + std::to_string(i) + "\":0,\"k" + std::to_string(i) + "\":1,";
    many += "\"end\":0}";
    auto const told = duplicates(many);
    CHECK(told.size() == object::told_paths::most);
    CHECK(told.front() == "k0");
    // the long key stands in the path of each duplicate below it
    auto const below = duplicates("{\"" + std::string(200'000, 'a') + "\":" + many + "}");
    auto bytes = std::size_t{0};
    for (auto const& path : below) bytes += path.size();
    CHECK(bytes == object::told_paths::most_text);
    auto deep = std::string();
    auto const key = "\"" + std::string(100, 'b') + "\":";
    for (auto i = 0; i < 500; ++i) deep += "{" + key + "1," + key;
    CHECK(duplicates(deep + "1" + std::string(500, '}')).size() <= object::told_paths::most);
}

TEST_CASE("a path that is told twice is told once") {
    CHECK(duplicates(R"({"a":{"k":1,"k":2},"a":{"k":1,"k":2}})") == paths{"a.k", "a"});
}

TEST_CASE("the last of a member that occurs twice counts") {
    auto const d = object::parse_document(R"({"a":1,"b":{"x":1},"a":[2],"b":null})");
    REQUIRE(d);
    CHECK(d->value.at("a").as_array().at(0) == 2);
    CHECK(d->value.at("b").is_null());
}

TEST_CASE("a value is parsed into the memory that is given") {
    unsigned char space[4096];
    auto memory = boost::json::static_resource(space, sizeof space);
    auto const read =
        object::parse_document(R"({"a":[1,{"b":"a text that is too long to lie in its value"}]})", &memory);
    REQUIRE(read);
    CHECK(read->value.storage().get() == &memory);
    CHECK(read->value.at("a").at(1).at("b").storage().get() == &memory);
    auto const copy = boost::json::value(read->value, boost::json::storage_ptr());
    CHECK(copy == read->value);
}

TEST_CASE("every kind of value is parsed") {
    auto const d =
        object::parse_document(R"( [null, true, -5, 18446744073709551615, 1.5, "a\n\u00e4", [], {}] )");
    REQUIRE(d);
    auto const& a = d->value.as_array();
    CHECK(a.size() == 8);
    CHECK(a[2].is_int64());
    CHECK(a[3].is_uint64());
    CHECK(a[4].as_double() == 1.5);
    CHECK(a[5].as_string() == "a\nä");
    CHECK(object::parse_document("1")->value == 1);
    CHECK(object::parse_document("\"x\"\n")->value.as_string() == "x");
}

TEST_CASE("what is not one JSON value is refused") {
    for (auto const* bad : {"", " ", "{", "[1,", "{\"a\"", "{\"a\":}", "{a:1}", "tru", "01", "1 2", "{} x",
                            "[1]]", "\"\x01\"", "\"\xff\"", "'a'", "{\"a\":1,}", "// c\n1", "nan"}) {
        CAPTURE(bad);
        CHECK(refused(bad));
    }
}

TEST_CASE("a number that no type can hold is refused") {
    CHECK(refused("[1e400]"));
    CHECK(refused("-1e99999"));
    CHECK(object::parse_document("1e308")->value.as_double() == 1e308);
    CHECK(object::parse_document("1e-400")->value.as_double() == 0);
}

TEST_CASE("a member of the document that occurs twice tells whether it was always text") {
    auto const mixed = [](std::string_view text) { return object::parse_document(text)->mixed_duplicates; };
    using names = std::vector<std::string>;
    CHECK(mixed(R"({"a":1,"a":"x"})") == names{"a"});
    CHECK(mixed(R"({"a":"x","a":1})") == names{"a"});
    CHECK(mixed(R"({"b":1,"a":{"c":1},"a":"x"})") == names{"a"});
    CHECK(mixed(R"({"a":[{"x":1}],"b":2,"a":"x","b":[]})") == names{"a", "b"});
    CHECK(mixed(R"({"a":null,"a":"x","b":1})").empty());
    CHECK(mixed(R"({"a":{"b":1,"b":"x"}})").empty());
    CHECK(mixed(R"([{"a":1,"a":"x"}])").empty());
}

TEST_CASE("nesting is parsed to a depth and no further") {
    auto const nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(object::parse_document(nested(object::json_depth_limit)));
    CHECK(refused(nested(object::json_depth_limit + 1)));
    CHECK(refused(nested(1'000'000)));
    CHECK(refused(std::string(1'000'000, '[')));
    auto members = std::string();
    for (auto i = 0; i < 1'000; ++i) members += "{\"a\":";
    CHECK(refused(members));
}

TEST_CASE("long keys and texts that come in parts are whole") {
    auto const key = std::string(10'000, 'k') + "\\n" + std::string(10'000, 'x');
    auto const d = object::parse_document("{\"" + key + "\":1,\"" + key + "\":2}");
    REQUIRE(d);
    CHECK(d->duplicate_paths.size() == 1);
    CHECK(d->duplicate_paths.front().size() == 20'001);
    CHECK(d->value.as_object().size() == 1);
}

TEST_CASE("damaged text is answered, never more") {
    auto const whole =
        std::string(R"({"a":{"b":[1,2.5e3,"x\u0041",null,true]},"c":[{"d":{}},{"d":-1,"d":2}]})");
    for (std::size_t n = 0; n < whole.size(); ++n) CHECK(refused(std::string_view(whole).substr(0, n)));
    auto draw = berth::random_engine(3);
    for (auto i = 0; i < 5'000; ++i) {
        auto text = whole;
        for (auto flips = draw.below(5) + 1; flips > 0; --flips)
            text[draw.below(text.size())] = static_cast<char>(draw.below(256));
        (void)object::parse_document(text);
    }
}

TEST_CASE("the kept texts are read without a finding") {
    for (auto const& input : tests::corpus("json_document"))
        fuzz::read_document(input); // ends the process if not
}
