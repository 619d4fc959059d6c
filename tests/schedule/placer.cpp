#include "harbour.hpp"

#include <berth/schedule.hpp>
#include <berth/schedule/laws/placer.hpp>
#include <berth/schedule/placer.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <expected>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

namespace schedule = berth::schedule;
using schedule::points;

struct job {
    int cpu = 1;
    int memory = 1;
    int kind = 0;

    friend auto operator==(job const&, job const&) -> bool = default;
};
constexpr std::size_t kinds = 4;
struct host {
    int cpu_free = 8;
    int memory_free = 8;
    int rack = 0;
    bool cordoned = false;
    std::array<int, kinds> jobs{};

    friend auto operator==(host const&, host const&) -> bool = default;
};

auto enter(job const& j, host& h) -> void {
    h.cpu_free -= j.cpu;
    h.memory_free -= j.memory;
    ++h.jobs[static_cast<std::size_t>(j.kind)];
}
auto leave(job const& j, host& h) -> void {
    h.cpu_free += j.cpu;
    h.memory_free += j.memory;
    --h.jobs[static_cast<std::size_t>(j.kind)];
}
using books = schedule::reads<&host::cpu_free, &host::memory_free, &host::jobs>;

constexpr auto fits = schedule::filter<"fits", schedule::reads<&host::cpu_free, &host::memory_free>>(
    [](job const& j, host const& h) {
        if (j.cpu > h.cpu_free) return schedule::reject("not enough cpu");
        return j.memory > h.memory_free ? schedule::reject("not enough memory") : schedule::accept;
    });
constexpr auto cordoned = schedule::filter<"cordoned", schedule::reads<&host::cordoned>>(
    [](job const&, host const& h) { return h.cordoned ? schedule::accept : schedule::reject("in service"); });
constexpr auto roomy = schedule::score<"roomy", schedule::reads<&host::cpu_free>>(
    [](job const& j, host const& h) { return h.cpu_free - j.cpu; });
constexpr auto third = schedule::score<"third", schedule::reads<&host::memory_free>>(
    [](job const&, host const& h) { return h.memory_free / 3.0; });
template <class Normalize> constexpr auto stretched(Normalize n) {
    return schedule::score<"stretched", schedule::reads<&host::memory_free>>(
        [](job const&, host const& h) { return h.memory_free; }, n);
}

/// At most so many of one kind in a rack: counted over all hosts for each decision.
struct few_in_rack {
    static constexpr std::string_view name = "few in rack";
    using reads = schedule::reads<&host::rack>;
    using surveys = schedule::surveys<&host::rack, &host::jobs>;
    int most = 3;

    auto prepare(job const& j, std::span<host const> hosts) const -> std::array<int, 8> {
        auto out = std::array<int, 8>();
        for (auto const& h : hosts)
            out[static_cast<std::size_t>(h.rack)] += h.jobs[static_cast<std::size_t>(j.kind)];
        return out;
    }
    auto operator()(job const&, host const& h, std::array<int, 8> const& counts) const -> schedule::verdict {
        return counts[static_cast<std::size_t>(h.rack)] < most ? schedule::accept
                                                               : schedule::reject("rack is full");
    }
};
/// The same with a tracker.
struct few_in_rack_tracked : few_in_rack {
    struct tracker {
        int kind;
        int most;
        std::vector<std::size_t> racks;
        std::array<int, 8> counts;

        [[nodiscard]] auto accepts(std::size_t i) const -> bool { return counts[racks[i]] < most; }
        auto entered(job const& j, std::size_t i, std::span<host const>, int sign,
                     schedule::stale_nodes& stale) -> void {
            if (j.kind != kind) return;
            auto& count = counts[racks[i]];
            auto const was = count < most;
            count += sign;
            if (was == (count < most)) return;
            for (std::size_t k = 0; k < racks.size(); ++k)
                if (racks[k] == racks[i]) stale.node(k);
        }
    };
    auto track(job const& j, std::span<host const> hosts) const -> tracker {
        auto out = tracker{j.kind, most, {}, prepare(j, hosts)};
        for (auto const& h : hosts) out.racks.push_back(static_cast<std::size_t>(h.rack));
        return out;
    }
};

/// Fewer of the kind in the rack are better; counted over all hosts.
struct lonely {
    static constexpr std::string_view name = "lonely";
    using reads = few_in_rack::reads;
    using surveys = few_in_rack::surveys;

    auto prepare(job const& j, std::span<host const> hosts) const -> std::array<int, 8> {
        return few_in_rack{}.prepare(j, hosts);
    }
    auto operator()(job const&, host const& h, std::array<int, 8> const& counts) const -> points {
        return counts[static_cast<std::size_t>(h.rack)];
    }
    static auto normalize(std::span<points> column) -> void { schedule::by_greatest_cost{}(column); }
};
/// The same with a tracker, and a normalisation by extremes.
struct lonely_tracked : lonely {
    struct tracker : few_in_rack_tracked::tracker {
        [[nodiscard]] auto points_of(std::size_t i) const -> points { return counts[racks[i]]; }
        [[nodiscard]] auto takes_part() const -> bool { return true; }
        auto entered(job const& j, std::size_t i, std::span<host const>, int sign,
                     schedule::stale_nodes& stale) -> void {
            if (j.kind != kind) return;
            counts[racks[i]] += sign;
            for (std::size_t k = 0; k < racks.size(); ++k)
                if (racks[k] == racks[i]) stale.node(k);
        }
    };
    auto track(job const& j, std::span<host const> hosts) const -> tracker {
        return {few_in_rack_tracked{}.track(j, hosts)};
    }
    static auto normalize_at(points p, schedule::extremes const& e) -> points {
        return schedule::by_greatest_cost{}.at(p, e);
    }
};
/// The same by the colours of racks.
struct lonely_painted : lonely_tracked {
    struct tracker : lonely_tracked::tracker {
        [[nodiscard]] auto colours() const -> std::size_t { return counts.size(); }
        [[nodiscard]] auto colour_of(std::size_t i) const -> std::size_t { return racks[i]; }
        [[nodiscard]] auto points_of_colour(std::size_t c) const -> points { return counts[c]; }
    };
    auto track(job const& j, std::span<host const> hosts) const -> tracker {
        return {lonely_tracked{}.track(j, hosts)};
    }
};
/// Fewer of the kind in the rack are better, and far fewer on the host.
struct roomy_for_kind : lonely_tracked {
    static constexpr std::string_view name = "roomy for kind";

    auto operator()(job const& j, host const& h, std::array<int, 8> const& counts) const -> points {
        return counts[static_cast<std::size_t>(h.rack)] + 5 * h.jobs[static_cast<std::size_t>(j.kind)];
    }
    /// A host changes its colour with each job of the kind; there are more colours where one has many, and
    /// none any more where it has too many.
    struct tracker : lonely_tracked::tracker {
        std::vector<int> here;
        std::size_t levels = 1;
        std::size_t most = 4;

        auto make_levels() -> void {
            for (auto const n : here)
                while (levels != 0 && static_cast<std::size_t>(n) >= levels)
                    levels = levels == most ? 0 : 2 * levels;
        }
        auto entered(job const& j, std::size_t i, std::span<host const> hosts, int sign,
                     schedule::stale_nodes& stale) -> void {
            lonely_tracked::tracker::entered(j, i, hosts, sign, stale);
            if (j.kind != kind) return;
            here[i] += sign;
            make_levels();
        }
        [[nodiscard]] auto points_of(std::size_t i) const -> points { return counts[racks[i]] + 5 * here[i]; }
        [[nodiscard]] auto colours() const -> std::size_t { return counts.size() * levels; }
        [[nodiscard]] auto colour_of(std::size_t i) const -> std::size_t {
            return racks[i] * levels + static_cast<std::size_t>(here[i]);
        }
        [[nodiscard]] auto points_of_colour(std::size_t c) const -> points {
            return counts[c / levels] + 5 * static_cast<int>(c % levels);
        }
    };
    auto track(job const& j, std::span<host const> hosts) const -> tracker {
        auto out = tracker{{lonely_tracked{}.track(j, hosts)}, {}};
        for (auto const& h : hosts) out.here.push_back(h.jobs[static_cast<std::size_t>(j.kind)]);
        out.make_levels();
        return out;
    }
};
/// Fills its column itself: the rank among the survivors.
struct later_is_better {
    static constexpr std::string_view name = "later is better";
    auto operator()(job const&, schedule::candidates<host> const& found, std::span<points> column) const
        -> void {
        for (std::size_t i = 0; i < found.size(); ++i) column[i] = static_cast<points>(i % 5);
    }
};
/// The mean of the survivors counts.
struct above_average {
    static constexpr std::string_view name = "above average";
    auto prepare(job const&, schedule::candidates<host> found) const -> std::optional<double> {
        if (found.size() < 2) return {};
        auto sum = 0.0;
        for (std::size_t i = 0; i < found.size(); ++i) sum += found[i].cpu_free;
        return sum / static_cast<double>(found.size());
    }
    auto operator()(job const&, host const& h, double mean) const -> points {
        return h.cpu_free > mean ? 10 : 0;
    }
};

auto some_jobs() -> std::vector<job> {
    auto out = std::vector<job>();
    for (auto i = 0; i < 7; ++i) out.push_back({1 + i % 3, 1 + i % 2, i % 4});
    return out;
}
auto some_hosts(std::size_t n) -> std::vector<host> {
    auto draw = berth::random_engine(7);
    auto out = std::vector<host>();
    for (std::size_t i = 0; i < n; ++i)
        out.push_back({static_cast<int>(draw.below(9)) + 1,
                       static_cast<int>(draw.below(9)) + 1,
                       static_cast<int>(draw.below(5)),
                       draw.below(9) == 0,
                       {}});
    return out;
}
auto report(std::string_view law, bool held, std::string const& where) -> void {
    INFO(law << ": " << where);
    CHECK(held);
}
template <class P> auto obeys(P const& profile) -> void {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        auto const hosts = some_hosts(seed % 4 == 0 ? 3 : seed % 4 == 1 ? 40 : 300);
        schedule::laws::placer<books>(profile, some_jobs(), hosts, enter, leave, seed, 400, report);
    }
}

TEST_CASE("a placer decides as place does: each node for itself") {
    obeys(schedule::profile{.name = "one node", .filter = fits and not cordoned, .score = 2 * roomy + third});
    obeys(schedule::profile{.filter = fits});
    obeys(schedule::profile{.score = roomy});
    obeys(schedule::profile{.filter = not fits or cordoned, .score = 0.1 * third + 0.7 * roomy});
}

TEST_CASE("a placer decides as place does: columns and extremes") {
    obeys(schedule::profile{.filter = fits, .score = stretched(schedule::min_max{}) + roomy});
    obeys(schedule::profile{.filter = fits,
                            .score = stretched(schedule::by_greatest{}) +
                                     0.3 * stretched(schedule::by_greatest_cost{})});
    obeys(schedule::profile{.filter = fits, .score = roomy + stretched([](std::span<points> column) {
                                                         for (auto& p : column)
                                                             p = p * static_cast<points>(column.size());
                                                     })});
    obeys(schedule::profile{.filter = fits, .score = roomy + 3 * schedule::score<later_is_better>({})});
    obeys(schedule::profile{.filter = fits, .score = third + schedule::score<above_average>({})});
}

TEST_CASE("a placer decides as place does: leaves that survey, with a tracker and without") {
    obeys(schedule::profile{.filter = fits and schedule::filter<few_in_rack>({}), .score = roomy});
    obeys(schedule::profile{.filter = schedule::filter<few_in_rack_tracked>({}) and fits, .score = roomy});
    obeys(schedule::profile{.filter = fits, .score = roomy + schedule::score<lonely>({})});
    obeys(schedule::profile{.filter = fits, .score = roomy + schedule::score<lonely_tracked>({})});
    obeys(schedule::profile{.filter = fits and schedule::filter<few_in_rack_tracked>({}),
                            .score = third + 2 * schedule::score<lonely_tracked>({}) +
                                     stretched(schedule::min_max{})});
    obeys(
        schedule::profile{.filter = fits and cordoned, .score = roomy + schedule::score<lonely_painted>({})});
    obeys(schedule::profile{.filter = fits and schedule::filter<few_in_rack_tracked>({}),
                            .score = third + 2 * schedule::score<lonely_painted>({})});
    obeys(schedule::profile{.filter = fits, .score = 2 * schedule::score<roomy_for_kind>({})});
    obeys(schedule::profile{.filter = fits and cordoned,
                            .score = third + 7 * schedule::score<roomy_for_kind>({})});
    obeys(schedule::profile{.filter = not schedule::filter<few_in_rack>({}) or fits, .score = roomy});
}

/// Hosts of one kind of rack have no number.
template <int Racks, class Normalize> constexpr auto unnumbered(Normalize n) {
    return schedule::score<"unnumbered", schedule::reads<&host::rack, &host::memory_free>>(
        [](job const&, host const& h) -> points {
            return h.rack < Racks ? std::numeric_limits<points>::quiet_NaN() : h.memory_free;
        },
        n);
}

/// From 0 to 100, in whole numbers.
struct in_whole_numbers {
    constexpr auto operator()(std::span<points> column) const -> void {
        schedule::detail::normalize_all(*this, column);
    }
    [[nodiscard]] constexpr auto at(points p, schedule::extremes const& e) const -> points {
        auto const share = schedule::min_max{}.at(p, e);
        return share == share ? static_cast<points>(static_cast<int>(share)) : points{0};
    }
};
/// The same with company: whole numbers of racks, and of a host and its rack.
struct wholly_lonely : lonely_painted {
    static constexpr std::string_view name = "wholly lonely";
    static auto normalize(std::span<points> column) -> void { in_whole_numbers{}(column); }
    static auto normalize_at(points p, schedule::extremes const& e) -> points {
        return in_whole_numbers{}.at(p, e);
    }
};
struct wholly_roomy : roomy_for_kind {
    static constexpr std::string_view name = "wholly roomy";
    static auto normalize(std::span<points> column) -> void { in_whole_numbers{}(column); }
    static auto normalize_at(points p, schedule::extremes const& e) -> points {
        return in_whole_numbers{}.at(p, e);
    }
};
/// Many different numbers, which change with each job.
constexpr auto many_numbers = schedule::score<"many numbers", schedule::reads<&host::cpu_free, &host::jobs>>(
    [](job const&, host const& h) {
        auto out = h.cpu_free;
        for (auto const n : h.jobs) out = 7 * out + n;
        return out;
    },
    in_whole_numbers{});

TEST_CASE("a placer decides as place does: whole numbers that rise and fall together") {
    constexpr auto free = stretched(in_whole_numbers{});
    constexpr auto racks = schedule::score<wholly_lonely>({});
    constexpr auto both = schedule::score<wholly_roomy>({});
    constexpr auto few = fits and schedule::filter<few_in_rack_tracked>({});
    obeys(schedule::profile{
        .filter = few, .score = roomy + 2 * racks + -1 * free, .tie = schedule::seeded_tie{5}});
    obeys(
        schedule::profile{.filter = fits, .score = both + free + 2 * racks, .tie = schedule::seeded_tie{9}});
    obeys(schedule::profile{.filter = few, .score = many_numbers + racks});
    obeys(schedule::profile{.filter = fits, .score = free + free + both + racks + free + free});
    obeys(schedule::profile{.filter = few, .score = 0.1 * racks + 2 * unnumbered<3>(in_whole_numbers{})});
}

TEST_CASE("a placer decides as place does where nothing is said of what entering changes") {
    schedule::laws::placer(schedule::profile{.filter = fits and schedule::filter<few_in_rack>({}),
                                             .score = third + stretched(schedule::min_max{})},
                           some_jobs(), some_hosts(80), enter, leave, 1, 1000, report);
}

TEST_CASE("a placer decides as place does: ties, erased leaves, what a profile prepares") {
    obeys(schedule::profile{.filter = fits, .tie = schedule::seeded_tie{5}});
    obeys(
        schedule::profile{.filter = fits, .tie = [](std::span<std::size_t const> equals, std::uint64_t turn) {
                              return equals[turn % equals.size()];
                          }});
    obeys(schedule::profile{.filter = schedule::any_filter<job, host>(fits),
                            .score = schedule::any_score<job, host>(2 * roomy)});
    obeys(schedule::profile{
        .prepare = [](job const&, std::span<host const> hosts) { return static_cast<int>(hosts.size()); },
        .filter = fits and schedule::filter<"even">([](job const&, host const& h, int n) {
                      return (h.cpu_free + n) % 2 == 0 ? schedule::accept : schedule::reject("odd");
                  }),
        .score = roomy});
}

TEST_CASE("a placer decides as place does where some hosts have no number, and where none has") {
    obeys(
        schedule::profile{.filter = fits, .score = roomy + 2 * unnumbered<3>(schedule::by_greatest_cost{})});
    obeys(
        schedule::profile{.filter = fits, .score = roomy + 2 * unnumbered<9>(schedule::by_greatest_cost{})});
    obeys(schedule::profile{.filter = fits,
                            .score = roomy + 2 * unnumbered<9>(schedule::min_max{.low = 7, .high = 9})});
}

/// Normalises itself, unless it is told otherwise.
struct memory_left {
    static constexpr std::string_view name = "memory left";
    using reads = schedule::reads<&host::memory_free>;

    auto operator()(job const&, host const& h) const -> points { return h.memory_free; }
    static auto normalize(std::span<points> column) -> void { schedule::by_greatest{}(column); }
    static auto normalize_at(points p, schedule::extremes const& e) -> points {
        return schedule::by_greatest{}.at(p, e);
    }
};
/// A tracker that has looked at more of its host than anybody surveys.
struct few_in_service : few_in_rack {
    static constexpr std::string_view name = "few in service";
    using reads = schedule::reads<&host::rack, &host::cordoned>;

    auto operator()(job const& j, host const& h, std::array<int, 8> const& counts) const
        -> schedule::verdict {
        return h.cordoned ? schedule::reject("not in service") : few_in_rack::operator()(j, h, counts);
    }
    struct tracker : few_in_rack_tracked::tracker {
        std::vector<bool> out_of_service;
        [[nodiscard]] auto accepts(std::size_t i) const -> bool {
            return !out_of_service[i] && few_in_rack_tracked::tracker::accepts(i);
        }
    };
    auto track(job const& j, std::span<host const> hosts) const -> tracker {
        auto out = tracker{{few_in_rack_tracked{}.track(j, hosts)}, {}};
        for (auto const& h : hosts) out.out_of_service.push_back(h.cordoned);
        return out;
    }
};
/// Throws at the host that is asked for the so many-th.
struct throws_at {
    static constexpr std::string_view name = "throws";
    int* left;
    auto operator()(job const&, host const& h) const -> points {
        if (--*left == 0) throw std::runtime_error("no answer");
        return h.memory_free;
    }
    static auto normalize(std::span<points> column) -> void { schedule::min_max{}(column); }
    static auto normalize_at(points p, schedule::extremes const& e) -> points {
        return schedule::min_max{}.at(p, e);
    }
};

TEST_CASE("the normalisation beside a leaf goes before its own, for a placer too") {
    obeys(schedule::profile{.filter = fits, .score = roomy + 2 * schedule::score(memory_left{})});
    obeys(schedule::profile{
        .filter = fits, .score = roomy + 2 * schedule::score<"told">(memory_left{}, schedule::min_max{})});
}

TEST_CASE("a tracker is made anew when its host changes in what the leaf reads") {
    auto const profile =
        schedule::profile{.filter = fits and schedule::filter(few_in_service{}), .score = roomy};
    obeys(profile);
    auto hosts = std::vector<host>{{.cpu_free = 9}, {.cpu_free = 8, .rack = 1}};
    auto placer = schedule::placer_of<job, host, books>(profile);
    CHECK(placer.place(job(), hosts)->node == 0);
    auto const before = hosts[0];
    hosts[0].cordoned = true;
    placer.changed(0, placer.difference(before, hosts[0]));
    CHECK(placer.place(job(), hosts)->node == 1);
}

TEST_CASE("a placer decides as place does after a leaf has thrown") {
    auto left = 0;
    auto const profile =
        schedule::profile{.filter = fits, .score = roomy + schedule::score(throws_at{&left})};
    auto hosts = some_hosts(60);
    auto placer = schedule::placer_of<job, host, books>(profile);
    auto const one = job{1, 1, 0};
    for (auto n = 0; n < 60; ++n) {
        for (auto k = 0; k < 3; ++k) {
            auto const i = static_cast<std::size_t>(n * 7 + k) % hosts.size();
            enter(one, hosts[i]);
            placer.entered(one, i, hosts);
        }
        left = 1 + n % 5;
        try {
            (void)placer.place(one, hosts);
        } catch (std::runtime_error const&) {}
        left = 0;
        auto const wanted = schedule::place(one, hosts, profile);
        auto const found = placer.place(one, hosts);
        REQUIRE(found.has_value() == wanted.has_value());
        if (found) REQUIRE(*found == *wanted);
    }
}

TEST_CASE("in steady state a placer decides without an allocation") {
    auto const steady = [](auto const& profile) {
        auto hosts = some_hosts(200);
        for (auto& h : hosts) h.cpu_free = h.memory_free = 1000;
        auto const jobs = some_jobs();
        auto placer = schedule::placer_of<job, host, books>(profile);
        auto const step = [&](std::size_t n) {
            auto const& j = jobs[n % jobs.size()];
            auto const where = placer.place(j, hosts);
            enter(j, hosts[where->node]);
            placer.entered(j, where->node, hosts);
            leave(j, hosts[where->node]);
            placer.left(j, where->node, hosts);
            hosts[n % hosts.size()].cordoned = n % 3 == 0;
            placer.changed(n % hosts.size(), {});
        };
        for (std::size_t n = 0; n < 20'000; ++n) step(n);
        auto const before = harbour::allocations();
        for (std::size_t n = 0; n < 1'000; ++n) step(n);
        CHECK(harbour::allocations() == before);
    };
    steady(
        schedule::profile{.filter = fits and not cordoned, .score = roomy + stretched(schedule::min_max{})});
    steady(schedule::profile{.filter = fits and not cordoned and
                                       schedule::filter<few_in_rack_tracked>({{.most = 9}}),
                             .score = schedule::score<lonely_tracked>({}) + third,
                             .tie = schedule::seeded_tie{2}});
    steady(schedule::profile{.filter = fits, .score = schedule::score<lonely_painted>({}) + third});
}

/// Nobody leaves for another.
struct stay {
    using offer = schedule::offer<int, job>;

    template <class Ask>
    [[nodiscard]] auto look(job const&, host const&, Ask const&) const
        -> std::expected<offer, schedule::verdict> {
        return std::unexpected(schedule::rule_out("nobody leaves for another"));
    }
};

TEST_CASE("in steady state a placer refuses without an allocation, in words that are too long for a string") {
    auto const steady = [](auto const& profile) {
        auto hosts = some_hosts(200);
        auto placer = schedule::placer_of<job, host, books>(profile);
        auto const large = job{1000, 1, 0};
        auto const small = job{1, 1, 1};
        auto const step = [&](std::size_t n) {
            auto const i = n % hosts.size();
            enter(small, hosts[i]);
            placer.entered(small, i, hosts);
            auto const refused = placer.decide(large, hosts).where;
            leave(small, hosts[i]);
            placer.left(small, i, hosts);
            return !refused && refused.error().alike.size() == 1 &&
                   refused.error().alike.begin()->nodes == 200;
        };
        auto all = true;
        for (std::size_t n = 0; n < 10'000; ++n) all = step(n) && all;
        auto const before = harbour::allocations();
        for (std::size_t n = 0; n < 1'000; ++n) all = step(n) && all;
        CHECK(harbour::allocations() == before);
        CHECK(all);
    };
    constexpr auto enough = schedule::filter<"has what the job needs", schedule::reads<&host::cpu_free>>(
        [](job const& j, host const& h) {
            return j.cpu > h.cpu_free ? schedule::reject("not enough of anything at all") : schedule::accept;
        });
    steady(schedule::profile{.filter = enough, .score = roomy});
    steady(schedule::profile{
        .filter = fits and enough, .preempt = schedule::room_by_node{stay{}}, .score = roomy});
    steady(schedule::profile{.filter = not not enough, .score = roomy});
}

/// Those who are expected: on some nodes two more jobs of one cpu.
struct guests {
    static constexpr bool looks_ahead = true;
    std::vector<std::size_t> nodes;
    std::optional<std::size_t> promise;

    [[nodiscard]] auto expected(job const&, std::size_t i, host const& h) const -> std::optional<host> {
        for (auto const at : nodes) {
            if (at != i) continue;
            auto out = h;
            enter({1, 1, 0}, out);
            enter({1, 1, 0}, out);
            return out;
        }
        return std::nullopt;
    }
    [[nodiscard]] auto promised(job const&) const -> std::optional<std::size_t> { return promise; }
    template <class Visit> auto for_each_expecting(Visit visit) const -> void {
        for (auto const at : nodes) visit(at);
    }
};

/// A placer beside one who remembers nothing, while guests are announced, come elsewhere, and are called off.
template <class P> auto counts_with_guests(P const& policy, std::uint64_t seed) -> void {
    auto const jobs = some_jobs();
    auto hosts = some_hosts(60);
    auto placer = schedule::placer_of<job, host, books>(policy);
    auto draw = berth::random_engine(seed);
    auto work = schedule::workspace{};
    auto outlook = guests();
    for (auto n = 0; n < 2000; ++n) {
        auto const& j = jobs[draw.below(jobs.size())];
        if (draw.below(3) == 0) {
            auto const i = draw.below(hosts.size());
            if (std::erase(outlook.nodes, i) == 0) outlook.nodes.push_back(i);
            placer.changed(i, {});
        }
        outlook.promise = draw.below(5) == 0 ? std::optional(draw.below(hosts.size())) : std::nullopt;
        auto record = schedule::detail::no_record{};
        auto const wanted = schedule::detail::decide_with_room<schedule::detail::universe_of<P>>(
            j, std::span<host const>(hosts), policy, work, record, outlook);
        auto const found = placer.decide(j, hosts, outlook);
        REQUIRE(schedule::laws::detail::difference(wanted, found) == "");
        if (!found.where) {
            CHECK(placer.why_not(j, hosts, outlook) == wanted.where.error());
            auto const away = draw.below(hosts.size());
            hosts[away] = some_hosts(60)[away];
            placer.changed(away);
            continue;
        }
        enter(j, hosts[found.where->node]);
        placer.entered(j, found.where->node, hosts);
    }
    CHECK(placer.place(jobs[0], hosts).has_value() == schedule::place(jobs[0], hosts, policy).has_value());
}

/// A job of the first kind leaves, if that is enough.
struct first_kind_leaves {
    using offer = schedule::offer<int, int>;
    template <class Ask>
    [[nodiscard]] auto look(job const&, host const& h, Ask const& ask) const
        -> std::expected<offer, schedule::verdict> {
        if (h.jobs[0] == 0) return std::unexpected(schedule::rule_out("nobody of the first kind"));
        auto as = h;
        leave({1, 1, 0}, as);
        if (auto says = ask(as); !says.accepted()) return std::unexpected(std::move(says));
        return offer{h.memory_free, {h.jobs[0]}};
    }
};

TEST_CASE("a placer counts with those who are expected") {
    constexpr auto room = schedule::room_by_node{first_kind_leaves{}};
    counts_with_guests(schedule::profile{.filter = fits and schedule::filter<few_in_rack_tracked>({}),
                                         .preempt = room,
                                         .score = roomy + stretched(schedule::min_max{})},
                       3);
    counts_with_guests(schedule::profile{.filter = fits and not cordoned, .preempt = room, .score = roomy},
                       4);
    counts_with_guests(
        schedule::profile{.filter = fits and schedule::filter<few_in_rack>({}), .score = third}, 5);
}

TEST_CASE("a placer keeps within its limits, and forgets who was not asked for longest") {
    auto const hosts = some_hosts(50);
    auto placer =
        schedule::placer_of<job, host>(schedule::profile{.filter = fits, .score = roomy}, {.classes = 3});
    for (auto cpu = 1; cpu < 20; ++cpu) {
        auto const found = placer.place(job{.cpu = cpu % 6 + 1}, hosts);
        CHECK(found.has_value());
        CHECK(placer.classes() <= 3);
    }
    CHECK(placer.bytes() > 50 * sizeof(points));
}

} // namespace
