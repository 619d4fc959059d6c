/// \file
/// What is measured at a store: buckets, outcomes, and the text that Prometheus reads.

#include <berth/store/metrics.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

using namespace berth;
using store::latency_bounds;
using store::operation_kind;

namespace {

/// The value of a sample, or nothing that a sample has.
auto sample(std::string const& text, std::string_view series) -> std::string {
    auto const line = "\n" + std::string(series) + " ";
    auto const at = text.find(line);
    if (at == std::string::npos) return "none";
    auto const begin = at + line.size();
    return text.substr(begin, text.find('\n', begin) - begin);
}

} // namespace

TEST_CASE("a bucket holds its upper bound, and the last one what is longer than all", "[store]") {
    for (std::size_t i = 0; i < latency_bounds.size(); ++i) {
        CAPTURE(i);
        auto h = store::latency_histogram();
        h.add(latency_bounds[i]);
        CHECK(h.bucket(i) == 1);
        h.add(latency_bounds[i] + nanoseconds(1));
        CHECK(h.bucket(i) == 1);
        CHECK(h.bucket(i + 1) == 1);
        CHECK(h.count() == 2);
        CHECK(h.sum() == latency_bounds[i] * 2 + nanoseconds(1));
        if (i > 0) CHECK(latency_bounds[i - 1] < latency_bounds[i]);
    }
}

TEST_CASE("a clock that went back makes a shortest time, not a longest one", "[store]") {
    auto h = store::latency_histogram();
    h.add(nanoseconds(-5));
    h.add({});
    CHECK(h.bucket(0) == 2);
    CHECK(h.sum() == nanoseconds(-5));
}

TEST_CASE("each outcome that is counted has a name of its own", "[store]") {
    auto names = std::set<std::string_view>();
    for (store::outcome o = 0; o < store::outcomes; ++o) names.insert(store::name_of(o));
    CHECK(names.size() == store::outcomes);
    CHECK_FALSE(names.contains(""));
    CHECK(store::name_of(store::succeeded) == "OK");
    CHECK(store::outcome_of(error_code::bad_request) != store::succeeded);
    CHECK(store::outcome_of(error_code::internal) == store::outcomes - 1);
    CHECK(store::name_of(store::outcome_of(error_code::expired)) == reason_of(error_code::expired));
}

TEST_CASE("figures of one kind and outcome are not those of another", "[store]") {
    auto m = store::metrics();
    m.count(operation_kind::put, store::succeeded);
    m.count(operation_kind::put, store::outcome_of(error_code::internal));
    m.count(operation_kind::leases, store::succeeded);
    m.count(operation_kind::leases, store::succeeded);
    m.add_latency(operation_kind::put, milliseconds(1));
    CHECK(m.count_of(operation_kind::put, store::succeeded) == 1);
    CHECK(m.count_of(operation_kind::put, store::outcome_of(error_code::internal)) == 1);
    CHECK(m.count_of(operation_kind::leases, store::succeeded) == 2);
    CHECK(m.count_of(operation_kind::range, store::succeeded) == 0);
    CHECK(m.latency_of(operation_kind::put).count() == 1);
    CHECK(m.latency_of(operation_kind::commit).count() == 0);
}

TEST_CASE("the text has cumulative buckets, and nothing of what was not asked for", "[store]") {
    auto m = store::metrics();
    m.count(operation_kind::commit, store::outcome_of(error_code::future_revision));
    m.add_latency(operation_kind::commit, microseconds(10));
    m.add_latency(operation_kind::commit, milliseconds(2));
    m.add_latency(operation_kind::commit, seconds(11));
    m.add_events(3);
    m.add_bytes_read(5);
    m.add_bytes_written(7);
    auto const text = store::to_prometheus(m);
    auto const bucket = [&](std::string_view le) {
        return sample(text, R"(berth_store_operation_duration_seconds_bucket{operation="commit",le=")" +
                                std::string(le) + R"("})");
    };
    CHECK(bucket("0.00001") == "1");
    CHECK(bucket("0.001") == "1");
    CHECK(bucket("0.0025") == "2");
    CHECK(bucket("10") == "2");
    CHECK(bucket("+Inf") == "3");
    CHECK(sample(text, R"(berth_store_operation_duration_seconds_count{operation="commit"})") == "3");
    CHECK(sample(text, R"(berth_store_operation_duration_seconds_sum{operation="commit"})") == "11.00201");
    CHECK(sample(text, R"(berth_store_operations_total{operation="commit",code="FutureRevision"})") == "1");
    CHECK(sample(text, "berth_store_watch_events_total") == "3");
    CHECK(sample(text, R"(berth_store_value_bytes_total{direction="read"})") == "5");
    CHECK(sample(text, R"(berth_store_value_bytes_total{direction="written"})") == "7");
    CHECK(text.find("operation=\"range\"") == std::string::npos);
    CHECK(text.find("code=\"OK\"") == std::string::npos);
    CHECK(text.back() == '\n');
}
