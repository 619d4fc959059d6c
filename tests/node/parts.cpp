/// \file
/// The small pure parts: expansion, back-off, durations, addresses, logs.

#include <berth/node/address_range.hpp>
#include <berth/node/backoff.hpp>
#include <berth/node/expansion.hpp>
#include <berth/node/logs.hpp>
#include <berth/object/time.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

using namespace berth;
using namespace berth::node;

TEST_CASE("variables are put in as Kubernetes does it", "[node][expansion]") {
    auto const values =
        std::map<std::string, std::string, std::less<>>{{"A", "1"}, {"EMPTY", ""}, {"REF", "$(A)"}};
    auto const expand = [&values](std::string_view text) {
        return expand_variables(text, [&values](std::string_view name) {
            auto const found = values.find(name);
            return found == values.end() ? nullptr : &found->second;
        });
    };
    CHECK(expand("") == "");
    CHECK(expand("plain") == "plain");
    CHECK(expand("$(A)") == "1");
    CHECK(expand("x$(A)y$(A)") == "x1y1");
    CHECK(expand("$(EMPTY)!") == "!");
    CHECK(expand("$(REF)") == "$(A)");
    CHECK(expand("$(NONE)") == "$(NONE)");
    CHECK(expand("$$(A)") == "$(A)");
    CHECK(expand("$$$(A)") == "$1");
    CHECK(expand("$$$$(A)") == "$$(A)");
    CHECK(expand("$A") == "$A");
    CHECK(expand("$") == "$");
    CHECK(expand("a$") == "a$");
    CHECK(expand("$(A") == "$(A");
    CHECK(expand("$()") == "$()");
    CHECK(expand("$(A)$") == "1$");
    CHECK(expand("$((A))") == "$((A))");
}

TEST_CASE("back-off doubles up to a cap and begins anew after a long run", "[node][backoff]") {
    auto const limits = backoff_limits{};
    auto b = restart_backoff();
    auto t = time_point::from_unix_seconds(1'000'000);
    CHECK(b.ready_at(t, limits) == t);
    for (auto const expected : {10, 20, 40, 80, 160, 300, 300}) {
        b.restarted(t, t, limits);
        CHECK(b.delay() == seconds(expected));
        CHECK(b.ready_at(t, limits) == t + seconds(expected));
        t = t + seconds(expected);
    }
    t = t + minutes(11);
    CHECK(b.ready_at(t, limits) == t);
    b.restarted(t, t, limits);
    CHECK(b.delay() == seconds(10));
}

TEST_CASE("durations read as in Go", "[node][backoff]") {
    CHECK(go_duration({}) == "0s");
    CHECK(go_duration(seconds(10)) == "10s");
    CHECK(go_duration(seconds(80)) == "1m20s");
    CHECK(go_duration(minutes(5)) == "5m0s");
    CHECK(go_duration(minutes(90)) == "1h30m0s");
    CHECK(go_duration(milliseconds(1500)) == "1.5s");
    CHECK(go_duration(milliseconds(250)) == "250ms");
    CHECK(go_duration(milliseconds(61'050)) == "1m1.05s");
}

TEST_CASE("addresses are given once, and again as late as possible", "[node][address_range]") {
    auto range = address_range::parse("10.244.3.0/29").value();
    auto given = std::vector<std::string>();
    while (auto const address = range.take()) given.push_back(*address);
    CHECK(given ==
          std::vector<std::string>{"10.244.3.2", "10.244.3.3", "10.244.3.4", "10.244.3.5", "10.244.3.6"});
    range.give_back("10.244.3.4");
    range.give_back("10.244.3.2");
    CHECK(range.take("10.244.3.4") == "10.244.3.4");
    CHECK(range.take("10.244.3.4") == "10.244.3.2");
    CHECK(!range.take());
    CHECK(!address_range().take());
    for (auto const* wrong :
         {"", "10.244.3.0", "10.244.3.0/", "10.244.3.0/31", "10.244.3/24", "x/24", "::1/24", "10.0.0.0/1x"})
        CHECK(address_range::parse(wrong).error().code == error_code::invalid);
}

TEST_CASE("logs are read by lines, times, streams and bytes", "[node][logs]") {
    auto name = (std::filesystem::temp_directory_path() / "berth-logs-XXXXXX").string();
    auto const place = log_place{::mkdtemp(name.data()), "default", "web", "uid-1", "app"};
    std::filesystem::create_directories(place.directory());
    std::ofstream(place.file(0)) << "2026-01-02T03:04:05.000000001Z stdout F old\n";
    std::ofstream(place.file(1)) << "2026-01-02T03:04:05.000000001Z stdout F one\n"
                                    "2026-01-02T03:04:06.000000001Z stderr F two\n"
                                    "2026-01-02T03:04:07.000000001Z stdout P th\n"
                                    "2026-01-02T03:04:07.000000002Z stdout F ree\n"
                                    "2026-01-02T03:04:08.000000001Z stdout F \n"
                                    "2026-01-02T03:04:09.000000001Z stdout F unfinish";
    auto const read = [&place](log_options options) {
        return open_log(place, false, options).value().read();
    };
    CHECK(read({}) == "one\ntwo\nthree\n\n");
    CHECK(read({.tail_lines = 0}) == "");
    CHECK(read({.tail_lines = 4}) ==
          "three\n\n"); // the unfinished line is one, and parts are, as for a kubelet
    CHECK(read({.tail_lines = 100}) == "one\ntwo\nthree\n\n");
    CHECK(read({.limit_bytes = 5}) == "one\nt");
    CHECK(read({.since = object::parse_time("2026-01-02T03:04:06Z").value()}) == "two\nthree\n\n");
    CHECK(read({.from = log_options::stream::standard_error}) == "two\n");
    CHECK(read({.tail_lines = 4, .timestamps = true})
              .starts_with("2026-01-02T03:04:07.000000001Z three\n2026-"));
    CHECK(open_log(place, true).value().read() == "old\n");
    CHECK(open_log(place, false).value().finished());
    auto following = open_log(place, false, {.tail_lines = 1}).value();
    CHECK(following.read() == "");
    std::ofstream(place.file(1), std::ios::app) << "ed\n";
    CHECK(following.read() == "unfinished\n");
    CHECK(following.read() == "");
    auto missing = place;
    missing.container = "none";
    CHECK(open_log(missing, false).error().code == error_code::not_found);
    std::filesystem::remove_all(place.root);
}
