/// \file
/// Stores with a bad line to them.

#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/with_faults.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using text_store = store::memory<std::string>;
using text_txn = store::txn<std::string>;
using text_put = store::put_request<std::string>;

namespace {

/// Tries again what was refused, so that a store that refuses now and then is as good as one that does not.
template <class C> struct patient_cursor {
    C inner;
    auto next(std::size_t at_most = 1'000) {
        while (true) {
            auto out = inner.next(at_most);
            if (out || out.error().code != error_code::unavailable) return out;
        }
    }
    [[nodiscard]] auto progress() const { return inner.progress(); }
    auto on_wake(waker w) -> void { inner.on_wake(w); }
};
struct patience : store::is_layer {
    template <class S, class Call>
    auto around(S& /*inner*/, store::operation_kind /*kind*/, Call call) const -> decltype(call()) {
        while (true) {
            auto out = call();
            if (out || out.error().code != error_code::unavailable) return out;
        }
    }
    template <class S> auto commit(S& inner, std::span<store::txn<std::string> const> batch) const {
        while (true) {
            auto out = inner.commit(batch);
            if (out.empty() || out[0] || out[0].error().code != error_code::unavailable) return out;
        }
    }
    template <class S> auto watch(S& inner, store::watch_request const& w) const {
        using cursor = patient_cursor<typename S::cursor>;
        while (true) {
            auto made = inner.watch(w);
            if (made) return result<cursor>{cursor{std::move(*made)}};
            if (made.error().code != error_code::unavailable)
                return result<cursor>{std::unexpected(made.error())};
        }
    }
};

/// What became of 200 puts: a letter each.
auto story(store::fault_options const& options) -> std::string {
    auto s = text_store{} | store::with_faults(options);
    auto out = std::string{};
    for (auto i = 0; i < 200; ++i) {
        auto const before = s.revision();
        auto const r = store::put(s, "a", "1");
        auto const done = s.revision() > before;
        out += r ? 'k' : r.error().code == error_code::unavailable ? 'u' : done ? 'A' : 'R';
        CHECK((done || !r));
        if (!r && r.error().code == error_code::unavailable) CHECK(!done);
    }
    return out;
}

} // namespace

TEST_CASE("rates of nothing change nothing", "[store][laws]") {
    laws::all(harbour::made_by{[] { return text_store{} | store::with_faults({}); }}, harbour::judge);
}

TEST_CASE("whoever tries again what was refused sees a lawful store", "[store][laws]") {
    auto const make = [] {
        auto const bad = store::fault_options{.seed = 5, .error_rate = 0.2, .watch_error_rate = 0.3};
        return text_store{} | store::with_faults(bad) | patience{};
    };
    laws::all(harbour::made_by{make}, harbour::judge, {.histories = 20, .depth = 3});
}

TEST_CASE("the same seed gives the same faults, another one others", "[store]") {
    auto const options =
        store::fault_options{.seed = 3, .error_rate = 0.2, .lost_request_rate = 0.1, .lost_ack_rate = 0.2};
    auto const once = story(options);
    CHECK(once == story(options));
    for (auto const letter : {'k', 'u', 'A', 'R'}) CHECK(once.find(letter) != std::string::npos);
    auto other = options;
    other.seed = 4;
    CHECK(once != story(other));
}

TEST_CASE("faults are counted, and can be turned off and on", "[store]") {
    auto const bad = store::faults{{.error_rate = 1}};
    auto s = text_store{} | store::with_faults(bad);
    CHECK(store::put(s, "a", "1").error().code == error_code::unavailable);
    CHECK(s.range(laws::everything()).error().code == error_code::unavailable);
    CHECK(s.watch({.key = "a"}).error().code == error_code::unavailable);
    CHECK(s.grant({.ttl = 5}).error().code == error_code::unavailable);
    CHECK(s.leases().error().code == error_code::unavailable);
    CHECK(bad.counts().refused == 5);
    bad.turn_off();
    CHECK(store::put(s, "a", "1"));
    CHECK(bad.counts() == store::fault_counts{.operations = 5, .refused = 5});
    s.layer().handle().turn_on();
    CHECK(!store::put(s, "a", "1"));
}

TEST_CASE("what cannot change anything has no unknown outcome", "[store]") {
    auto s = text_store{} | store::with_faults({.lost_ack_rate = 1});
    CHECK(store::put(s, "a", "1").error().code == error_code::timeout);
    CHECK(store::get(s, "a")->value() == "1");
    CHECK(s.watch({.key = "a"}));
    CHECK(s.grant({.ttl = 5, .id = 9}).error().code == error_code::timeout);
    CHECK(s.time_to_live(9, false));
    CHECK(s.compact(2).error().code == error_code::timeout);
    CHECK(s.compacted() == 2);
}

TEST_CASE("a batch whose acknowledgement is lost was done up to a point", "[store]") {
    auto s = text_store{} | store::with_faults({.seed = 11, .lost_ack_rate = 1});
    auto batch = std::vector<text_txn>{};
    for (auto i = 0; i < 4; ++i) batch.push_back({.then = {text_put{"k" + std::to_string(i), "1"}}});
    auto parts = std::set<store::revision_number>{};
    for (auto i = 0; i < 50; ++i) {
        auto const before = s.revision();
        for (auto const& r : s.commit(batch)) CHECK(r.error().code == error_code::timeout);
        parts.insert(s.revision() - before);
    }
    CHECK(parts == std::set<store::revision_number>{1, 2, 3, 4});
    CHECK(s.commit({}).empty());
}

TEST_CASE("delays are spent by whom the options name", "[store]") {
    auto slept = std::vector<duration>{};
    auto const sleep = store::sleeper{
        [](void* p, duration d) { static_cast<std::vector<duration>*>(p)->push_back(d); }, &slept};
    auto s = text_store{} | store::with_faults({.delay_rate = 0.5, .delay = milliseconds(3), .sleep = sleep});
    for (auto i = 0; i < 100; ++i) REQUIRE(store::put(s, "a", "1"));
    CHECK(slept.size() > 20);
    CHECK(slept.size() < 80);
    CHECK(s.layer().handle().counts().delays == slept.size());
    for (auto const d : slept) CHECK((d > nanoseconds(0) && d <= milliseconds(3)));
}

TEST_CASE("a broken watch goes on where it was", "[store]") {
    auto s = text_store{} | store::with_faults({.watch_error_rate = 0.5});
    auto c = s.watch({.key = "a", .start = 1}).value();
    auto next = store::revision_number{2};
    auto refused = 0;
    for (auto i = 0; i < 100; ++i) {
        REQUIRE(store::put(s, "a", "1"));
        auto const progress = c.progress();
        auto const seen = c.next(1'000);
        if (!seen) {
            ++refused;
            CHECK(c.progress() == progress);
            continue;
        }
        for (auto const& e : *seen) CHECK(e.kv.mod_revision() == next++);
    }
    CHECK(refused > 20);
    s.layer().handle().turn_off();
    CHECK(c.next());
    CHECK(c.progress() == 101);
}

TEST_CASE("faults are for many threads", "[store][threads]") {
    auto s = text_store{} | store::with_faults({.error_rate = 0.1, .lost_ack_rate = 0.1});
    auto const bad = s.layer().handle();
    {
        auto threads = std::vector<std::jthread>{};
        for (auto w = 0; w < 3; ++w) {
            threads.emplace_back([&s, w] {
                for (auto i = 0; i < 500; ++i) static_cast<void>(store::put(s, "k" + std::to_string(w), "1"));
            });
        }
        for (auto i = 0; i < 100; ++i) {
            bad.turn_off();
            bad.turn_on();
        }
    }
    auto const n = bad.counts();
    bad.turn_off();
    CHECK(n.operations <= 1'500);
    CHECK(s.revision() == 1 + 1'500 - static_cast<store::revision_number>(n.refused));
}
