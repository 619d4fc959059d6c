/// \file
/// A boxed value is a value: deep copies, equality by content, and no leaks.

#include <berth/object/boxed.hpp>
#include <berth/object/detail/sharing.hpp>

#include <catch2/catch_test_macros.hpp>

#include <new>
#include <string>
#include <utility>

using berth::object::boxed;

namespace {

/// A type that contains itself.
struct node {
    std::string name;
    boxed<node> next;
};

/// A leaf whose copies fail when told to.
struct brittle {
    int value = 0;
    static inline bool fails = false;

    brittle() = default;
    brittle(brittle const& other) : value(other.value) {
        if (fails) throw std::bad_alloc();
    }
    brittle(brittle&&) noexcept = default;
    auto operator=(brittle const&) -> brittle& = default;
    ~brittle() = default;
    friend auto operator==(brittle const&, brittle const&) -> bool = default;
};

} // namespace

TEST_CASE("a box is empty until it is given a value") {
    auto b = boxed<std::string>();
    CHECK_FALSE(b);
    CHECK_FALSE(b.has_value());
    CHECK(b.get() == nullptr);
    CHECK(b.engage().empty());
    CHECK(b.has_value());
    *b = "x";
    CHECK(b.engage() == "x");
    CHECK(b->size() == 1);
    b.reset();
    CHECK_FALSE(b);
    b.reset();
    static_assert(sizeof(b) == sizeof(void*));
}

TEST_CASE("copies of a box are deep and compare by value") {
    auto const a = boxed<std::string>("x");
    auto b = a;
    CHECK(a == b);
    CHECK(a.get() != b.get());
    *b = "y";
    CHECK_FALSE(a == b);
    CHECK(*a == "x");
    CHECK_FALSE(a == boxed<std::string>());
    CHECK(boxed<std::string>() == boxed<std::string>());
    CHECK_FALSE(boxed<std::string>("") == boxed<std::string>());
}

TEST_CASE("a moved box leaves nothing behind") {
    auto a = boxed<std::string>("x");
    auto const* const place = a.get();
    auto b = std::move(a);
    CHECK(b.get() == place);
    CHECK_FALSE(a.has_value()); // NOLINT(bugprone-use-after-move)
    a = std::move(b);
    CHECK(a.get() == place);
}

TEST_CASE("a box may be assigned from itself or from its own inside") {
    auto chain = boxed<node>(node{"a", node{"b", node{"c", {}}}});
    auto const& same = chain;
    chain = same;
    CHECK(chain->name == "a");
    chain = chain->next;
    CHECK(chain->name == "b");
    chain = std::move(chain->next);
    CHECK(chain->name == "c");
    chain = chain->next;
    CHECK_FALSE(chain);
}

TEST_CASE("a copy that fails leaves a box as it was, the shared one too") {
    auto mine = boxed<brittle>(brittle());
    mine->value = 7;
    brittle::fails = true;
    CHECK_THROWS_AS(boxed<brittle>(mine), std::bad_alloc);
    berth::object::detail::share_lists(berth::object::detail::info_of<boxed<brittle>>(), &mine);
    auto other = mine; // which copies nothing
    CHECK(other.get() == mine.get());
    CHECK_THROWS_AS(other->value = 8, std::bad_alloc);
    CHECK_THROWS_AS(other.engage(), std::bad_alloc);
    CHECK(other.get() == mine.get());
    brittle::fails = false;
    other->value = 8;
    CHECK(mine.get()->value == 7);
    CHECK(other.get()->value == 8);
}
