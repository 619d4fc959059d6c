/// \file
/// A list of described values has the habits of a standard sequence, and keeps what it had when a copy fails.

#include <berth/object/list.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <new>
#include <random>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

using berth::object::boxed;
using berth::object::list;

namespace {

struct crew {
    std::string name;
    std::int32_t age = 18;
    list<crew> juniors;
    berth::object::unknown_fields unknown;

    BERTH_DESCRIBE(crew, "test.Crew", (name), (age), (juniors))
};

static_assert(std::ranges::contiguous_range<list<crew>>);
static_assert(std::ranges::sized_range<list<crew> const>);
static_assert(std::is_nothrow_move_constructible_v<list<crew>>);
static_assert(std::is_nothrow_default_constructible_v<list<crew>>);
static_assert(sizeof(list<crew>) == 16);

auto names(list<crew> const& all) -> std::string {
    auto out = std::string();
    for (auto const& c : all) out += c.name;
    return out;
}

auto of(std::string_view letters) -> list<crew> {
    auto out = list<crew>();
    for (auto const c : letters) out.emplace_back().name = std::string(1, c);
    return out;
}

/// A leaf whose copies fail when told to.
struct brittle {
    int value = 0;
    static inline int copies_left = -1;
    static inline int alive = 0;

    brittle() { ++alive; }
    explicit brittle(int v) : value(v) { ++alive; }
    brittle(brittle const& other) : value(other.value) {
        if (copies_left == 0) throw std::bad_alloc();
        if (copies_left > 0) --copies_left;
        ++alive;
    }
    brittle(brittle&& other) noexcept : value(other.value) { ++alive; }
    auto operator=(brittle const&) -> brittle& = default;
    ~brittle() { --alive; }
    friend auto operator==(brittle const& a, brittle const& b) -> bool { return a.value == b.value; }
};

} // namespace

TEST_CASE("elements begin as their struct's initialisers say") {
    auto l = list<crew>(2);
    CHECK(l.size() == 2);
    CHECK(l[1].age == 18);
    l.resize(3);
    CHECK(l.back().age == 18);
    CHECK(&l.at(2) == &l.back());
    CHECK_THROWS_AS(l.at(3), std::out_of_range);
    l.resize(1);
    CHECK(l.size() == 1);
}

TEST_CASE("a list does what a vector does") {
    auto draw = std::mt19937(11);
    auto l = list<std::string>();
    auto model = std::vector<std::string>();
    for (auto i = 0; i < 5'000; ++i) {
        auto const at = model.empty() ? 0U : draw() % static_cast<unsigned>(model.size());
        auto const value = std::string(draw() % 40, 'a') + std::to_string(i);
        auto const here = static_cast<std::ptrdiff_t>(at);
        switch (draw() % 9) {
        case 0:
        case 1: l.push_back(value), model.push_back(value); break;
        case 2:
            CHECK(*l.insert(l.begin() + here, value) == *model.insert(model.begin() + here, value));
            break;
        case 3:
            if (!model.empty()) l.erase(l.begin() + here), model.erase(model.begin() + here);
            break;
        case 4: {
            auto const some = std::vector<std::string>{value, "x", "y"};
            l.insert(l.begin() + here, some.begin(), some.end());
            model.insert(model.begin() + here, some.begin(), some.end());
            break;
        }
        case 5: {
            auto const chosen = [&](std::string const& s) { return s.size() % 7 == draw() % 1; };
            CHECK(erase_if(l, chosen) == std::erase_if(model, chosen));
            break;
        }
        case 6:
            if (model.size() > 20) {
                l.erase(l.begin() + 2, l.begin() + 9);
                model.erase(model.begin() + 2, model.begin() + 9);
            }
            break;
        case 7:
            if (!model.empty()) l.pop_back(), model.pop_back();
            break;
        default: l.emplace_back(value), model.emplace_back(value);
        }
        REQUIRE(std::ranges::equal(l, model));
    }
}

TEST_CASE("an element of the list may be put into it again") {
    auto l = of("ab");
    for (auto i = 0; i < 20; ++i) l.push_back(l.front());
    CHECK(names(l) == "ab" + std::string(20, 'a'));
    l.insert(l.begin(), l[1]);
    CHECK(l.front().name == "b");
    l[0].juniors = l;
    l = l[0].juniors;
    CHECK(names(l).starts_with("bab"));
}

TEST_CASE("copies are deep and equality is by value") {
    auto a = of("abc");
    a[1].juniors = of("xy");
    auto b = a;
    CHECK(a == b);
    b[1].juniors[0].age = 3;
    CHECK_FALSE(a == b);
    CHECK(a[1].juniors[0].age == 18);
    swap(a, b);
    CHECK(a[1].juniors[0].age == 3);
    auto const* const place = a.data();
    b = std::move(a);
    CHECK(b.data() == place);
}

TEST_CASE("the algorithms of the standard library work on lists") {
    auto l = of("dacb");
    std::ranges::sort(l, {}, &crew::name);
    CHECK(names(l) == "abcd");
    std::ranges::reverse(l);
    CHECK(names(list<crew>(l.rbegin(), l.rend())) == "abcd");
    auto old = l | std::views::filter([](crew const& c) { return c.name > "b"; });
    CHECK(std::ranges::distance(old) == 2);
    auto copied = list<crew>();
    std::ranges::copy(old, std::back_inserter(copied));
    CHECK(names(copied) == "dc");
}

TEST_CASE("a copy that fails leaves nothing behind and the list as it was") {
    {
        auto l = list<brittle>();
        for (auto i = 0; i < 8; ++i) l.emplace_back(i);
        auto const before = brittle::alive;
        for (auto allowed = 0; allowed < 8; ++allowed) {
            brittle::copies_left = allowed;
            CHECK_THROWS_AS(list<brittle>(l), std::bad_alloc);
            brittle::copies_left = allowed;
            CHECK_THROWS_AS(boxed<list<brittle>>(l), std::bad_alloc);
            auto other = list<brittle>(3);
            brittle::copies_left = allowed;
            CHECK_THROWS_AS(other = l, std::bad_alloc);
            CHECK(other.size() == 3);
            brittle::copies_left = 0;
            CHECK_THROWS_AS(l.push_back(l[0]), std::bad_alloc);
            brittle::copies_left = allowed;
            CHECK_THROWS_AS(other.insert(other.begin(), l.begin(), l.end()), std::bad_alloc);
            CHECK(other.size() == 3);
            brittle::copies_left = allowed;
            CHECK_THROWS_AS(list<brittle>(l.begin(), l.end()), std::bad_alloc);
        }
        brittle::copies_left = -1;
        CHECK(l.size() == 8);
        CHECK(brittle::alive == before);
    }
    CHECK(brittle::alive == 0);
}
