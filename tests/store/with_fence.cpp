/// \file
/// Writes for those who lead.

#include <berth/store/by_reference.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_fence.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using text_store = store::memory<std::string>;
using text_txn = store::txn<std::string>;
using text_put = store::put_request<std::string>;

namespace {

template <class T> auto fenced(result<T> const& r) -> bool { return !r && store::is_fenced(r.error()); }

auto lead(text_store& s) -> store::revision_number {
    static_cast<void>(store::erase(s, "leader"));
    return store::put(s, "leader", "me").value().revision;
}

} // namespace

TEST_CASE("a fence that holds obeys the laws", "[store][laws]") {
    auto const make = [] {
        auto open = store::fencing_token{};
        open.set_vacant();
        return text_store{} | store::with_fence("leader", open);
    };
    laws::all(harbour::made_by{make}, harbour::judge);
}

TEST_CASE("writes pass while the leadership lasts, and not a moment longer", "[store]") {
    auto shared = text_store{};
    auto const token = store::fencing_token{};
    auto s = store::by_reference(shared) | store::with_fence("leader", token);
    CHECK(fenced(store::put(s, "a", "1")));
    token.set(lead(shared));
    CHECK(store::put(s, "a", "1"));
    REQUIRE(store::put(shared, "leader", "me, renewed"));
    CHECK(store::put(s, "a", "2"));
    CHECK(store::erase(s, "a")->deleted == 1);

    auto const next = lead(shared);
    auto const before = shared.revision();
    CHECK(fenced(store::put(s, "a", "3")));
    CHECK(fenced(store::erase(s, "a")));
    CHECK(fenced(s.grant({.ttl = 10})));
    CHECK(fenced(s.revoke(7)));
    CHECK(fenced(s.keep_alive(7)));
    CHECK(fenced(s.compact(2)));
    CHECK(fenced(store::commit_one(s, {})));
    CHECK(shared.revision() == before);
    CHECK(store::get(s, "leader")->create_revision() == next);
    CHECK(s.watch({.key = "a"}));

    token.set(next);
    CHECK(store::put(s, "a", "4"));
    token.clear();
    CHECK(fenced(store::put(s, "a", "5")));
    CHECK(token.token() == 0);
}

TEST_CASE("a comparison that does not hold is an answer, a fence that does not is an error", "[store]") {
    auto shared = text_store{};
    auto s = store::by_reference(shared) | store::with_fence("leader", lead(shared));
    auto const lost = store::put_if(s, "a", 99, "1");
    REQUIRE(lost);
    CHECK(!lost->succeeded);
    auto const won = store::put_if(s, "a", 0, "1");
    REQUIRE(won);
    CHECK(won->succeeded);
    CHECK(won->revision == shared.revision());
    s.layer().handle().set(1);
    auto const over = store::put_if(s, "a", 99, "1");
    CHECK(over.error().code == error_code::conflict);
    CHECK(over.error().message.find("leadership of leader") != std::string::npos);
    CHECK(!store::is_fenced(error{error_code::conflict, "another", {}}));
}

TEST_CASE("each transaction of a batch is fenced on its own", "[store]") {
    auto shared = text_store{};
    auto s = store::by_reference(shared) | store::with_fence("leader", lead(shared));
    auto const batch = std::vector<text_txn>{{.then = {text_put{"a", "1"}}},
                                             {.then = {store::erase_request{"leader"}}},
                                             {.then = {text_put{"b", "1"}}}};
    auto const done = s.commit(batch);
    REQUIRE(done.size() == 3);
    CHECK(done[0]->replies.size() == 1);
    CHECK(done[1]->replies.at(0).erase().deleted == 1);
    CHECK(fenced(done[2]));
    CHECK(!store::get(shared, "b").value());
}

TEST_CASE("no write of an old leader comes after the first of the next one", "[store][threads]") {
    auto shared = text_store{};
    auto stop = std::atomic<bool>{false};
    auto const token = store::fencing_token{lead(shared)};
    {
        auto writers = std::vector<std::jthread>{};
        for (auto w = 0; w < 2; ++w) {
            writers.emplace_back([&] {
                auto s = store::by_reference(shared) | store::with_fence("leader", token);
                while (!stop.load()) {
                    auto const mine = std::to_string(token.token());
                    static_cast<void>(
                        store::commit_one(s, {.when = {{.key = "other"}}, .then = {text_put{"a", mine}}}));
                }
            });
        }
        for (auto term = 0; term < 100; ++term) {
            token.set(lead(shared));
            for (auto i = 0; i < 20; ++i) std::this_thread::yield();
        }
        stop = true;
    }
    auto c = shared.watch({.key = "a", .range_end = "z", .start = 1}).value();
    auto term = store::revision_number{0};
    for (auto seen = c.next().value(); !seen.empty(); seen = c.next().value()) {
        for (auto const& e : seen) {
            if (e.kv.key() == "leader") term = e.kv.create_revision();
            else CHECK(std::stoll(e.kv.value()) <= term);
            if (e.kv.key() == "a") CHECK(term > 0);
        }
    }
}
