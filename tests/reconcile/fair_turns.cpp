#include <berth/core/random.hpp>
#include <berth/reconcile/fair_turns.hpp>
#include <berth/reconcile/queue.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace berth::reconcile;
using berth::object::key;
using queue = work_queue<key, key_hash, no_causes, fair_turns<>>;

constexpr auto now = berth::time_point{};

/// So many keys of a namespace.
auto add(queue& q, std::string const& tenant, int count) -> void {
    for (auto n = 0; n < count; ++n) q.add({tenant, tenant + std::to_string(n)});
}

TEST_CASE("a tenant with many keys does not hold up one with few") {
    auto q = queue();
    add(q, "flood", 1'000);
    for (auto n = 0; n < 10; ++n) q.done(*q.get(now));
    add(q, "calm", 2);
    auto served = std::vector<std::string>{};
    for (auto n = 0; n < 4; ++n) {
        served.push_back(q.get(now)->namespace_);
        q.done({served.back(), served.back() + std::to_string(served.back() == "calm" ? n / 2 : 10 + n / 2)});
    }
    CHECK(std::ranges::count(served, "calm") == 2);
}

TEST_CASE("one worker goes round the tenants, and takes each tenant's keys as they came") {
    auto q = queue();
    for (auto const* tenant : {"a", "b", "c"}) add(q, tenant, 3);
    auto out = std::string{};
    while (auto const k = q.get(now)) {
        out += k->name + " ";
        q.done(*k);
    }
    CHECK(out == "a0 b0 c0 a1 b1 c1 a2 b2 c2 ");
}

TEST_CASE("a tenant that comes back at once does not go before those that wait") {
    auto q = queue();
    add(q, "waits", 50);
    q.done(*q.get(now));
    auto turns_of_others = 0;
    for (auto n = 0; n < 20; ++n) {
        add(q, "returns", 1);
        auto const k = *q.get(now);
        turns_of_others += k.namespace_ == "waits" ? 1 : 0;
        q.done(k);
    }
    CHECK(turns_of_others >= 10);
}

TEST_CASE("several workers are divided by weight, and a limit is kept") {
    auto q = queue();
    q.turns().set_terms("heavy", {.weight = 3});
    q.turns().set_terms("narrow", {.limit = {1}});
    for (auto const* tenant : {"heavy", "light", "narrow"}) add(q, tenant, 20);
    auto at_work = std::map<std::string, int>{};
    for (auto n = 0; n < 9; ++n) ++at_work[q.get(now)->namespace_];
    CHECK(at_work == std::map<std::string, int>{{"heavy", 6}, {"light", 2}, {"narrow", 1}});
}

TEST_CASE("who may not have more workers is not waited for as if ready") {
    auto q = queue();
    q.turns().set_terms("narrow", {.limit = {1}});
    add(q, "narrow", 2);
    auto const first = *q.get(now);
    CHECK(!q.get(now));
    CHECK(q.size() == 1);
    CHECK(q.next() == berth::wake::signalled());
    q.done(first);
    CHECK(q.next() == berth::wake::again());
    CHECK(q.get(now)->name == "narrow1");
}

TEST_CASE("tenants that have nothing left are forgotten, unless they have terms") {
    auto q = queue();
    q.turns().set_terms("kept", {.weight = 2});
    for (auto n = 0; n < 100; ++n) {
        add(q, "t" + std::to_string(n), 1);
        q.done(*q.get(now));
    }
    add(q, "kept", 1);
    q.done(*q.get(now));
    CHECK(q.turns().tenants() == 1);
}

TEST_CASE("the laws of a work queue hold: once, alone, not lost") {
    auto draw = berth::random_engine(7);
    auto q = queue();
    auto waiting = std::set<std::string>{};
    auto running = std::map<std::string, key>{};
    for (auto n = 0; n < 20'000; ++n) {
        auto const tenant = "t" + std::to_string(draw.below(5));
        auto const k = key{tenant, tenant + std::to_string(draw.below(6))};
        switch (draw.below(3)) {
        case 0:
            q.add(k);
            waiting.insert(k.name);
            break;
        case 1:
            if (auto const got = q.get(now)) {
                REQUIRE(waiting.erase(got->name) == 1);
                REQUIRE(running.emplace(got->name, *got).second);
            } else {
                for (auto const& name : waiting) REQUIRE(running.contains(name));
            }
            break;
        default:
            if (running.empty()) break;
            REQUIRE(q.done(running.begin()->second));
            running.erase(running.begin());
        }
        REQUIRE(q.processing() == running.size());
    }
}

} // namespace
