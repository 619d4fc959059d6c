/// \file
/// Programs are known by their user agents.

#include <berth/api/http/access.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace berth;

TEST_CASE("a program has one identity, whatever its version") {
    auto agents = api::http::known_agents();
    auto const first = agents.find("kubectl/v1.36.2");
    CHECK(first->field_manager == "kubectl");
    CHECK(agents.find("kubectl/v1.35.0") == first);
    CHECK(agents.find("curl/8.1") != first);
    CHECK(agents.find("")->field_manager == "unknown");
}

TEST_CASE("no more programs are remembered than there is room for") {
    auto agents = api::http::known_agents();
    auto const first = agents.find("first");
    for (auto i = 0; i < 1000; ++i) static_cast<void>(agents.find("p" + std::to_string(i)));
    CHECK(agents.find("first") != first);
    CHECK(*agents.find("first") == *first);
}

TEST_CASE("a bearer's token is what follows the scheme and one blank") {
    auto const token = [](std::string_view header) {
        return std::string(api::http::read_bearer(header).token);
    };
    CHECK(token("Bearer abc") == "abc");
    CHECK(token("  bEaReR abc  ") == "abc");
    CHECK(token("Bearer a b") == "a");
    for (auto const* const other :
         {"", "Bearer", "Bearer ", "Basic YTpi", "abc", "Bearerabc", "Bearer\tabc"}) {
        CHECK(token(other).empty());
        CHECK_FALSE(api::http::read_bearer(other).misplaced);
    }
    CHECK(token("Bearer  abc").empty());
    CHECK(api::http::read_bearer("Bearer  abc").misplaced);
}
