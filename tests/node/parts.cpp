/// \file
/// The small pure parts: expansion, back-off, durations, addresses.

#include <berth/node/backoff.hpp>
#include <berth/node/expansion.hpp>

#include <catch2/catch_test_macros.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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
