/// \file
/// Probes: when to ask, and what the answers add up to.

#include <berth/node/probing.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>

using namespace berth;
using namespace berth::node;

namespace {

constexpr auto start = time_point::from_unix_seconds(1'000);
constexpr auto id = container_id{7};

/// Every 10 seconds, for 2; up after 2 answers, down after 3.
auto usual() -> kube::probe {
    auto out = kube::probe();
    out.initial_delay_seconds = 5;
    out.period_seconds = 10;
    out.timeout_seconds = 2;
    out.success_threshold = 2;
    out.failure_threshold = 3;
    return out;
}

} // namespace

TEST_CASE("a probe first waits, then asks at its period, and waits for the answer as long as it may",
          "[node]") {
    auto const p = usual();
    auto course = probe_course();
    course.begin(p, start);
    CHECK(course.due() == start + seconds(5));
    CHECK_FALSE(course.under_way());
    course.ask(p, id, start + seconds(5));
    CHECK(course.under_way() == id);
    CHECK(course.due() == start + seconds(7));
    course.answer(p, true);
    CHECK_FALSE(course.under_way());
    CHECK(course.due() == start + seconds(15)); // a period after it was asked, not after it answered
}

TEST_CASE("who waits no longer hears of it at the next period, once", "[node]") {
    auto const p = usual();
    auto course = probe_course();
    course.begin(p, start);
    course.ask(p, id, start);
    CHECK_FALSE(course.overdue());
    course.give_up();
    CHECK(course.overdue());
    CHECK(course.under_way() == id);
    CHECK(course.due() == start + seconds(10));
    course.answer(p, false);
    course.ask(p, id, start + seconds(10));
    CHECK_FALSE(course.overdue());
}

TEST_CASE("only answers in a row count, up to the threshold", "[node]") {
    auto const p = usual();
    auto const settle = [&](std::string const& answers) {
        auto course = probe_course();
        course.begin(p, start);
        auto out = std::string();
        for (auto const a : answers) {
            auto const all = course.answer(p, a == '+');
            out += !all ? '.' : *all ? '+' : '-';
        }
        return out;
    };
    CHECK(settle("+++") == ".++");
    CHECK(settle("----") == "..--");
    CHECK(settle("--+---") == ".....-");
    CHECK(settle("+-++") == "...+");
}

TEST_CASE("what a probe leaves out is as Kubernetes has it", "[node]") {
    auto const p = kube::probe();
    auto course = probe_course();
    course.begin(p, start);
    CHECK(course.due() == start);
    course.ask(p, std::nullopt, start); // it could not be asked
    CHECK_FALSE(course.under_way());
    CHECK(course.due() == start + seconds(10));
    course.ask(p, id, start);
    CHECK(course.due() == start + seconds(1));
    CHECK(course.answer(p, true) == true);
    CHECK_FALSE(course.answer(p, false));
    CHECK_FALSE(course.answer(p, false));
    CHECK(course.answer(p, false) == false);
    course.begin(p, start); // a new incarnation has no past
    CHECK_FALSE(course.answer(p, false));
}

TEST_CASE("a container has a probe of each kind or none", "[node]") {
    auto c = kube::container();
    for (auto const r : {role::startup, role::readiness, role::liveness}) CHECK(probe_of(c, r) == nullptr);
    c.readiness_probe = usual();
    CHECK(probe_of(c, role::startup) == nullptr);
    CHECK(probe_of(c, role::liveness) == nullptr);
    REQUIRE(probe_of(c, role::readiness) != nullptr);
    CHECK(probe_of(c, role::readiness)->period_seconds == 10);
    for (auto const& [r, name] :
         {std::pair{role::startup, "Startup"}, std::pair{role::readiness, "Readiness"},
          std::pair{role::liveness, "Liveness"}})
        CHECK(to_string(r) == name);
}

TEST_CASE("a named port is that of the container, and a name that it has not is none", "[node]") {
    auto c = kube::container();
    auto& port = c.ports.emplace_back();
    port.name = "web";
    port.port = 8080;
    CHECK(node::detail::port_of(c, object::int_or_string("web")) == 8080);
    CHECK(node::detail::port_of(c, object::int_or_string(81)) == 81);
    CHECK(node::detail::port_of(c, object::int_or_string("other")) == 0);
}
