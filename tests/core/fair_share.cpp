#include <berth/core/fair_share.hpp>
#include <berth/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <vector>

namespace {

using namespace berth;
using shares = fair_share<2>;

TEST_CASE("what a queue uses, those above it use too, and a refund cancels a charge") {
    auto s = shares({100, 10});
    auto const vision = s.open("research/vision");
    auto const research = *s.find("research");
    s.charge(vision, {30, 1});
    s.charge(s.open("research/speech"), {5, 0});
    CHECK(s.usage(research) == amounts<2>{35, 1});
    CHECK(s.usage(shares::root) == amounts<2>{35, 1});
    s.refund(vision, {30, 1});
    CHECK(s.usage(vision) == amounts<2>{});
    CHECK(s.usage(research) == amounts<2>{5, 0});
    CHECK(s.path(vision) == "research/vision");
    CHECK(s.parent(vision) == research);
    CHECK(!s.is_leaf(research));
}

TEST_CASE("the dominant share is the greatest part of any resource, divided by the weight") {
    auto s = shares({9, 18}); // the example of the paper: <9 CPUs, 18 GB>, A <1, 4>, B <3, 1>
    auto const a = s.open(shares::root);
    auto const b = s.open(shares::root, {.weight = 2});
    s.charge(a, {3, 12});
    s.charge(b, {6, 2});
    CHECK(s.dominant_share(a) == 12.0 / 18);
    CHECK(s.dominant_share(b) == 6.0 / 9 / 2);
    CHECK(s.dominant_share(s.open(shares::root)) == 0);
}

TEST_CASE("shares that are equal are equal as numbers, whatever the weights") {
    auto s = fair_share<1>({10});
    auto const light = s.open(s.root);
    auto const heavy = s.open(s.root, {.weight = 3});
    s.charge(light, {1});
    s.charge(heavy, {3});
    CHECK(s.dominant_share(light) == s.dominant_share(heavy));
}

TEST_CASE("a limit counts at every level, and the shortage says whose it is") {
    auto s = shares({100, 100});
    auto const team = s.open("dept/team", {.limit = {20, 100}});
    s.set_terms(*s.find("dept"), {.limit = {100, 8}});
    CHECK(s.fits(team, {20, 8}));
    CHECK(s.shortage_of(team, {21, 8}) == shortage{team, 0, 21, 20});
    CHECK(s.shortage_of(team, {20, 9}) == shortage{*s.find("dept"), 1, 9, 8});
    s.charge(team, {5, 5});
    CHECK(s.shortage_of(team, {0, 4}) == shortage{*s.find("dept"), 1, 4, 3});
    CHECK(!s.excess_of(team, {20, 8}));
    CHECK(s.excess_of(team, {0, 9}) == shortage{*s.find("dept"), 1, 9, 8});
    CHECK(s.excess_of(s.open("free"), {101, 0}) == shortage{shares::root, 0, 101, 100});
}

TEST_CASE("a queue that lends lets others use its guarantee; one that does not keeps it") {
    auto s = fair_share<1>({10});
    auto const owner = s.open("owner", {.guaranteed = {6}});
    auto const other = s.open("other");
    CHECK(s.fits(other, {10}));
    s.set_terms(owner, {.guaranteed = {6}, .lends = false});
    CHECK(s.fits(other, {4}));
    CHECK(s.shortage_of(other, {5}) == shortage{s.root, 0, 11, 10});
    CHECK(s.fits(owner, {10}));
    s.charge(owner, {5});
    CHECK(s.kept(owner) == amounts<1>{1});
    CHECK(s.fits(other, {4}));
    CHECK(!s.fits(other, {5}));
    s.charge(owner, {3}); // it borrows, and keeps nothing
    CHECK(s.kept(owner) == amounts<1>{0});
    CHECK(s.fits(other, {2}));
    CHECK(!s.within_guarantee(owner, {0}));
}

TEST_CASE("what is kept deep in the tree is kept from everybody") {
    auto s = fair_share<1>({10});
    auto const deep = s.open("a/b/deep", {.guaranteed = {3}, .lends = false});
    auto const beside = s.open("a/beside");
    auto const far = s.open("far");
    for (auto const q : {beside, far}) {
        CHECK(s.fits(q, {7}));
        CHECK(!s.fits(q, {8}));
    }
    CHECK(s.fits(deep, {10}));
    s.set_terms(*s.find("a"), {.guaranteed = {5}, .lends = false}); // more than what is kept below
    CHECK(!s.fits(far, {6}));
    CHECK(s.fits(beside, {7}));
}

TEST_CASE("a queue that was closed keeps nothing, and its name is given away") {
    auto s = fair_share<1>({10});
    auto const old = s.open("old", {.guaranteed = {9}, .lends = false});
    s.close(old);
    CHECK(!s.knows(old));
    CHECK(!s.find("old"));
    auto const now = s.open("now");
    CHECK(now == old);
    CHECK(s.fits(now, {10}));
}

/// What a queue and those below it keep, counted from scratch.
auto kept_from_scratch(fair_share<1> const& s, std::vector<queue_id> const& all, queue_id id)
    -> std::int64_t {
    auto below = std::int64_t{0};
    for (auto const q : all)
        if (s.parent(q) == id && q != id) below += kept_from_scratch(s, all, q);
    auto const own = s.terms_of(id).lends ? 0 : s.terms_of(id).guaranteed[0] - s.usage(id)[0];
    return own > below ? own : below;
}

TEST_CASE("what is kept agrees with a count from scratch, after any charges and refunds") {
    auto draw = berth::random_engine(11);
    for (auto round = 0; round < 50; ++round) {
        auto s = fair_share<1>({1000});
        auto all = std::vector<queue_id>{};
        for (auto n = 0; n < 12; ++n) {
            auto const above = draw.below(all.size() + 1);
            all.push_back(s.open(
                above == all.size() ? s.root : all[above],
                {.guaranteed = {static_cast<std::int64_t>(draw.below(20))}, .lends = draw.below(2) == 0}));
        }
        auto own = std::vector<std::int64_t>(all.size());
        for (auto n = 0; n < 100; ++n) {
            auto const i = draw.below(all.size());
            auto const some = static_cast<std::int64_t>(draw.below(10));
            if (draw.below(2) == 0) s.charge(all[i], {some}), own[i] += some;
            else if (own[i] >= some) s.refund(all[i], {some}), own[i] -= some;
            for (auto const x : all) REQUIRE(s.kept(x)[0] == kept_from_scratch(s, all, x));
        }
    }
}

} // namespace
