/// \file
/// A result is a value or an error, and passes as `std::expected` does.

#include <berth/core/result.hpp>

#include <catch2/catch_test_macros.hpp>

#include <any>
#include <expected>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

using namespace berth;

namespace {

auto refusal() -> std::unexpected<error> { return fail(error_code::gone, "sunk"); }

/// Takes whatever it is given for a value.
struct greedy {
    template <class T> explicit(false) greedy(T&&) {} // NOLINT
};

/// Cannot be moved a second time.
struct fragile {
    int moves = 0;
    fragile() = default;
    fragile(fragile&& other) : moves(other.moves + 1) { // NOLINT
        if (moves > 1) throw std::runtime_error("broken");
    }
};

static_assert(std::is_nothrow_move_constructible_v<result<std::string>>);
static_assert(not std::is_copy_constructible_v<result<std::unique_ptr<int>>>);
static_assert(std::is_convertible_v<int, result<long>>);
static_assert(not std::is_convertible_v<result<std::string>, bool>);
static_assert(not std::is_constructible_v<result<int>, result<std::string>>);
static_assert(not std::is_default_constructible_v<result<greedy>>);

} // namespace

TEST_CASE("a copy of a result is a result, whatever its value could be made of") {
    auto const no = result<bool>(refusal());
    auto yes = result<bool>(true);
    auto const copy(no);
    auto const moved = std::move(yes);
    CHECK_FALSE(copy);
    CHECK(moved == true);
    auto const any = result<std::any>(refusal());
    auto const other(any);
    CHECK_FALSE(other);
    auto taken = result<greedy>(refusal());
    auto const again(taken);
    CHECK_FALSE(again);
    taken = again;
    CHECK_FALSE(taken);
}

TEST_CASE("a result takes another value or error, its own too") {
    auto r = result<std::string>("a");
    r = refusal();
    CHECK(r.error().message == "sunk");
    r = "b";
    CHECK(r == "b");
    auto const& self = r;
    r = self;
    CHECK(*r == "b");
    r = result<std::string>(std::unexpect, error{error_code::gone, "sunk", {}});
    CHECK(r == refusal());
    CHECK(r != result<std::string>("b"));
    auto done = result<void>();
    CHECK(done);
    done = refusal();
    CHECK_FALSE(done.has_value());
    CHECK(done != result<void>());
}

TEST_CASE("where a move throws, a result holds an error") {
    auto r = result<fragile>();
    auto other = result<fragile>();
    CHECK(other->moves == 0);
    other = result<fragile>(std::in_place); // the second move
    CHECK(other->moves == 1);
    CHECK_THROWS(r = std::move(other));
    CHECK(r.error().code == error_code::internal);
}

TEST_CASE("results of what can be made of each other convert, and std::expected both ways") {
    auto const text = result<std::string>(result<char const*>("a"));
    CHECK(text == "a");
    CHECK(result<std::string>(result<char const*>(refusal())) == refusal());
    std::expected<std::string, error> const plain = text;
    CHECK(plain == "a");
    result<std::string> const back = plain;
    CHECK(back == text);
    result<long> const wider = std::expected<int, error>(5);
    CHECK(wider == 5);
    std::expected<void, error> const nothing = result<void>(refusal());
    CHECK(nothing.error().message == "sunk");
}

TEST_CASE("what only looks at the value goes on with it, and an error passes by") {
    auto const half = [](int n) {
        return n % 2 == 0 ? result<int>(n / 2) : fail(error_code::invalid, "odd");
    };
    CHECK(result<int>(8).and_then(half).and_then(half) == 2);
    CHECK(result<int>(6).and_then(half).and_then(half).error().message == "odd");
    CHECK(result<int>(refusal()).and_then(half) == refusal());
    auto const here = result<int>(3);
    CHECK(here.transform([](int n) { return std::to_string(n); }) == "3");
    auto calls = 0;
    CHECK(here.transform([&](int) { ++calls; }));
    CHECK(calls == 1);
    CHECK(result<void>().and_then([] { return result<int>(4); }) == 4);
    CHECK(result<void>().transform([] { return 5; }) == 5);
    auto owned = result<std::unique_ptr<int>>(std::make_unique<int>(7));
    CHECK(std::move(owned).transform([](std::unique_ptr<int> p) { return *p; }) == 7);
    CHECK(result<int>(refusal()).or_else([](error const& e) { return result<int>(int(e.message.size())); }) ==
          4);
    CHECK(here.or_else([](error const&) { return result<int>(0); }) == 3);
}

TEST_CASE("a value that is not there is another, or an exception") {
    CHECK(result<int>(refusal()).value_or(2) == 2);
    CHECK(result<std::string>("a").value_or("b") == "a");
    CHECK(result<int>(1).value() == 1);
    CHECK_THROWS_AS(result<int>(refusal()).value(), std::bad_expected_access<error>);
}
