/// \file
/// Blocks of PEM in texts that have more, less, or something else.

#include <berth/core/pem.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace berth;

TEST_CASE("a block is found among other lines, and the next one after it") {
    auto const first = next_pem_block("hello\n-----BEGIN A B-----\r\nYWJj\nZGVm\n-----END A B-----\n"
                                      "-----BEGIN C-----\nkey: value\n\nZw==\n-----END C-----");
    REQUIRE(first);
    CHECK(first->type == "A B");
    CHECK(first->bytes == "abcdef");
    CHECK_FALSE(first->has_headers);
    auto const second = next_pem_block(first->rest);
    REQUIRE(second);
    CHECK(second->type == "C");
    CHECK(second->bytes == "g");
    CHECK(second->has_headers);
    CHECK_FALSE(next_pem_block(second->rest));
}

TEST_CASE("what is no whole block is none") {
    CHECK_FALSE(next_pem_block(""));
    CHECK_FALSE(next_pem_block("-----BEGIN -----END "));
    CHECK_FALSE(next_pem_block("-----BEGIN A-----\nYWJj\n"));
    CHECK_FALSE(next_pem_block("-----BEGIN A-----\nYWJj\n-----END B-----\n"));
    CHECK_FALSE(next_pem_block("-----BEGIN A-----\n????\n-----END A-----\n"));
    CHECK_FALSE(next_pem_block("-----END A-----\n"));
    auto const after = next_pem_block("-----BEGIN A-----\n-----BEGIN B-----\nYQ==\n-----END B-----\n");
    REQUIRE(after);
    CHECK(after->type == "B");
}
