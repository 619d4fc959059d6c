/// \file
/// What happens when members die, stand still, or cannot be reached.

#include "proxy.hpp"
#include "server.hpp"
#include "words.hpp"

#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::store::testing;

namespace {

constexpr auto nobody = "http://127.0.0.1:1";

} // namespace

TEST_CASE("a dead endpoint is skipped, and found again later", "[store][etcd]") {
    auto server = etcd_server{};
    auto wire_to_it = tcp_proxy{server.port()};
    auto s = connected({.endpoints = {nobody, wire_to_it.url(), server.url()}});
    REQUIRE(store::put(s, "a", "1"));
    wire_to_it.set(wire::dead);
    REQUIRE(store::put(s, "a", "2"));
    CHECK(store::get(s, "a")->value() == "2");
    server.kill();
    auto const gone = store::put(s, "a", "3");
    REQUIRE(!gone);
    CHECK(gone.error().code == error_code::unavailable);
    CHECK(s.revision() == 3); // the last one known
    server.restart();
    CHECK(store::put(s, "a", "3")->revision == 4);
}

TEST_CASE("a store that cannot be reached says why", "[store][etcd]") {
    auto const s = store::etcd::connect({.endpoints = {nobody}});
    REQUIRE(!s);
    CHECK(s.error().code == error_code::unavailable);
    CHECK(s.error().message.find(nobody) != std::string::npos);
    for (auto const* bad : {"127.0.0.1:2379", "ftp://x", "http://", "http://x:port", "http://x:1/path"})
        CHECK(store::etcd::connect({.endpoints = {bad}}).error().code == error_code::bad_request);
    CHECK(store::etcd::connect({}).error().code == error_code::bad_request);
}

TEST_CASE("a write whose answer is lost is unknown, and never repeated", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto s = connected({.endpoints = {proxy.url(), server.url()}});
    REQUIRE(store::put(s, "a", "1"));
    proxy.set(wire::loses_answers);
    auto const lost = store::put(s, "a", "2");
    REQUIRE(!lost);
    CHECK(lost.error().code == error_code::timeout);
    CHECK(store::get(s, "a")->version() == 2);
}

TEST_CASE("a read whose answer is lost is asked elsewhere", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto s = connected({.endpoints = {proxy.url(), server.url()}});
    REQUIRE(store::put(s, "a", "1"));
    proxy.set(wire::loses_answers);
    CHECK(store::get(s, "a")->value() == "1");
    CHECK(proxy.broken() > 0);
}

TEST_CASE("of a batch that is cut, what was not sent was not done", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto s = connected(proxy.url());
    auto batch = std::vector<etcd_txn>{};
    for (auto i = 0; i < 50; ++i) batch.push_back(only_put("k" + std::to_string(i), "1"));
    proxy.set(wire::loses_answers);
    auto const done = s.commit(batch);
    auto const direct = connected(server.url());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        REQUIRE(!done[i]);
        auto const there = store::get(direct, "k" + std::to_string(i)).value();
        if (done[i].error().code == error_code::unavailable) CHECK(!there);
        else CHECK(done[i].error().code == error_code::timeout);
    }
}

TEST_CASE("no call outlasts its deadline when the only member stands still", "[store][etcd]") {
    auto server = etcd_server{};
    auto s = connected({.endpoints = {server.url()}, .deadline = milliseconds(300)});
    REQUIRE(store::put(s, "a", "1"));
    auto c = s.watch(watch_everything(1)).value();
    server.pause();
    CHECK(store::put(s, "a", "2").error().code == error_code::timeout);
    CHECK(store::get(s, "a").error().code == error_code::unavailable);
    CHECK(s.compact(2).error().code == error_code::timeout);
    CHECK(s.revision() == 2);
    CHECK(s.watch({}).error().code == error_code::unavailable);
    CHECK(!c.next());
    server.resume();
    auto seen = c.next();
    for (auto attempt = 0; !seen && attempt < 100; ++attempt) seen = c.next();
    CHECK(seen.has_value());
}

TEST_CASE("a watch goes on without gap or repetition when its connection is cut", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto writer = connected(server.url());
    auto s = connected(proxy.url());
    auto c = s.watch(watch_everything()).value();
    auto seen = std::vector<store::revision_number>{};
    for (auto round = 0; round < 8; ++round) {
        for (auto i = 0; i < 20; ++i) REQUIRE(store::put(writer, "k" + std::to_string(i % 3), "1"));
        if (round % 2 == 0) proxy.cut();
        REQUIRE(s.revision() == 1 + 20 * (round + 1));
        if (round % 3 == 0) proxy.cut();
        auto const more = revisions_until(c, s.revision());
        seen.insert(seen.end(), more.begin(), more.end());
    }
    CHECK(seen.size() == 160);
    CHECK(are_consecutive(seen, 2));
}

TEST_CASE("a watch is told when what it missed was compacted meanwhile", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto other = connected(server.url());
    auto s = connected(proxy.url());
    auto c = s.watch(watch_everything()).value();
    proxy.set(wire::dead);
    for (auto i = 0; i < 5; ++i) REQUIRE(store::put(other, "a", "1"));
    REQUIRE(other.compact(5));
    proxy.set(wire::whole);
    REQUIRE(s.revision() == 6);
    for (auto i = 0; i < 2; ++i) {
        auto const seen = c.next();
        REQUIRE(!seen);
        CHECK(seen.error().code == error_code::expired);
    }
    CHECK(s.compacted() == 5);
    auto again = s.watch(watch_everything(5)).value();
    CHECK(revisions_until(again, 6) == std::vector<store::revision_number>{5, 6});
}

TEST_CASE("a watch leaves a member that stands still", "[store][etcd]") {
    auto server = etcd_server{};
    auto proxy = tcp_proxy{server.port()};
    auto s = connected({.endpoints = {proxy.url(), server.url()}, .deadline = seconds(20)});
    auto c = s.watch(watch_everything()).value();
    proxy.set(wire::silent);
    auto other = connected(server.url());
    REQUIRE(store::put(other, "a", "1"));
    auto seen = std::vector<store::revision_number>{};
    for (auto attempt = 0; seen.empty() && attempt < 10'000; ++attempt) {
        auto const got = c.next();
        if (got && !got->empty()) seen.push_back(got->front().kv.mod_revision());
        else std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
    CHECK(seen == std::vector<store::revision_number>{2});
}

namespace {

/// Writers that note what was acknowledged, each on keys of its own, and one that follows.
struct load {
    std::atomic<bool> stop{false};
    std::mutex mutex{};
    std::map<std::string, std::string> acknowledged{};
    std::atomic<int> refused{0}; ///< for another reason than that nobody answered
    std::atomic<int> done{0};

    auto write(store::etcd& s, int who) -> void {
        for (auto n = 0; !stop; ++n) {
            auto const key = std::to_string(who) + "/" + std::to_string(n);
            auto const put = store::put(s, key, std::to_string(n));
            if (put) {
                auto const lock = std::scoped_lock(mutex);
                acknowledged[key] = std::to_string(n);
                ++done;
            } else {
                auto const code = put.error().code;
                if (code != error_code::timeout && code != error_code::unavailable) ++refused;
            }
        }
    }
    auto await_more(int count) -> void {
        for (auto const wanted = done + count; done < wanted;) std::this_thread::yield();
    }
};

/// Hurts the leader while four write and one follows; nothing that was acknowledged may be missing.
auto survive(void (*hurt)(etcd_member&), void (*heal)(etcd_member&)) -> void {
    auto cluster = etcd_cluster{3};
    auto s = connected({.endpoints = cluster.urls(), .deadline = seconds(2)});
    auto c = s.watch(watch_everything()).value();
    auto work = load{};
    auto seen = std::vector<store::revision_number>{};
    {
        auto stop_run = std::stop_source{};
        auto runner = std::jthread{[&] { s.run(stop_run.get_token()); }};
        auto writers = std::vector<std::jthread>{};
        for (auto who = 0; who < 4; ++who) writers.emplace_back([&, who] { work.write(s, who); });
        for (auto round = 0; round < 2; ++round) {
            work.await_more(50);
            auto& leader = cluster.member(cluster.leader());
            hurt(leader);
            work.await_more(50);
            heal(leader);
        }
        work.stop = true;
        writers.clear();
        stop_run.request_stop();
    }
    auto now = s.range(everything());
    for (auto attempt = 0; !now && attempt < 20; ++attempt) now = s.range(everything());
    REQUIRE(now.has_value());
    CHECK(work.refused == 0);
    auto there = std::map<std::string, std::string>{};
    for (auto const& kv : now->kvs) there.emplace(kv.key(), kv.value());
    for (auto const& [key, value] : work.acknowledged) CHECK(there[key] == value);
    seen = revisions_until(c, now->revision);
    CHECK(are_consecutive(seen, 2));
    CHECK(seen.size() + 1 == static_cast<std::size_t>(now->revision));
}

} // namespace

TEST_CASE("nothing acknowledged is lost when leaders are killed", "[store][etcd][cluster]") {
    survive([](etcd_member& m) { m.kill(); }, [](etcd_member& m) { m.restart(); });
}

TEST_CASE("nothing acknowledged is lost when leaders stand still", "[store][etcd][cluster]") {
    survive([](etcd_member& m) { m.pause(); }, [](etcd_member& m) { m.resume(); });
}
