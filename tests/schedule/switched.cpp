#include "harbour.hpp"

#include <berth/schedule/laws.hpp>
#include <berth/schedule/laws/placer.hpp>
#include <berth/schedule/switched.hpp>

#include <expected>
#include <optional>
#include <span>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::task;

constexpr auto fits = filter<"fits", reads<&host::cpu_free>>(
    [](task const& t, host const& h) { return t.cpu <= h.cpu_free ? accept : reject("full"); });

/// Prepares from all nodes, and may say that it takes no part.
struct least_zone {
    static constexpr std::string_view name = "least zone";
    static auto prepare(task const& t, std::span<host const> hosts) -> std::optional<int> {
        if (t.zone < 0) return std::nullopt;
        auto least = hosts.front().zone;
        for (auto const& h : hosts) least = h.zone < least ? h.zone : least;
        return least;
    }
    auto operator()(task const&, host const& h, int least) const -> verdict {
        return h.zone == least ? accept : reject("not the least zone");
    }
};
/// Prepares from the task, and may refuse it as a whole.
struct knows_task {
    static constexpr std::string_view name = "knows task";
    static auto prepare(task const& t) -> std::expected<int, verdict> {
        if (t.cpu > 100) return std::unexpected(verdict(rule_out("unheard of")));
        return t.cpu;
    }
    auto operator()(task const&, host const& h, int cpu) const -> verdict {
        return h.tainted < cpu ? accept : reject("tainted");
    }
};

/// How many tasks a zone has, kept by a tracker.
struct few_in_zone {
    static constexpr std::string_view name = "few in zone";
    struct tracker {
        std::vector<int> by_zone;
        std::vector<int> zone_of;

        [[nodiscard]] auto accepts(std::size_t node) const -> bool { return by_zone.at(zone(node)) < 3; }
        auto entered(task const&, std::size_t node, std::span<host const>, int sign, stale_nodes& stale)
            -> void {
            by_zone.at(zone(node)) += sign;
            stale.all();
        }
        [[nodiscard]] auto zone(std::size_t node) const -> std::size_t {
            return static_cast<std::size_t>(zone_of.at(node));
        }
    };
    static auto prepare(task const&, std::span<host const> hosts) -> std::vector<int> {
        auto out = std::vector<int>(4);
        for (auto const& h : hosts) out.at(static_cast<std::size_t>(h.zone)) += h.tainted;
        return out;
    }
    auto operator()(task const&, host const& h, std::vector<int> const& count) const -> verdict {
        return count.at(static_cast<std::size_t>(h.zone)) < 3 ? accept : reject("zone is crowded");
    }
    static auto track(task const& t, std::span<host const> hosts) -> tracker {
        auto out = tracker{prepare(t, hosts), {}};
        for (auto const& h : hosts) out.zone_of.push_back(h.zone);
        return out;
    }
};

constexpr auto surveying = filter(least_zone{});
constexpr auto failing = filter(knows_task{});

auto const hosts = std::vector<host>{{4, 1, false, 0}, {2, 2, false, 3}, {8, 1, true, 1}, {0, 3, false, 2}};
auto const tasks = std::vector<task>{{1, 0}, {3, 1}, {5, -1}, {200, 0}};

/// Whether two filters say the same of every task and host.
auto same(auto const& a, auto const& b) -> bool {
    auto out = true;
    for (auto const& t : tasks) {
        auto const all = std::span(hosts);
        auto const x = detail::prepare(a, t, all, detail::shared_nothing);
        auto const y = detail::prepare(b, t, all, detail::shared_nothing);
        for (auto const& h : hosts)
            out = out && detail::report<detail::no_universe>(a, t, h, x).says ==
                             detail::report<detail::no_universe>(b, t, h, y).says;
    }
    return out;
}

TEST_CASE("a leaf that is on says what it says, one that is off accepts everything") {
    CHECK(same(switched(fits, true), fits));
    CHECK(same(switched(fits, false), everything{}));
    CHECK(same(switched(surveying, true), surveying));
    CHECK(same(switched(surveying, false), everything{}));
    CHECK(same(switched(failing, true) and fits, failing and fits));
    CHECK(same(switched(failing, false) and fits, fits));
    CHECK(describe(switched(fits, true) and switched(failing, false)) == "fits and knows task");
}

TEST_CASE("a leaf that is switched declares what it declared") {
    using on = switched_filter<decltype(fits)>;
    STATIC_REQUIRE(
        std::is_same_v<detail::facets_named<on>::type, detail::facets_named<decltype(fits)>::type>);
    STATIC_REQUIRE(filter_scope<on, task, host> == scope::node);
    STATIC_REQUIRE(filter_scope<switched_filter<decltype(surveying)>, task, host> == scope::cluster);
}

TEST_CASE("switched filters obey the laws of filters") {
    laws::filter(switched(fits, true) and switched(failing, false), tasks, hosts, harbour::report);
    laws::boolean_algebra(switched(fits, true), switched(failing, false), switched(failing, true), tasks,
                          hosts, harbour::report);
}

/// Hosts count those who are on them in `tainted`.
auto enter(task const& t, host& h) -> void {
    h.cpu_free -= t.cpu;
    ++h.tainted;
}
auto leave(task const& t, host& h) -> void {
    h.cpu_free += t.cpu;
    --h.tainted;
}
struct plain_task {
    int cpu = 1;
    friend auto operator==(plain_task const&, plain_task const&) -> bool = default;
    operator task() const { return {cpu, 0}; } // NOLINT(google-explicit-constructor): of the same meaning
};

TEST_CASE("a placer decides by switched filters as who remembers nothing") {
    auto many = std::vector<host>();
    for (auto i = 0; i < 40; ++i) many.push_back({6, i % 4, false, 0});
    auto const small = std::vector<plain_task>{{1}, {2}, {4}};
    auto const put = [](plain_task const& t, host& h) { enter(t, h); };
    auto const take = [](plain_task const& t, host& h) { leave(t, h); };
    using books = reads<&host::cpu_free, &host::tainted>;
    for (auto const on : {true, false}) {
        for (std::uint64_t seed = 0; seed < 8; ++seed) {
            auto const by = profile{.filter = switched(fits, true) and switched(filter(few_in_zone{}), on) and
                                              switched(surveying, !on)};
            laws::placer<books>(by, small, many, put, take, seed, 200, harbour::report);
        }
    }
}

} // namespace
