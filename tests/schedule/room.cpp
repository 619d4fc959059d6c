#include <berth/schedule.hpp>
#include <berth/schedule/laws/placer.hpp>
#include <berth/schedule/room.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace {

namespace schedule = berth::schedule;

struct job {
    int cpu = 1;
    int rank = 0; ///< the higher ones may have the lower ones leave
    bool dear = false;

    friend auto operator==(job const&, job const&) -> bool = default;
};
struct host {
    int cpu_free = 8;
    int rack = 0;
    bool cordoned = false;
    std::vector<job> jobs;

    friend auto operator==(host const&, host const&) -> bool = default;
};

auto enter(job const& j, host& h) -> void {
    h.cpu_free -= j.cpu;
    h.jobs.push_back(j);
}
auto leave(job const& j, host& h) -> void {
    h.cpu_free += j.cpu;
    h.jobs.erase(std::find(h.jobs.begin(), h.jobs.end(), j));
}
using books = schedule::reads<&host::cpu_free, &host::jobs>;

constexpr auto fits =
    schedule::filter<"fits", schedule::reads<&host::cpu_free>>([](job const& j, host const& h) {
        return j.cpu > h.cpu_free ? schedule::reject("not enough cpu") : schedule::accept;
    });
constexpr auto in_service = schedule::filter<"in service", schedule::reads<&host::cordoned>>(
    [](job const&, host const& h) { return h.cordoned ? schedule::rule_out("cordoned") : schedule::accept; });
/// Its reasons are many.
constexpr auto talkative =
    schedule::filter<"talks", schedule::reads<&host::cpu_free>>([](job const& j, host const& h) {
        return j.cpu > h.cpu_free ? schedule::reject(std::to_string(j.cpu - h.cpu_free) + " too few")
                                  : schedule::accept;
    });
constexpr auto roomy = schedule::score<"roomy", schedule::reads<&host::cpu_free>>(
    [](job const&, host const& h) { return h.cpu_free; });

/// The jobs of lower ranks leave, and those of higher rank come back first, as far as they can. Fewer dear
/// ones are better, then the lower of the highest ranks, then the fewer jobs.
struct lower_ranks {
    using cost = std::tuple<int, int, std::size_t>;
    using offer = schedule::offer<cost, job>;

    std::size_t shortlist = static_cast<std::size_t>(-1);

    template <class How>
    [[nodiscard]] auto may(job const& j, std::span<host const>, How const&) const
        -> std::expected<void, std::string> {
        if (j.rank == 0) return std::unexpected("the lowest rank moves nobody");
        return {};
    }
    [[nodiscard]] auto enough(std::size_t rejected) const -> std::size_t {
        return std::min(rejected, shortlist);
    }
    [[nodiscard]] static auto harmless(cost const& c) -> bool { return std::get<0>(c) == 0; }
    template <class Ask>
    [[nodiscard]] auto look(job const& j, host const& h, Ask const& ask) const
        -> std::expected<offer, schedule::verdict> {
        auto lower = std::vector<job>();
        for (auto const& other : h.jobs)
            if (other.rank < j.rank) lower.push_back(other);
        if (lower.empty()) return std::unexpected(schedule::rule_out("nobody is lower"));
        auto as = h;
        for (auto const& other : lower) leave(other, as);
        if (auto says = ask(as); !says.accepted()) return std::unexpected(std::move(says));
        std::sort(lower.begin(), lower.end(), [](job const& a, job const& b) {
            return std::tuple(b.rank, b.cpu, b.dear) < std::tuple(a.rank, a.cpu, a.dear);
        });
        auto out = offer();
        for (auto const& other : lower) {
            enter(other, as);
            if (ask(as).accepted()) continue;
            leave(other, as);
            out.victims.push_back(other);
            std::get<0>(out.cost) += other.dear ? 1 : 0;
        }
        if (out.victims.empty()) return std::unexpected(schedule::rule_out("nobody has to leave"));
        std::get<1>(out.cost) = out.victims.front().rank;
        std::get<2>(out.cost) = out.victims.size();
        return out;
    }
};

auto some_jobs() -> std::vector<job> {
    auto out = std::vector<job>();
    for (auto i = 0; i < 9; ++i) out.push_back({1 + i % 4, i % 3, i % 4 == 1});
    return out;
}
auto some_hosts(std::size_t n) -> std::vector<host> {
    auto draw = berth::random_engine(7);
    auto out = std::vector<host>();
    for (std::size_t i = 0; i < n; ++i)
        out.push_back(
            {static_cast<int>(draw.below(6)) + 1, static_cast<int>(draw.below(3)), draw.below(9) == 0, {}});
    return out;
}
auto report(std::string_view law, bool held, std::string const& where) -> void {
    INFO(law << ": " << where);
    CHECK(held);
}
template <class P> auto obeys(P const& profile) -> void {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        auto const hosts = some_hosts(seed % 3 == 0 ? 3 : seed % 3 == 1 ? 20 : 40);
        schedule::laws::placer<books>(profile, some_jobs(), hosts, enter, leave, seed, 600, report);
    }
}

/// Who leaves where, or why nobody does: "1: 2 of rank 0".
template <class P> auto evicts(P const& profile, job const& j, std::vector<host> hosts) -> std::string {
    auto work = schedule::workspace();
    auto const done = schedule::attempt(j, hosts, profile, work);
    if (done) return "fits";
    auto const& why = done.error();
    if (why.at != schedule::stage::evicting) return why.why;
    auto out = std::to_string(why.room.node) + ":";
    for (auto const& v : why.room.victims) out += " " + std::to_string(v.cpu) + "@" + std::to_string(v.rank);
    return out;
}
auto full(std::vector<job> const& jobs, bool cordoned = false) -> host {
    auto out = host{.cpu_free = 0, .rack = 0, .cordoned = cordoned, .jobs = {}};
    for (auto const& j : jobs) out.jobs.push_back(j);
    return out;
}

constexpr auto policy = schedule::profile{
    .filter = fits and in_service, .preempt = schedule::room_by_node{lower_ranks{}}, .score = roomy};

TEST_CASE("the cheapest offer is taken, and the first of equals") {
    CHECK(evicts(policy, {2, 2}, {full({{2, 1}}), full({{2, 0}}), full({{2, 0}})}) == "1: 2@0");
    CHECK(evicts(policy, {2, 2}, {full({{1, 0}, {1, 0}}), full({{2, 0}})}) == "1: 2@0");
    CHECK(evicts(policy, {2, 2}, {full({{2, 0, true}}), full({{2, 1}})}) == "1: 2@1");
}

TEST_CASE("where there is no room, the sentence says of each node why") {
    CHECK(evicts(policy, {2, 1}, {full({{2, 1}}), full({{1, 0}}), full({}, true)}) ==
          "0/3 nodes are available: 3 not enough cpu. preemption: 0/3 nodes are available: 1 not enough cpu, "
          "2 nobody is lower.");
    constexpr auto cordon_first =
        schedule::profile{.filter = in_service and fits, .preempt = schedule::room_by_node{lower_ranks{}}};
    CHECK(evicts(cordon_first, {2, 1}, {full({{2, 1}}), full({{2, 0}}, true)}) ==
          "0/2 nodes are available: 1 cordoned, 1 not enough cpu. preemption: 0/2 nodes are available: 1 "
          "Preemption is not helpful for scheduling, 1 nobody is lower.");
    CHECK(evicts(policy, {2, 0}, {full({{2, 0}})}) ==
          "0/1 nodes are available: 1 not enough cpu. preemption: the lowest rank moves nobody");
}

TEST_CASE("a short list ends when it is long enough and one offer is harmless") {
    constexpr auto short_list = schedule::profile{
        .filter = fits, .preempt = schedule::room_by_node{lower_ranks{.shortlist = 1}}, .score = roomy};
    CHECK(evicts(short_list, {2, 2}, {full({{2, 1}}), full({{2, 0}})}) == "0: 2@1");
    CHECK(evicts(short_list, {2, 2}, {full({{2, 0, true}}), full({{2, 1}}), full({{2, 0}})}) == "1: 2@1");
}

TEST_CASE("a placer makes the same room as who remembers nothing") {
    obeys(policy);
    obeys(schedule::profile{.filter = fits and in_service,
                            .preempt = schedule::room_by_node{lower_ranks{.shortlist = 4}}});
    obeys(schedule::profile{.filter = talkative and in_service,
                            .preempt = schedule::room_by_node{lower_ranks{}},
                            .score = roomy});
}

/// At most so many jobs of dear ones in a rack, counted over all hosts.
struct few_dear {
    static constexpr std::string_view name = "few dear";
    using reads = schedule::reads<&host::rack>;
    using surveys = schedule::surveys<&host::rack, &host::jobs>;
    using counts = std::array<int, 3>;
    int most = 2;

    static auto count(counts& in, host const& h, int sign) -> void {
        for (auto const& j : h.jobs) in[static_cast<std::size_t>(h.rack)] += j.dear ? sign : 0;
    }
    auto prepare(job const& j, std::span<host const> hosts) const -> std::optional<counts> {
        if (!j.dear) return {};
        auto out = counts();
        for (auto const& h : hosts) count(out, h, 1);
        return out;
    }
    auto operator()(job const&, host const& h, counts const& in) const -> schedule::verdict {
        return in[static_cast<std::size_t>(h.rack)] < most
                   ? schedule::accept
                   : schedule::reject("too many dear ones in its rack");
    }
};
struct few_dear_advancing : few_dear {
    static auto advance(std::optional<counts> s, job const&, schedule::change<host> const& what)
        -> std::optional<counts> {
        if (!s) return s;
        count(*s, what.before, -1);
        count(*s, what.after, 1);
        return s;
    }
};
struct few_dear_tracked : few_dear_advancing {
    struct tracker {
        bool dear;
        int most;
        std::vector<std::size_t> racks;
        counts in;

        [[nodiscard]] auto accepts(std::size_t i) const -> bool { return !dear || in[racks[i]] < most; }
        [[nodiscard]] auto takes_part() const -> bool { return dear; }
        auto entered(job const& other, std::size_t i, std::span<host const>, int sign,
                     schedule::stale_nodes& stale) -> void {
            if (!dear || !other.dear) return;
            in[racks[i]] += sign;
            for (std::size_t k = 0; k < racks.size(); ++k)
                if (racks[k] == racks[i]) stale.node(k);
        }
    };
    auto track(job const& j, std::span<host const> hosts) const -> tracker {
        auto out = tracker{j.dear, most, {}, prepare(j, hosts).value_or(counts())};
        for (auto const& h : hosts) out.racks.push_back(static_cast<std::size_t>(h.rack));
        return out;
    }
};

TEST_CASE("a placer makes the same room where a filter surveys all nodes") {
    auto const with = [](auto const& filter) {
        obeys(schedule::profile{
            .filter = filter, .preempt = schedule::room_by_node{lower_ranks{}}, .score = roomy});
    };
    with(fits and schedule::filter(few_dear{}));
    with(schedule::filter(few_dear_advancing{}) and fits);
    with(schedule::filter(few_dear_tracked{}) and fits and in_service);
    with(fits and in_service and schedule::filter(few_dear_tracked{{{.most = 4}}}));
    with(schedule::any_filter<job, host>(fits));
}

TEST_CASE("a placer gives a .preempt of any kind what it would be given otherwise") {
    obeys(schedule::profile{.filter = fits and in_service,
                            .preempt = [](job const& j, std::span<host const> hosts,
                                          schedule::refusal const& why,
                                          auto const& ask) -> std::optional<schedule::eviction<job>> {
                                for (auto const& r : why.refused) {
                                    auto as = hosts[r.node];
                                    if (as.jobs.empty() || r.says.how() != schedule::grade::rejected)
                                        continue;
                                    auto const first = as.jobs.front();
                                    leave(first, as);
                                    if (j.rank > 0 && ask(r.node, as).accepted())
                                        return schedule::eviction<job>{r.node, {first}};
                                }
                                return {};
                            },
                            .score = roomy});
}

} // namespace
