#include "harbour.hpp"

#include <berth/schedule/shared_text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace {

using berth::schedule::shared_text;

TEST_CASE("a text is the same wherever it lives") {
    auto const name = std::string("has what the job needs");
    auto const literal = shared_text("has what the job needs");
    auto const lasting = shared_text::lasting(name);
    auto const own = shared_text(name);
    CHECK(literal == lasting);
    CHECK(lasting == own);
    CHECK(own == std::string_view(name));
    CHECK(own == name);
    CHECK(own == "has what the job needs");
    CHECK("another" != own);
    CHECK(own.str() == name);
    CHECK(lasting.view().data() == name.data());
    CHECK(own.view().data() != name.data());
    CHECK(!(own == shared_text("another")));
    CHECK(shared_text().empty());
    CHECK(shared_text(std::string()) == shared_text());
}

TEST_CASE("a copy of a text costs no memory, and outlives the first") {
    auto first = std::optional<shared_text>(std::string("composed while the program runs"));
    auto const before = harbour::allocations();
    auto const second = *first; // NOLINT(performance-unnecessary-copy-initialization): it is what is tested
    first.reset();
    CHECK(harbour::allocations() == before);
    CHECK(second.view() == "composed while the program runs");
}

} // namespace
