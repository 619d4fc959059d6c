/// \file
/// Where a task stands, and a shell that adds nothing.

#include <berth/schedule/outcome.hpp>

#include <catch2/catch_test_macros.hpp>

namespace schedule = berth::schedule;

TEST_CASE("a failure says nothing but that the task was refused, until somebody says more") {
    auto const f = schedule::failure<>{};
    CHECK(f.at == schedule::stage::refused);
    CHECK(f.why.empty());
    CHECK(f.room.victims.empty());
    CHECK(f.limit == berth::duration{});
}

TEST_CASE("a shell that adds nothing leaves the node as it is, and binds") {
    auto node = 7;
    auto const shell = schedule::no_shell{};
    shell.reserve(1, node);
    shell.release(1, node);
    CHECK(node == 7);
    CHECK(shell.bind(1, node).has_value());
}
