#include "../harbour.hpp"

#include <berth/schedule/laws/hints.hpp>

#include <span>
#include <string>
#include <string_view>

namespace {

using namespace berth::schedule;
using namespace harbour;

/// Knows which changes help: those that leave enough.
struct roomy_enough {
    static constexpr std::string_view name = "roomy enough";
    using reads = berth::schedule::reads<&host::cpu_free>;

    auto operator()(task const& t, host const& h) const -> verdict {
        return t.cpu <= h.cpu_free ? accept : reject("full");
    }
    auto helped_by(task const& t, change<host> const& c) const -> bool { return t.cpu <= c.after.cpu_free; }
    auto helped_by(task const& t, arrived<host> const& c) const -> bool { return t.cpu <= c.node.cpu_free; }
};
/// Looks at all nodes, and is helped by those that go.
struct not_alone {
    static constexpr std::string_view name = "not alone";
    using reads = berth::schedule::reads<&host::zone>;
    using surveys = berth::schedule::surveys<&host::zone>;

    auto prepare(task const&, std::span<host const> all) const -> int {
        auto zones = 0;
        for (auto const& h : all) zones += h.zone;
        return zones;
    }
    auto operator()(task const&, host const& h, int zones) const -> verdict {
        return zones - h.zone <= 2 ? accept : reject("too many elsewhere");
    }
};
/// Is wrong about what helps it.
struct mistaken : roomy_enough {
    static constexpr std::string_view name = "mistaken";
    auto helped_by(task const&, change<host> const&) const -> bool { return false; }
};

auto broken_laws(auto const& f) -> int {
    auto out = 0;
    laws::hints(f, tasks(), hosts(),
                [&](std::string_view, bool held, std::string const&) { out += held ? 0 : 1; });
    return out;
}

TEST_CASE("what is skipped would not have helped") {
    laws::hints(fits, tasks(), hosts(), report);
    laws::hints(filter(roomy_enough{}), tasks(), hosts(), report);
    laws::hints(filter(not_alone{}), tasks(), hosts(), report);
    laws::hints(filter(roomy_enough{}) and not cordoned and tolerates, tasks(), hosts(), report);
    laws::hints(not filter(roomy_enough{}), tasks(), hosts(), report);
    laws::hints(filter(roomy_enough{}) or filter(not_alone{}), tasks(), hosts(), report);
}

TEST_CASE("a leaf that is wrong about what helps it is found out") {
    CHECK(broken_laws(filter(mistaken{})) > 0);
}

TEST_CASE("a leaf that does not declare all that it reads is found out") {
    constexpr auto forgetful = filter<"forgetful", reads<&host::zone>>(
        [](task const& t, host const& h) { return t.cpu <= h.cpu_free ? accept : reject("full"); });
    CHECK(broken_laws(forgetful) > 0);
}

} // namespace
