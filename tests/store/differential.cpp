/// \file
/// The same requests on a store in memory, a store on disk and a live etcd have the same answers, in every
/// field and word. etcd is the judge. `BERTH_OPERATIONS` and `BERTH_SEED` make it longer, or another run.

#include "store/edge_source.hpp"
#include "store/etcd/server.hpp"
#include "store/lmdb/maker.hpp"
#include "store/lockstep.hpp"

#include <berth/core/time.hpp>
#include <berth/sim/virtual_clock.hpp>
#include <berth/store/etcd.hpp>
#include <berth/store/lmdb.hpp>
#include <berth/store/memory.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
using namespace berth::tests;
using store::testing::etcd_server;

namespace {

auto from_environment(char const* name, std::size_t otherwise) -> std::size_t {
    auto const* const text = std::getenv(name);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// Fresh stores of all kinds. The local ones grant a second at least, as this etcd does.
class trio {
public:
    using memory = store::memory<std::string>;
    using stores = lockstep<memory, store::lmdb, store::etcd>;

    trio()
        : memory_({.least_ttl = 1, .clock = clock_}),
          lmdb_(store::lmdb::open(folder_ / "store", {.memory = {.least_ttl = 1, .clock = clock_}}).value()),
          etcd_(store::etcd::connect({.endpoints = {server_.url()}}).value()),
          all(memory_, lmdb_, etcd_) {}

    /// Lets the lease end in etcd, which takes its time, then here.
    auto expire(store::lease_id id, std::int64_t ttl) -> void {
        for (auto i = 0; i < 2'000; ++i) {
            auto const left = etcd_.leases().value();
            if (std::find(left.begin(), left.end(), id) == left.end()) break;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        clock_.advance(seconds(ttl));
        REQUIRE(memory_.expire());
        REQUIRE(lmdb_.expire());
    }

private:
    folder folder_;
    sim::virtual_clock clock_;
    etcd_server server_{{.arguments = {"--unsafe-no-fsync"}}};
    memory memory_;
    store::lmdb lmdb_;
    store::etcd etcd_;

public:
    stores all;
};

/// One random history.
class history {
public:
    history(trio& t, std::uint64_t seed) : trio_(t), all_(t.all), source_(seed) {}

    auto run(std::size_t steps) -> void {
        for (auto i = std::size_t{0}; i < steps && all_.complaint.empty(); ++i) {
            step();
            look();
            if (all_.complaint.empty()) continue;
            all_.complaint += "\n  at step " + std::to_string(i);
        }
        finish();
    }
    /// One lease that nobody keeps alive, and one that somebody does.
    auto let_a_lease_expire() -> void {
        all_.tell_all(store::lease_request{.ttl = 0, .id = 900});
        all_.tell_all(store::lease_request{.ttl = -7, .id = 902});
        all_.tell_all(revoke_call{902});
        all_.tell_all(store::lease_request{.ttl = 100'000, .id = 901});
        for (auto const* key : {"b", "a", "c"})
            all_.tell_all(text_put{.key = key, .value = "x", .lease = 900});
        all_.tell_all(text_put{.key = "c", .value = "y", .lease = 901});
        all_.watch_all({.range_end = std::string{store::unbounded}, .want_previous = true});
        trio_.expire(900, 1);
        all_.pull_all(all_.watch_count() - 1);
        all_.tell_all(keep_alive_call{900});
        all_.tell_all(revoke_call{900});
        all_.tell_all(time_to_live_call{.id = 900});
        all_.tell_all(text_put{.key = "a", .value = "x", .lease = 900});
        all_.tell_all(keep_alive_call{901});
        source_.known.gone.push_back(900);
        look();
        all_.compare_state({0, source_.known.now, source_.known.now - 1});
    }

    std::size_t operations = 0;

private:
    auto step() -> void {
        if (source_.chance(5)) return batch();
        if (source_.chance(8)) return watch();
        if (source_.chance(60)) {
            if (auto const id = all_.grant_any(200'000); id != 0) source_.known.leases.push_back(id);
            return;
        }
        auto r = source_.any();
        if (auto* const p = std::get_if<text_put>(&r)) settle(*p);
        operations += operations_in(r);
        note(r, all_.ask_all(r));
    }
    /// Of a put that is wrong in two ways, etcd says one thing alone and another in a transaction.
    auto settle(text_put& p) -> void {
        if (p.ignore_value || p.ignore_lease) p.lease = 0;
    }
    auto batch() -> void {
        auto some = std::vector<text_txn>{};
        for (auto n = source_.below(12); n > 0; --n) {
            some.push_back(source_.transaction(4, 1));
            operations += operations_in(some.back());
        }
        all_.commit_all(some);
    }
    auto watch() -> void {
        ++operations;
        if (all_.watch_count() > 5) return all_.close_watch(source_.below(all_.watch_count()));
        if (all_.watch_count() == 0 || source_.chance(2)) return all_.watch_all(source_.watch());
        all_.pull_all(source_.below(all_.watch_count()));
    }

    /// Keeps the source's knowledge up to date.
    auto look() -> void {
        source_.known.now = all_.first().revision();
        source_.known.compacted = all_.first().compacted();
    }
    auto note(request const& r, result<answer> const& said) -> void {
        auto& leases = source_.known.leases;
        if (!said) return;
        if (auto const* const g = std::get_if<store::lease_request>(&r)) leases.push_back(g->id);
        if (auto const* const x = std::get_if<revoke_call>(&r)) {
            std::erase(leases, x->id);
            source_.known.gone.push_back(x->id);
        }
    }
    auto finish() -> void {
        auto revisions = std::vector<store::revision_number>{-1, 0};
        for (auto at = source_.known.now + 1; at >= source_.known.compacted - 1 && revisions.size() < 40;
             --at)
            revisions.push_back(at);
        if (all_.complaint.empty()) all_.compare_state(revisions);
        if (all_.complaint.empty())
            all_.watch_all({.range_end = std::string{store::unbounded},
                            .start = std::max<store::revision_number>(source_.known.compacted, 1),
                            .want_previous = true});
        while (all_.complaint.empty() && all_.watch_count() > 0) {
            all_.pull_all(0);
            all_.close_watch(0);
        }
    }

    trio& trio_;
    trio::stores& all_;
    edge_source source_;
};

/// One of eight small steps. Each is relative to the revision that the stores have come to.
auto small_step(trio::stores& all, std::size_t which) -> void {
    auto const put = [](char const* key) { return text_operation{text_put{.key = key, .value = "1"}}; };
    auto const erase = [](char const* key, char const* end) {
        return text_operation{store::erase_request{.key = key, .range_end = end, .want_previous = true}};
    };
    auto const now = all.first().revision();
    switch (which) {
    case 0: all.tell_all(text_txn{.then = {put("a")}}); break;
    case 1: all.tell_all(text_txn{.then = {erase("a", "")}}); break;
    case 2: all.tell_all(text_txn{.then = {erase("a", "z")}}); break;
    case 3: all.tell_all(text_txn{.then = {put("b"), erase("a", "")}}); break;
    case 4:
        all.tell_all(store::lease_request{.ttl = 100'000, .id = 1});
        all.tell_all(text_put{.key = "b", .value = "2", .lease = 1});
        break;
    case 5: all.tell_all(revoke_call{1}); break;
    case 6: all.tell_all(compact_call{now}); break;
    default: all.tell_all(compact_call{now - 1});
    }
}

/// Reads the newest revisions, the oldest one first, and clears the place.
auto recent_past(trio::memory const& s) -> text_txn {
    auto out = text_txn{};
    auto const now = s.revision();
    for (auto at = std::max({s.compacted(), now - 3, store::revision_number{1}}); at <= now; ++at)
        out.then.emplace_back(store::range_request{.key = "a", .range_end = "z", .revision = at});
    out.then.emplace_back(store::erase_request{.key = "a", .range_end = "z", .want_previous = true});
    return out;
}

/// Makes all histories of `depth` of the first `choices` small steps, one after the other.
auto small_histories(trio::stores& all, std::size_t choices, std::size_t depth) -> void {
    auto end = std::size_t{1};
    for (std::size_t i = 0; i < depth; ++i) end *= choices;
    for (std::size_t number = 0; number < end && all.complaint.empty(); ++number) {
        auto steps = std::string{};
        for (auto rest = number, i = std::size_t{0}; i < depth; ++i, rest /= choices) {
            small_step(all, rest % choices);
            steps += std::to_string(rest % choices);
        }
        all.tell_all(recent_past(all.first()));
        if (number % 8 == 7) all.pull_all(0);
        all.tell_all(revoke_call{1});
        INFO("the small history of steps " << steps << ": " << all.complaint);
        REQUIRE(all.complaint.empty());
    }
}

/// What a history of some hundred steps finds different between two stores in memory.
template <class Other> auto difference(Other& other) -> std::string {
    auto one = trio::memory{};
    auto both = lockstep<trio::memory, Other>{one, other};
    auto source = edge_source{5};
    for (auto i = 0; i < 600 && both.complaint.empty(); ++i) {
        auto const r = source.any();
        if (auto const said = both.ask_all(r); said && std::holds_alternative<store::lease_request>(r))
            source.known.leases.push_back(std::get<store::lease_request>(r).id);
        source.known.now = one.revision();
        source.known.compacted = one.compacted();
        if (i % 50 == 0) both.watch_all(source.watch());
        if (i % 50 == 49) both.pull_all(source.below(both.watch_count()));
    }
    return both.complaint;
}

} // namespace

TEST_CASE("a comparison finds what is different", "[store][differential]") {
    auto same = trio::memory{};
    CHECK(difference(same).empty());
    auto strict = trio::memory{{.max_txn_operations = 6}};
    CHECK_THAT(difference(strict), Catch::Matchers::Contains("too many operations"));
    auto older = trio::memory{};
    REQUIRE(store::put(older, "z", "1"));
    CHECK_FALSE(difference(older).empty());
}

TEST_CASE("random requests on memory, disk and etcd have the same answers", "[store][etcd][differential]") {
    auto const wanted = from_environment("BERTH_OPERATIONS", 100'000);
    auto seed = from_environment("BERTH_SEED", 1);
    for (auto done = std::size_t{0}; done < wanted; ++seed) {
        auto t = trio{};
        auto h = history{t, seed};
        h.run(500);
        if (t.all.complaint.empty() && seed % 4 == 1) h.let_a_lease_expire();
        if (t.all.complaint.empty()) h.run(500);
        done += h.operations;
        INFO("BERTH_SEED=" << seed << ": " << t.all.complaint);
        REQUIRE(t.all.complaint.empty());
    }
}

TEST_CASE("all small histories on memory, disk and etcd are the same", "[store][etcd][differential]") {
    auto t = trio{};
    t.all.watch_all({.range_end = std::string{store::unbounded}, .want_previous = true});
    small_histories(t.all, 6, 3); // without compactions: each takes etcd 100 ms
    small_histories(t.all, 8, 2);
    t.all.pull_all(0);
    CHECK(t.all.complaint.empty());
}
