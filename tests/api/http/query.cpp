#include <berth/api/http/query.hpp>

#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;

TEST_CASE("percent-encoding is undone, and a malformed escape is told") {
    CHECK(http::percent_decode("a%20b%2Fc+d", false) == "a b/c+d");
    CHECK(http::percent_decode("a+b%3d", true) == "a b=");
    CHECK_FALSE(http::percent_decode("%", false));
    CHECK_FALSE(http::percent_decode("%2", false));
    CHECK_FALSE(http::percent_decode("%gg", true));
}

TEST_CASE("parameters keep their order, and the first of a name counts") {
    auto const q = http::query("a=1&b=&a=2&c&%zz=1&d=%3D%26");
    CHECK(q.text("a") == "1");
    CHECK(q.all("a") == std::vector<std::string>{"1", "2"});
    CHECK(q.find("b") != nullptr);
    CHECK(q.text("c").empty());
    CHECK(q.text("d") == "=&");
    CHECK(q.find("e") == nullptr);
    CHECK(http::query("").empty());
}

TEST_CASE("only false and 0 switch off") {
    auto const q = http::query("a=false&b=0&c=FALSE&d=true&e=x&f=&g=1");
    for (auto const* off : {"a", "b", "c"}) CHECK(q.flag(off) == false);
    for (auto const* on : {"d", "e", "f", "g"}) CHECK(q.flag(on) == true);
    CHECK_FALSE(q.flag("h").has_value());
}
