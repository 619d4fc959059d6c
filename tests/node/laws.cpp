/// \file
/// The laws of runtimes hold for both of Berth's, and find out one that is broken.

#include <berth/node/laws.hpp>
#include <berth/node/process_runtime.hpp>
#include <berth/node/simulated_runtime.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace berth;
using namespace berth::node;

namespace {

auto named(std::string name) -> container_spec {
    auto out = container_spec();
    out.name = std::move(name);
    return out;
}

struct simulated_maker {
    auto make() const -> simulated_runtime {
        auto options = simulated_options{};
        for (auto code = 0; code < 5; ++code)
            options.rules.push_back(
                {.name = "ends-" + std::to_string(code), .runs_for = seconds(1), .exit_code = code});
        options.rules.push_back({.name = "deaf", .ignores_terminate = true});
        options.rules.push_back({.name = "polite", .ready_until = milliseconds(5)});
        options.rules.push_back(
            {.name = "impossible", .refuses = error{error_code::invalid, "cannot be", {}}});
        return simulated_runtime(std::move(options));
    }
    auto ending(int code) const -> container_spec { return named("ends-" + std::to_string(code)); }
    auto endless(bool deaf) const -> container_spec { return named(deaf ? "deaf" : "polite"); }
    auto impossible() const -> container_spec { return named("impossible"); }
    auto question(bool) const -> action { return exec_action{{"check"}}; }
    auto pass(time_point now) const -> time_point { return now + milliseconds(10); }
};

struct process_maker {
    auto make() const -> process_runtime {
        auto options = process_options{};
        options.shutdown_grace = milliseconds(0);
        return process_runtime::open(std::move(options)).value();
    }
    static auto shell(std::string script) -> container_spec {
        auto out = named("test");
        out.command = {"sh", "-c", std::move(script)};
        return out;
    }
    auto ending(int code) const -> container_spec { return shell("exit " + std::to_string(code)); }
    auto endless(bool deaf) const -> container_spec {
        return shell(deaf ? "trap '' TERM; while :; do sleep 1; done" : "exec sleep 300");
    }
    auto impossible() const -> container_spec { return named("no command"); }
    auto question(bool good) const -> action { return exec_action{{good ? "true" : "false"}}; }
    auto pass(time_point now) const -> time_point {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return now + milliseconds(2);
    }
};

/// A runtime that forgets its third report.
class forgetful : public simulated_runtime {
public:
    using simulated_runtime::simulated_runtime;

    auto poll(time_point now) -> std::vector<exit_report> {
        auto out = simulated_runtime::poll(now);
        if (out.size() > 2) out.erase(out.begin() + 2);
        return out;
    }
};

struct forgetful_maker : simulated_maker {
    auto make() const -> forgetful {
        auto options = simulated_options{};
        for (auto code = 0; code < 5; ++code)
            options.rules.push_back(
                {.name = "ends-" + std::to_string(code), .runs_for = seconds(1), .exit_code = code});
        return forgetful(std::move(options));
    }
};

auto const judge = [](laws::finding const& f) {
    INFO(f.law << ": " << f.detail);
    CHECK(f.holds);
};

} // namespace

TEST_CASE("the laws of runtimes hold for the simulated one", "[node][laws]") {
    laws::all(simulated_maker{}, judge);
}

TEST_CASE("the laws of runtimes hold for real processes", "[node][laws]") {
    laws::all(process_maker{}, judge);
}

TEST_CASE("the laws find a runtime that loses a report", "[node][laws]") {
    auto broken = std::vector<std::string_view>();
    auto collect = [&broken](laws::finding const& f) {
        if (!f.holds) broken.push_back(f.law);
    };
    laws::reports(forgetful_maker{}, collect);
    CHECK(std::find(broken.begin(), broken.end(), "what was started is reported") != broken.end());
}
