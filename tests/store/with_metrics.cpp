/// \file
/// Stores that are measured.

#include <berth/sim/virtual_clock.hpp>
#include <berth/store/laws.hpp>
#include <berth/store/memory.hpp>
#include <berth/store/metrics.hpp>
#include <berth/store/with_faults.hpp>
#include <berth/store/with_metrics.hpp>

#include <catch2/catch_test_macros.hpp>
#include <store/judge.hpp>

#include <string>
#include <thread>
#include <vector>

using namespace berth;
namespace laws = berth::store::laws;
using store::operation_kind;
using text_store = store::memory<std::string>;
using text_txn = store::txn<std::string>;
using text_put = store::put_request<std::string>;

namespace {

/// Goes on by two milliseconds each time somebody looks.
struct hasty_clock {
    sim::virtual_clock time{};
    [[nodiscard]] auto now() const -> time_point {
        time.advance(milliseconds(2));
        return time.now();
    }
};

constexpr auto ok = store::succeeded;

} // namespace

TEST_CASE("a measured store obeys the laws", "[store][laws]") {
    auto figures = store::metrics{};
    auto const time = sim::virtual_clock{};
    auto const make = [&] { return text_store{} | store::with_metrics(figures, time); };
    laws::all(harbour::made_by{make}, harbour::judge);
    CHECK(figures.count_of(operation_kind::commit, ok) > 1'000);
}

TEST_CASE("each operation is counted with its outcome and timed", "[store]") {
    auto figures = store::metrics{};
    auto const time = hasty_clock{};
    auto s = text_store{} | store::with_metrics(figures, time);
    REQUIRE(store::put(s, "a", "12345"));
    REQUIRE(!store::put(s, "", "12345"));
    auto const batch = std::vector<text_txn>{{.then = {text_put{"b", "12"}, store::range_request{"a"}}},
                                             {.then = {text_put{"", "1"}}},
                                             {.otherwise = {text_put{"c", "1234567"}}}};
    CHECK(s.commit(batch).size() == 3);
    auto c = s.watch({.key = "a", .range_end = "z", .start = 1}).value();
    CHECK(c.next()->size() == 2);
    CHECK(c.next()->empty());
    REQUIRE(store::get(s, "a"));
    REQUIRE(!s.range(laws::everything(99)));

    CHECK(figures.count_of(operation_kind::put, ok) == 1);
    CHECK(figures.count_of(operation_kind::put, store::outcome_of(error_code::bad_request)) == 1);
    CHECK(figures.count_of(operation_kind::commit, ok) == 2);
    CHECK(figures.count_of(operation_kind::commit, store::outcome_of(error_code::bad_request)) == 1);
    CHECK(figures.count_of(operation_kind::range, store::outcome_of(error_code::future_revision)) == 1);
    CHECK(figures.count_of(operation_kind::next, ok) == 2);
    CHECK(figures.latency_of(operation_kind::commit).count() == 1);
    CHECK(figures.latency_of(operation_kind::put).sum() == milliseconds(4));
    CHECK(figures.latency_of(operation_kind::put).bucket(7) == 2);
    CHECK(figures.events() == 2);
    CHECK(figures.bytes_written() == 7);
    CHECK(figures.bytes_read() == 5 + 5 + 2 + 5);
}

TEST_CASE("a layer sees what is behind it", "[store]") {
    auto before = store::metrics{};
    auto behind = store::metrics{};
    auto const time = sim::virtual_clock{};
    auto s = text_store{} | store::with_metrics(behind, time) | store::with_faults({.error_rate = 1}) |
             store::with_metrics(before, time);
    CHECK(!store::put(s, "a", "1"));
    CHECK(before.count_of(operation_kind::put, store::outcome_of(error_code::unavailable)) == 1);
    CHECK(behind.latency_of(operation_kind::put).count() == 0);
}

TEST_CASE("the figures are text that Prometheus reads", "[store]") {
    auto figures = store::metrics{};
    auto const time = hasty_clock{};
    auto s = store::memory<int>{} | store::with_metrics(figures, time);
    REQUIRE(store::put(s, "a", 1));
    REQUIRE(store::put(s, "a", 2));
    REQUIRE(!store::put(s, "", 2));
    auto const text = to_prometheus(figures);
    auto const has = [&](std::string const& line) {
        return text.find("\n" + line + "\n") != std::string::npos;
    };
    CHECK(text.starts_with("# HELP berth_store_operations_total Operations "));
    CHECK(has("# TYPE berth_store_operations_total counter"));
    CHECK(has(R"(berth_store_operations_total{operation="put",code="OK"} 2)"));
    CHECK(has(R"(berth_store_operations_total{operation="put",code="BadRequest"} 1)"));
    CHECK(has("# TYPE berth_store_operation_duration_seconds histogram"));
    CHECK(has(R"(berth_store_operation_duration_seconds_bucket{operation="put",le="0.00001"} 0)"));
    CHECK(has(R"(berth_store_operation_duration_seconds_bucket{operation="put",le="0.001"} 0)"));
    CHECK(has(R"(berth_store_operation_duration_seconds_bucket{operation="put",le="0.0025"} 3)"));
    CHECK(has(R"(berth_store_operation_duration_seconds_bucket{operation="put",le="10"} 3)"));
    CHECK(has(R"(berth_store_operation_duration_seconds_bucket{operation="put",le="+Inf"} 3)"));
    CHECK(has(R"(berth_store_operation_duration_seconds_sum{operation="put"} 0.006)"));
    CHECK(has(R"(berth_store_operation_duration_seconds_count{operation="put"} 3)"));
    CHECK(has("berth_store_watch_events_total 0"));
    CHECK(has(R"(berth_store_value_bytes_total{direction="written"} 0)"));
    CHECK(text.back() == '\n');
    CHECK(text.find("\n\n") == std::string::npos);
}

TEST_CASE("each outcome has a name of its own", "[store]") {
    auto names = std::vector<std::string_view>{};
    for (store::outcome o = 0; o < store::outcomes; ++o) {
        for (auto const name : names) CHECK(name != store::name_of(o));
        names.push_back(store::name_of(o));
    }
    CHECK(names.front() == "OK");
    CHECK(names.back() == "InternalError");
}

TEST_CASE("the figures can be read while they change", "[store][threads]") {
    auto figures = store::metrics{};
    auto const time = sim::virtual_clock{};
    auto s = text_store{} | store::with_metrics(figures, time);
    {
        auto threads = std::vector<std::jthread>{};
        for (auto w = 0; w < 3; ++w) {
            threads.emplace_back([&s, w] {
                for (auto i = 0; i < 500; ++i) static_cast<void>(store::put(s, "k" + std::to_string(w), "1"));
            });
        }
        auto last = std::uint64_t{0};
        for (auto i = 0; i < 50; ++i) {
            CHECK(!to_prometheus(figures).empty());
            auto const now = figures.count_of(operation_kind::put, ok);
            CHECK(now >= last);
            last = now;
        }
    }
    CHECK(figures.count_of(operation_kind::put, ok) == 1'500);
    CHECK(figures.bytes_written() == 1'500);
}
