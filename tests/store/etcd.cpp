/// \file
/// What a store on etcd does beyond the laws: batches, long ranges, slow cursors and leases.

#include "etcd/server.hpp"
#include "etcd/words.hpp"

#include <berth/core/random.hpp>
#include <berth/store/etcd.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

using namespace berth;
using namespace berth::store::testing;

TEST_CASE("independent transactions are merged, and each keeps its own outcome", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected({.endpoints = {server.url()}, .batching = store::etcd_batching::merged});
    auto const create = [](std::string const& key) {
        return store::if_unchanged<std::string>(key, 0, put_of(key, "1"));
    };
    REQUIRE(store::put(s, "b", "old"));
    auto const first = s.commit(std::vector{create("a"), create("b"), create("c")});
    CHECK(first[0]->succeeded);
    CHECK(!first[1]->succeeded);
    CHECK(first[1]->replies[0].range().kvs[0].value() == "old");
    CHECK(first[2]->succeeded);
    CHECK(first[0]->revision == 3);
    CHECK(first[2]->revision == 3);
    CHECK(s.revision() == 3);
    // Where all comparisons hold, and where one does not, the outcomes are the same.
    auto const reads = etcd_txn{.then = {store::range_request{.key = "a"}}};
    auto const erases = etcd_txn{.then = {store::erase_request{.key = "nobody"}}};
    for (auto const taken : {false, true}) {
        auto const at = s.revision();
        auto const tag = std::string(taken ? "t" : "f");
        auto const all =
            s.commit(std::vector{reads, erases, create("1" + tag), create(taken ? "b" : "2" + tag), reads});
        CHECK(all[0]->succeeded);
        CHECK(all[0]->revision == at);
        CHECK(all[0]->replies.at(0).range().kvs.at(0).value() == "1");
        CHECK(all[1]->revision == at);
        CHECK(all[1]->replies.at(0).erase().deleted == 0);
        CHECK(all[2]->revision == at + 1);
        CHECK(all[3]->succeeded == !taken);
        CHECK(all[4]->revision == at + 1);
        CHECK(store::get(s, "1" + tag)->mod_revision() == at + 1);
    }
    auto const base = s.revision();
    // One that depends on another waits for it.
    auto const chain =
        s.commit(std::vector{only_put("x", "1"), create("x"), only_put("y", "1"), only_put("y", "2")});
    CHECK(chain[0]->revision == base + 1);
    CHECK(!chain[1]->succeeded);
    CHECK(chain[3]->revision > chain[2]->revision);
    CHECK(store::get(s, "y")->version() == 2);
    // One that etcd refuses does not spoil the others.
    auto leased = put_of("d", "1");
    leased.lease = 12345;
    auto const mixed =
        s.commit(std::vector{only_put("e", "1"), etcd_txn{.then = {leased}}, only_put("f", "1"),
                             etcd_txn{.then = {store::range_request{.key = "a", .revision = 999}}}});
    CHECK(mixed[0].has_value());
    CHECK(mixed[1].error().code == error_code::not_found);
    CHECK(mixed[2].has_value());
    CHECK(mixed[3].error().code == error_code::future_revision);
    CHECK(store::get(s, "e")->value() == "1");
    CHECK(!*store::get(s, "d"));
    // More than one transaction of etcd can take.
    auto many = std::vector<etcd_txn>{};
    for (auto i = 0; i < 300; ++i) many.push_back(only_put("many" + std::to_string(i), "1"));
    auto const before = s.revision();
    for (auto const& done : s.commit(many)) CHECK(done.has_value());
    CHECK(s.revision() == before + 3);
    auto large = std::vector<etcd_txn>{};
    for (auto i = 0; i < 6; ++i)
        large.push_back(only_put("large" + std::to_string(i), std::string(400'000, 'x')));
    for (auto const& done : s.commit(large)) CHECK(done.has_value());
}

TEST_CASE("merged batches do what a store does that takes one after the other", "[store][etcd]") {
    auto server = etcd_server{};
    auto merged = connected({.endpoints = {server.url()}, .batching = store::etcd_batching::merged});
    auto single = store::memory<>();
    auto draw = berth::random_engine(5);
    auto const key = [&] { return "k" + std::to_string(draw.below(12)); };
    auto const step = [&]() -> store::operation<std::string> {
        switch (draw.below(4)) {
        case 0: return store::range_request{.key = key()};
        case 1: return store::erase_request{.key = key()};
        default: return put_of(key(), std::to_string(draw.below(100)));
        }
    };
    auto const drawn = [&] {
        auto t = etcd_txn{};
        if (draw.below(2) == 0) { // whether it is there, which holds more often than not
            auto const k = key();
            auto const is_there = store::get(single, k)->version() > 0;
            auto const wanted = draw.below(5) == 0 ? !is_there : is_there;
            t.when.push_back({.key = k,
                              .target = store::compare_target::version,
                              .is = wanted ? store::comparison::greater : store::comparison::equal});
        }
        t.then.push_back(step());
        if (draw.below(3) == 0) t.otherwise.push_back(step());
        if (draw.below(8) == 0) t.then.front() = etcd_txn{.then = {step()}};
        return t;
    };
    auto const told = [](store::txn_reply<std::string> const& r) { // all but the revisions
        auto out = std::string(r.succeeded ? "+" : "-");
        for (auto const& reply : r.replies) {
            if (auto const* found = std::get_if<store::range_reply<std::string>>(&reply.reply)) {
                for (auto const& kv : found->kvs) out += " " + std::string(kv.key()) + "=" + kv.value();
            } else if (auto const* gone = std::get_if<store::erase_reply<std::string>>(&reply.reply)) {
                out += " gone " + std::to_string(gone->deleted);
            } else {
                out += " done";
            }
        }
        return out;
    };
    for (auto round = 0; round < 60; ++round) {
        auto batch = std::vector<etcd_txn>{};
        for (auto n = draw.below(10) + 1; n > 0; --n) batch.push_back(drawn());
        auto const one = single.commit(batch);
        auto const other = merged.commit(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            REQUIRE(one[i].has_value() == other[i].has_value());
            if (one[i]) CHECK(told(*other[i]) == told(*one[i]));
        }
    }
    auto const all = store::range_request{.key = "k", .range_end = store::prefix_end("k")};
    auto const here = single.range(all).value();
    auto const there = merged.range(all).value();
    REQUIRE(here.kvs.size() == there.kvs.size());
    for (std::size_t i = 0; i < here.kvs.size(); ++i) {
        CHECK(here.kvs[i].key() == there.kvs[i].key());
        CHECK(here.kvs[i].value() == there.kvs[i].value());
        CHECK(here.kvs[i].version() == there.kvs[i].version());
    }
}

TEST_CASE("a long batch is done in order, each with its own revision", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    auto batch = std::vector<etcd_txn>{};
    for (auto i = 0; i < 500; ++i) batch.push_back(only_put("k" + std::to_string(i % 7), std::to_string(i)));
    batch.push_back({.then = {store::range_request{.key = "", .range_end = "z"}}});
    auto const done = s.commit(batch);
    for (auto i = 0; i < 500; ++i) REQUIRE(done[static_cast<std::size_t>(i)]->revision == i + 2);
    CHECK(done.back().error().code == error_code::bad_request);
}

TEST_CASE("a request that is too large is refused", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    for (auto const size : {1'700'000, 3'000'000}) {
        auto const done = store::put(s, "a", std::string(static_cast<std::size_t>(size), 'x'));
        REQUIRE(!done);
        CHECK(done.error().code == error_code::request_too_large);
    }
}

TEST_CASE("a long range is of one revision beside writers and compactions", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected({.endpoints = {server.url()}, .page_size = 7});
    auto batch = std::vector<etcd_txn>{};
    for (auto i = 100; i < 200; ++i) batch.push_back(only_put("k" + std::to_string(i), "0"));
    for (auto const& done : s.commit(batch)) REQUIRE(done);
    auto stop = std::atomic<bool>{false};
    auto writer = std::jthread{[&] {
        for (auto n = 1; !stop; ++n) {
            auto all = etcd_txn{};
            for (auto i = 100; i < 200; i += 9)
                all.then.emplace_back(put_of("k" + std::to_string(i), std::to_string(n)));
            auto const done = store::commit_one(s, all);
            if (done && n % 10 == 0) static_cast<void>(s.compact(done->revision));
        }
    }};
    auto torn = 0;
    for (auto round = 0; round < 30; ++round) {
        auto q = everything();
        q.limit = round % 3 == 0 ? 40 : 0;
        auto const found = s.range(q);
        REQUIRE(found.has_value());
        CHECK(found->count == 100);
        CHECK(found->kvs.size() == (q.limit > 0 ? 40U : 100U));
        CHECK(found->more == (q.limit > 0));
        for (std::size_t i = 0; i < found->kvs.size(); i += 9)
            torn += found->kvs[i].value() == found->kvs[0].value() ? 0 : 1;
    }
    stop = true;
    CHECK(torn == 0);
}

TEST_CASE("whoever sleeps is woken by what others write while a thread runs the store", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    auto other = connected(server.url());
    auto calls = std::atomic<int>{0};
    auto const count = waker{[](void* p) { ++*static_cast<std::atomic<int>*>(p); }, &calls};
    auto const subscription = s.changed().subscribe(count);
    auto runner = std::jthread{[&](std::stop_token const& stop) { s.run(stop); }};
    auto c = s.watch(watch_everything()).value();
    for (auto i = 0; i < 5; ++i) {
        while (!c.next().value().empty()) {}
        auto const before = calls.load();
        REQUIRE(store::put(other, "a", std::to_string(i)));
        while (calls == before) std::this_thread::yield();
        auto seen = c.next().value();
        while (seen.empty()) seen = c.next().value();
        CHECK(seen[0].kv.value() == std::to_string(i));
    }
}

TEST_CASE("a store with a root watches what is below it", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected({.endpoints = {server.url()}, .watch_root = "app/"});
    CHECK(s.watch({.key = "other"}).error().code == error_code::bad_request);
    CHECK(s.watch({.range_end = std::string{store::unbounded}}).error().code == error_code::bad_request);
    auto c = s.watch({.key = "app/", .range_end = store::prefix_end("app/")}).value();
    REQUIRE(store::put(s, "elsewhere", "1"));
    REQUIRE(store::put(s, "app/a", "1"));
    auto const seen = c.next().value();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].kv.key() == "app/a");
    CHECK(c.progress() == 3);
    REQUIRE(store::put(s, "elsewhere", "2"));
    CHECK(c.next()->empty());
    REQUIRE(s.commit(std::vector{etcd_txn{.then = {store::erase_request{.key = "app/a"}}}})[0]);
    CHECK(c.next()->size() == 1);
    auto late = s.watch({.key = "app/", .range_end = store::prefix_end("app/"), .start = 1}).value();
    CHECK(late.next()->size() == 2);
}

TEST_CASE("keys go with their lease", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    auto const lease = s.grant({.ttl = 1}).value();
    CHECK(s.keep_alive(lease.id)->ttl == lease.ttl);
    auto leased = put_of("a", "1");
    leased.lease = lease.id;
    auto c = s.watch(watch_everything()).value();
    REQUIRE(store::put(s, leased));
    CHECK(s.time_to_live(lease.id, true)->keys == std::vector<std::string>{"a"});
    CHECK(s.leases().value() == std::vector<store::lease_id>{lease.id});
    while (s.revision() < 3) std::this_thread::sleep_for(std::chrono::milliseconds{20});
    auto const seen = c.next().value();
    REQUIRE(seen.size() == 2);
    CHECK(seen[1].type == store::event_type::erase);
    for (auto const& gone : {s.keep_alive(lease.id).error(), s.time_to_live(lease.id, false).error(),
                             s.revoke(lease.id).error(), store::put(s, leased).error()})
        CHECK(gone == store::errors::lease_not_found().error());
    CHECK(s.grant({.ttl = store::greatest_ttl + 1}).error() == store::errors::ttl_too_large().error());
    REQUIRE(s.grant({.ttl = 10, .id = 5}));
    CHECK(s.grant({.ttl = 10, .id = 5}).error() == store::errors::lease_exists().error());
}

namespace {

/// Numbers as text, which is not in their order.
struct number_codec {
    static auto encode(int value, std::string& out) -> void { out += std::to_string(value); }
    static auto decode(std::string_view key, std::string_view bytes) -> result<int> {
        auto const digits =
            !bytes.empty() && bytes.find_first_not_of("-0123456789") == std::string_view::npos;
        if (!digits) return fail(error_code::internal, std::string{key} + " holds no number");
        return std::stoi(std::string{bytes});
    }
};

} // namespace

TEST_CASE("values of other types go through their codec", "[store][etcd]") {
    using numbers = store::basic_etcd<int, number_codec>;
    static_assert(store::versioned_store<numbers>);
    auto server = etcd_server{};
    auto s = numbers::connect({.endpoints = {server.url()}}).value();
    auto c = s.watch({.key = "n", .range_end = "o"}).value();
    auto other = s.watch({.key = "x"}).value();
    REQUIRE(store::put(s, "n", 7));
    CHECK(store::get(s, "n")->value() == 7);
    CHECK(store::put(s, {.key = "n", .value = 8, .want_previous = true})->previous.value() == 7);
    auto text = connected(server.url());
    REQUIRE(store::put(text, "x", "no number"));
    REQUIRE(s.revision() == 4);
    CHECK(c.next()->size() == 2);
    CHECK(c.progress() == 4);
    CHECK(other.next().error().message == "x holds no number");
    CHECK(store::get(s, "x").error().code == error_code::internal);
    auto q = store::range_request{.key = "n", .range_end = "o", .sort_by = store::sort_target::value};
    CHECK(s.range(q).error() == store::errors::unordered_values().error());
    auto t = store::txn<int>{};
    t.when.push_back(
        {.key = "n", .target = store::compare_target::value, .is = store::comparison::less, .value = 9});
    CHECK(store::commit_one(s, t).error() == store::errors::unordered_values().error());
    t.when[0].is = store::comparison::equal;
    t.when[0].value = 8;
    CHECK(store::commit_one(s, t)->succeeded);
}

TEST_CASE("a store on etcd begins with what the cluster has", "[store][etcd]") {
    auto server = etcd_server{};
    {
        auto first = connected(server.url());
        CHECK(first.revision() == 1);
        CHECK(first.compacted() == 0);
        CHECK(first.server_version().starts_with("3."));
        REQUIRE(store::put(first, "a", "1"));
    }
    auto second = connected(server.url());
    CHECK(second.revision() == 2);
    CHECK(store::get(second, "a")->value() == "1");
}

TEST_CASE("requests that mean nothing are refused before they leave", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    CHECK(s.put(put_of("", "x")).error().code == error_code::bad_request);
    CHECK(s.erase({.key = ""}).error().code == error_code::bad_request);
    CHECK(s.range({.key = ""}).error().code == error_code::bad_request);
    CHECK(s.watch({.key = "a", .start = -1}).error().code == error_code::bad_request);
    CHECK(s.compact(0).error().code == error_code::expired);
    CHECK(s.revision() == 1);
}

TEST_CASE("one put and one deletion are told with what was there", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    CHECK(s.put(put_of("a", "1"))->revision == 2);
    auto again = put_of("a", "2");
    again.want_previous = true;
    auto const put = s.put(again);
    REQUIRE(put);
    CHECK(put->previous.value() == "1");
    auto const gone = s.erase({.key = "a", .want_previous = true});
    REQUIRE(gone);
    CHECK(gone->deleted == 1);
    REQUIRE(gone->previous.size() == 1);
    CHECK(gone->previous[0].value() == "2");
    CHECK(s.erase({.key = "a"})->deleted == 0);
    CHECK(s.revision() == 4);
}

TEST_CASE("a long range is read in pages, all of one revision", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected({.endpoints = {server.url()}, .page_size = 7});
    auto batch = std::vector<etcd_txn>{};
    for (auto i = 0; i < 50; ++i) batch.push_back(only_put("k" + std::to_string(100 + i), "x"));
    for (auto const& done : s.commit(batch)) REQUIRE(done);
    auto const all = s.range(everything());
    REQUIRE(all);
    CHECK(all->count == 50);
    REQUIRE(all->kvs.size() == 50);
    CHECK(std::ranges::is_sorted(all->kvs, {}, [](auto const& kv) { return kv.key(); }));
    auto first = everything();
    first.limit = 10;
    auto const some = s.range(first);
    REQUIRE(some);
    CHECK(some->kvs.size() == 10);
    CHECK(some->more);
    CHECK(some->count == 50);
}

TEST_CASE("a lease lives as long as it is kept, and takes its keys along", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected(server.url());
    auto const lease = s.grant({.ttl = 60, .id = 77});
    REQUIRE(lease);
    CHECK(lease->id == 77);
    auto held = put_of("a", "1");
    held.lease = 77;
    REQUIRE(s.put(held));
    CHECK(s.leases().value() == std::vector<store::lease_id>{77});
    auto const status = s.time_to_live(77, true);
    REQUIRE(status);
    CHECK(status->granted_ttl == 60);
    CHECK(status->keys == std::vector<std::string>{"a"});
    CHECK(s.keep_alive(77)->ttl == 60);
    REQUIRE(s.revoke(77));
    CHECK_FALSE(store::get(s, "a").value());
    CHECK(s.revoke(77).error().code == error_code::not_found);
}
