/// \file
/// Stores that forget by themselves.

#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_history.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <thread>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using text_store = store::memory<std::string>;
using text_txn = store::txn<std::string>;

namespace {

/// Counts compactions, and fails them for a while.
struct stubborn : text_store {
    int* attempts;
    int failing;
    stubborn(int& a, int f) : attempts(&a), failing(f) {}
    auto compact(store::revision_number at) -> result<void> {
        if (++*attempts <= failing) return fail(error_code::unavailable, "not now");
        return text_store::compact(at);
    }
};

} // namespace

TEST_CASE("a store with more history than it needs obeys the laws", "[store][laws]") {
    laws::all(harbour::made_by{[] { return text_store{} | store::with_history(); }}, harbour::judge);
}

TEST_CASE("so many revisions can always be read, and a stride more at most", "[store]") {
    auto s = text_store{} | store::with_history({.revisions = 10, .stride = 4});
    for (auto i = 0; i < 200; ++i) {
        switch (i % 4) {
        case 0: REQUIRE(store::put(s, "a", "1")); break;
        case 1: REQUIRE(store::erase(s, "a")); break;
        default: REQUIRE(store::commit_one(s, {.then = {store::put_request<std::string>{"b", "1"}}}));
        }
        auto const now = s.revision();
        if (now > 10) CHECK(s.range(laws::everything(now - 9)));
        CHECK(now - std::max<store::revision_number>(s.compacted(), 1) + 1 <= 14);
    }
    CHECK(s.compacted() > 0);
}

TEST_CASE("the revocation of leases and batches are history, too", "[store]") {
    auto s = text_store{} | store::with_history({.revisions = 3, .stride = 1});
    for (auto i = 0; i < 5; ++i) {
        auto const lease = s.grant({.ttl = 10}).value().id;
        auto const batch = std::vector<text_txn>(
            3, {.then = {store::put_request<std::string>{.key = "a", .value = "1", .lease = lease}}});
        REQUIRE(s.commit(batch).back());
        REQUIRE(s.revoke(lease));
    }
    CHECK(s.revision() == 21);
    CHECK(s.compacted() >= 18);
}

TEST_CASE("only one write in a stride compacts", "[store]") {
    auto attempts = 0;
    auto s = stubborn{attempts, 0} | store::with_history({.revisions = 100, .stride = 50});
    for (auto i = 0; i < 1'000; ++i) REQUIRE(store::put(s, "a", "1"));
    CHECK(attempts == 18);
    CHECK(s.compacted() == 1'000 - 100 + 1);
}

TEST_CASE("a compaction that fails disturbs nobody and is done later", "[store]") {
    auto attempts = 0;
    auto s = stubborn{attempts, 3} | store::with_history({.revisions = 10, .stride = 5});
    for (auto i = 0; i < 28; ++i) REQUIRE(store::put(s, "a", "1"));
    CHECK(attempts == 3);
    CHECK(s.compacted() == 0);
    for (auto i = 0; i < 6; ++i) REQUIRE(store::put(s, "a", "1"));
    CHECK(s.compacted() > 0);
    CHECK(s.range(laws::everything(s.revision() - 9)));
}

TEST_CASE("a caller's own compaction may go further", "[store]") {
    auto s = text_store{} | store::with_history({.revisions = 10, .stride = 5});
    for (auto i = 0; i < 12; ++i) REQUIRE(store::put(s, "a", "1"));
    REQUIRE(s.compact(13));
    for (auto i = 0; i < 4; ++i) REQUIRE(store::put(s, "a", "1"));
    CHECK(s.compacted() == 13);
}

TEST_CASE("many writers share one history", "[store][threads]") {
    auto s = text_store{} | store::with_history({.revisions = 50, .stride = 10});
    {
        auto writers = std::vector<std::jthread>{};
        for (auto w = 0; w < 3; ++w) {
            writers.emplace_back([&s, w] {
                for (auto i = 0; i < 1'000; ++i)
                    static_cast<void>(store::put(s, "k" + std::to_string(w), "1"));
            });
        }
    }
    CHECK(s.revision() == 3'001);
    CHECK(s.compacted() > 3'001 - 80);
    CHECK(s.compacted() <= 3'001 - 49);
}
