#include "harbour.hpp"

#include <berth/schedule/facet.hpp>
#include <berth/schedule/laws.hpp>

#include <array>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::task;

constexpr auto fits = filter<"fits", reads<&host::cpu_free>>(
    [](task const& t, host const& h) { return t.cpu <= h.cpu_free ? accept : reject("full"); });
constexpr auto in_zone = filter<"in zone", reads<&host::zone>>(
    [](task const& t, host const& h) { return t.zone == h.zone ? accept : rule_out("other zone"); });
constexpr auto is_odd = [](host const& h) { return h.cpu_free % 2 != 0; };
constexpr auto odd = filter<"odd", reads<is_odd>>(
    [](task const&, host const& h) { return is_odd(h) ? accept : reject("even"); });

struct alone_in_zone {
    static constexpr std::string_view name = "alone in zone";
    using reads = berth::schedule::reads<&host::zone>;
    using surveys = berth::schedule::surveys<&host::zone>;

    auto prepare(task const&, std::span<host const> all) const -> std::array<int, 2> {
        auto counts = std::array<int, 2>{};
        for (auto const& h : all) ++counts[static_cast<std::size_t>(h.zone)];
        return counts;
    }
    auto advance(std::array<int, 2> counts, task const&, change<host> const& what) const
        -> std::array<int, 2> {
        --counts[static_cast<std::size_t>(what.before.zone)];
        ++counts[static_cast<std::size_t>(what.after.zone)];
        return counts;
    }
    auto operator()(task const&, host const& h, std::array<int, 2> const& counts) const -> verdict {
        return counts[static_cast<std::size_t>(h.zone)] == 1 ? accept : reject("others are here");
    }
};

/// The bits of a filter within its own facets.
template <class F> constexpr auto bits_of(F const&) -> facet_set {
    return detail::facets_of<typename detail::facets_named<F>::type, F, task, host>();
}
template <class F> constexpr auto differ(F const&, host const& a, host const& b) -> facet_set {
    return detail::facets_named<F>::type::difference(a, b);
}

TEST_CASE("a composition reads what its leaves read, each facet once") {
    CHECK_TWICE(bits_of(fits) == facet_set{1});
    CHECK_TWICE(bits_of(fits and in_zone) == facet_set{3});
    CHECK_TWICE(bits_of(fits or not(in_zone and fits)) == facet_set{3});
    CHECK_TWICE(bits_of(harbour::fits and in_zone) == (facet_set::undeclared() | facet_set{1}));
    CHECK_TWICE(bits_of(filter(alone_in_zone{})) == (facet_set::membership() | facet_set{1}));
}

TEST_CASE("two nodes differ in the facets whose values differ") {
    CHECK_TWICE(differ(fits and in_zone, host{}, host{}).empty());
    CHECK_TWICE(differ(fits and in_zone, host{}, host{.tainted = 1}).empty());
    CHECK_TWICE(differ(fits and in_zone, host{}, host{.cpu_free = 9}) == facet_set{1});
    CHECK_TWICE(differ(fits and in_zone, host{}, host{.zone = 9}) == facet_set{2});
    CHECK_TWICE(differ(odd, host{.cpu_free = 2}, host{.cpu_free = 4}).empty());
    CHECK_TWICE(!differ(odd, host{.cpu_free = 2}, host{.cpu_free = 3}).empty());
}

TEST_CASE("a refusal tells what those read who refused") {
    auto const hosts = std::vector<host>{{.cpu_free = 0}, {.cpu_free = 1}};
    auto const read = [&](task const& t) {
        return place(t, hosts, profile{.filter = fits and in_zone}).error().read;
    };
    CHECK(read({.cpu = 2}) == (facet_set::arrival() | facet_set{1}));
    CHECK(read({.cpu = 0, .zone = 1}) == (facet_set::arrival() | facet_set{2}));
    CHECK(read({.cpu = 1, .zone = 1}) == (facet_set::arrival() | facet_set{3}));
}

TEST_CASE("the laws hold for leaves that declare what they read, and for one that advances its state") {
    laws::filter(fits and in_zone, harbour::tasks(), harbour::hosts(), harbour::report);
    laws::filter(odd, harbour::tasks(), harbour::hosts(), harbour::report);
    laws::advancing(filter(alone_in_zone{}), harbour::tasks(), harbour::hosts(), harbour::report);
    laws::advancing(fits or not filter(alone_in_zone{}), harbour::tasks(),
                    std::vector<host>{{1, 0}, {9, 1}, {2, 1}}, harbour::report);
}

/// Whether a law of this name is broken.
auto breaks(std::string_view name, auto check) -> bool {
    auto broken = false;
    check([&](std::string_view law, bool held, std::string const&) {
        broken = broken || (!held && law == name);
    });
    return broken;
}

TEST_CASE("the laws see a leaf that reads what it does not declare") {
    constexpr auto liar = filter<"liar", reads<&host::zone>>(
        [](task const& t, host const& h) { return t.cpu <= h.cpu_free ? accept : reject("full"); });
    CHECK(breaks("a filter answers alike for nodes that differ only in what it does not declare",
                 [&](auto tell) { laws::filter(liar, harbour::tasks(), harbour::hosts(), tell); }));
}

struct forgetful : alone_in_zone {
    auto advance(std::array<int, 2> counts, task const&, change<host> const&) const -> std::array<int, 2> {
        return counts;
    }
};

TEST_CASE("the laws see a state that is advanced wrongly") {
    auto const few = std::vector<host>{{1, 0}, {9, 1}, {2, 1}};
    CHECK(breaks("advancing a prepared state is the same as preparing anew",
                 [&](auto tell) { laws::advancing(filter(forgetful{}), harbour::tasks(), few, tell); }));
}

} // namespace
