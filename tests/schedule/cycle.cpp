#include "harbour.hpp"

#include <berth/schedule/cycle.hpp>

#include <set>

namespace {

using namespace berth::schedule;
using berth::seconds;
using harbour::fits, harbour::host, harbour::roomy, harbour::task;

constexpr auto start = berth::time_point{};
constexpr auto take = [](task const& t, host& h) { h.cpu_free -= t.cpu; };
constexpr auto give_back = [](task const& t, host& h) { h.cpu_free += t.cpu; };
constexpr auto ask_others = [](task const&, host const&) { return wait_for(seconds(30), "two more"); };

/// A machine for a profile.
auto machine_for(auto const& p) { return cycle_of<task, host>(p); }

/// A profile with every field set, each of which tells its name.
auto told_of_all(std::set<std::string>& calls) {
    auto const say = [&calls](char const* what) { calls.insert(what); };
    return profile{
        .name = "all",
        .enqueue = [say](task const&) { return say("enqueue"), accept; },
        .order = [say](task const& a, task const& b) { return say("order"), a.cpu > b.cpu; },
        .prepare = [say](task const&, std::span<host const>) { return say("prepare"), 1; },
        .filter = filter<"fits">([say](task const& t, host const& h) {
            return say("filter"), t.cpu <= h.cpu_free ? accept : reject("full");
        }),
        .preempt = [say](task const&, std::span<host const>,
                         refusal const&) { return say("preempt"), std::optional(eviction<int>{0, {7}}); },
        .score = score<"roomy">([say](task const&, host const& h) { return say("score"), h.cpu_free; }),
        .tie = [say](std::span<std::size_t const> equals,
                     std::uint64_t) { return say("tie"), equals.back(); },
        .reserve = [say](task const& t, host& h) { say("reserve"), h.cpu_free -= t.cpu; },
        .release = [say](task const& t, host& h) { say("release"), h.cpu_free += t.cpu; },
        .permit = [say](task const&, host const&) { return say("permit"), accept; },
        .bind = [say](task const& t, host const&) -> berth::result<void> {
            say("bind");
            if (t.zone == 0) return {};
            return berth::fail(berth::error_code::conflict, "zone");
        },
    };
}
auto const all_fields = std::set<std::string>{"bind",    "enqueue", "filter",  "order", "permit", "preempt",
                                              "prepare", "release", "reserve", "score", "tie"};
/// One that is bound, one whose bind fails, one for whom there is no room.
auto const all_ways = std::vector<task>{{1}, {1, 1}, {99}};

TEST_CASE("no field of a profile is ignored by the cycle") {
    auto calls = std::set<std::string>{};
    auto hosts = std::vector<host>(2);
    auto machine = machine_for(told_of_all(calls));
    for (auto const& t : all_ways) machine.add(t);
    auto ends = std::vector<stage>{};
    while (auto const taken = machine.next(hosts, start))
        ends.push_back(taken->outcome ? stage::bound : taken->outcome.error().at);
    CHECK(calls == all_fields);
    CHECK(ends == std::vector{stage::evicting, stage::bound, stage::unbound});
}

TEST_CASE("no field of a profile is ignored by an attempt") {
    auto calls = std::set<std::string>{};
    auto hosts = std::vector<host>(2);
    auto work = workspace{};
    for (auto const& t : all_ways) (void)attempt(t, hosts, told_of_all(calls), work);
    calls.insert("order"); // one task has none
    CHECK(calls == all_fields);
}

TEST_CASE("no field of a profile is ignored when many are placed") {
    auto calls = std::set<std::string>{};
    auto hosts = std::vector<host>(2);
    place_all(
        all_ways, hosts, told_of_all(calls), [](std::size_t, auto const&) {},
        [](host&, eviction<int> const&) {});
    CHECK(calls == all_fields);
}

TEST_CASE("tasks go in the profile's order, and leave when they are bound") {
    auto hosts = std::vector<host>{{.cpu_free = 3}};
    auto machine = machine_for(profile{.order = [](task const& a, task const& b) { return a.cpu > b.cpu; },
                                       .filter = fits,
                                       .reserve = take});
    machine.add({1});
    auto const large = machine.add({2});
    auto const first = machine.next(hosts, start);
    REQUIRE(first);
    CHECK(first->id == large);
    CHECK(first->left->cpu == 2);
    CHECK(machine.find(large) == nullptr);
    CHECK(machine.next(hosts, start)->outcome->node == 0);
    CHECK(!machine.next(hosts, start));
    CHECK(machine.size() == 0);
    CHECK(hosts[0].cpu_free == 0);
}

TEST_CASE("a permission that is waited for can be given or denied by others") {
    auto hosts = std::vector<host>{{.cpu_free = 3}};
    auto machine =
        machine_for(profile{.filter = fits, .reserve = take, .release = give_back, .permit = ask_others});
    auto const a = machine.add({1});
    auto const b = machine.add({1});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::waiting);
    CHECK(machine.next(hosts, start)->outcome.error().why == "two more");
    CHECK(hosts[0].cpu_free == 1);
    CHECK(machine.held() == 2);
    CHECK(machine.allow(a, hosts, start)->left->cpu == 1);
    CHECK(!machine.allow(a, hosts, start));
    auto const denied = machine.deny(b, hosts, "the gang fell apart", start);
    CHECK(denied->outcome.error().at == stage::denied);
    CHECK(denied->outcome.error().why == "the gang fell apart");
    CHECK(hosts[0].cpu_free == 2);
    CHECK(machine.held() == 0);
    CHECK(machine.next_ready(start) == start + seconds(1));
}

TEST_CASE("a permission that does not come in time is denied, and the reservation released") {
    auto hosts = std::vector<host>(1);
    auto machine =
        machine_for(profile{.filter = fits, .reserve = take, .release = give_back, .permit = ask_others});
    auto const id = machine.add({1});
    (void)machine.next(hosts, start);
    CHECK(machine.next_ready(start) == start + seconds(30));
    CHECK(!machine.next(hosts, start + seconds(29)));
    auto const late = machine.next(hosts, start + seconds(30));
    CHECK(late->id == id);
    CHECK(late->outcome.error().at == stage::denied);
    CHECK(late->outcome.error().why == "waited too long: two more");
    CHECK(hosts[0].cpu_free == 4);
    CHECK(machine.next(hosts, start + seconds(31))->outcome.error().at == stage::waiting);
}

TEST_CASE("a bind of which nobody knows whether it was heard keeps its reservation until somebody does") {
    auto hosts = std::vector<host>{{.cpu_free = 2}};
    auto machine = machine_for(profile{
        .filter = fits,
        .reserve = take,
        .release = give_back,
        .bind = [](task const& t, host const&) -> berth::result<void> {
            return berth::fail(t.zone == 0 ? berth::error_code::timeout : berth::error_code::unavailable,
                               "silence");
        },
    });
    auto const heard = machine.add({1, 0});
    auto const lost = machine.add({1, 1});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::in_doubt);
    CHECK(machine.next(hosts, start)->outcome.error().code == berth::error_code::unavailable);
    CHECK(hosts[0].cpu_free == 0);
    CHECK(!machine.next_ready(start));
    CHECK(!machine.allow(heard, hosts, start));
    CHECK(machine.resolved(heard, hosts, true, start)->left->zone == 0);
    CHECK(hosts[0].cpu_free == 0);
    CHECK(machine.resolved(lost, hosts, false, start)->outcome.error().at == stage::unbound);
    CHECK(hosts[0].cpu_free == 1);
    CHECK(!machine.resolved(lost, hosts, false, start));
    CHECK(machine.find(lost) != nullptr);
}

TEST_CASE("victims are part of the outcome; when they have left, the task is tried at once") {
    auto hosts = std::vector<host>{{.cpu_free = 0}, {.cpu_free = 1}};
    auto machine = machine_for(profile{
        .filter = fits,
        .preempt = [](task const&, std::span<host const> all, refusal const&,
                      auto const& what_if) -> std::optional<eviction<std::string>> {
            for (std::size_t i = 0; i < all.size(); ++i) {
                auto without = all[i];
                without.cpu_free += 2;
                if (what_if(i, without).accepted()) return eviction<std::string>{i, {"small", "tiny"}};
            }
            return {};
        },
        .reserve = take,
    });
    auto const id = machine.add({3});
    auto const wish = machine.next_explained(hosts, start);
    CHECK(wish->outcome.error().at == stage::evicting);
    CHECK(wish->outcome.error().room == eviction<std::string>{1, {"small", "tiny"}});
    CHECK(wish->account->table().ends_with("room on 1 if these leave: small tiny\n"));
    hosts[1].cpu_free = 3;
    CHECK(!machine.next(hosts, start));
    machine.again(id);
    CHECK(machine.next(hosts, start)->outcome->node == 1);
}

constexpr auto fits_declared = filter<"fits", reads<&host::cpu_free>>(
    [](task const& t, host const& h) { return t.cpu <= h.cpu_free ? accept : reject("full"); });
constexpr auto in_zone = filter<"in zone", reads<&host::zone>>(
    [](task const& t, host const& h) { return t.zone == h.zone ? accept : rule_out("other zone"); });

TEST_CASE("a change wakes only those who were refused by leaves that read what has changed") {
    auto const policy = profile{.filter = in_zone and fits_declared};
    auto machine = machine_for(policy);
    using kind = decltype(machine);
    auto hosts = std::vector<host>{{.cpu_free = 1, .zone = 0}};
    auto const elsewhere = machine.add({1, 5});
    auto const too_large = machine.add({9, 0});
    while (machine.next(hosts, start)) {}
    auto later = start;
    auto const woken = [&] {
        later = later + seconds(20);
        auto out = std::vector<ticket>{};
        while (auto const taken = machine.next(hosts, later)) out.push_back(taken->id);
        return out;
    };
    auto changed = hosts[0];
    changed.tainted = 1;
    machine.changed(hosts[0], changed, later);
    CHECK(woken().empty());
    changed.zone = 3; // not the one that is wanted
    machine.changed(hosts[0], changed, later);
    CHECK(woken().empty());
    changed.zone = 5;
    machine.changed(hosts[0], changed, later);
    CHECK(woken() == std::vector{elsewhere});
    machine.changed(kind::facets<&host::cpu_free>(), later);
    CHECK(woken() == std::vector{too_large});
    machine.changed(facet_set::membership(), later);
    CHECK(woken().empty());
    machine.changed(facet_set::arrival(), later);
    CHECK(woken() == std::vector{elsewhere, too_large});
}

TEST_CASE("leaves that declare nothing are woken by every change") {
    auto machine = machine_for(profile{.filter = in_zone and fits});
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    machine.add({9});
    while (machine.next(hosts, start)) {}
    auto changed = hosts[0];
    machine.changed(hosts[0], changed, start + seconds(5));
    CHECK(!machine.next(hosts, start + seconds(5)));
    changed.tainted = 1;
    machine.changed(hosts[0], changed, start + seconds(5));
    CHECK(machine.next(hosts, start + seconds(5)));
}

TEST_CASE("a node that goes takes the reservations on it along; one that moves keeps them") {
    auto hosts = std::vector<host>{{.cpu_free = 1}, {.cpu_free = 9}};
    auto machine = machine_for(
        profile{.filter = fits, .score = roomy, .reserve = take, .release = give_back, .permit = ask_others});
    auto const a = machine.add({2});
    (void)machine.next(hosts, start);
    machine.withdraw(hosts, 0, start);
    hosts[0] = hosts[1];
    hosts.pop_back();
    machine.renumber(1, 0);
    CHECK(machine.held() == 1);
    machine.withdraw(hosts, 0, start);
    CHECK(hosts[0].cpu_free == 9);
    CHECK(machine.held() == 0);
    CHECK(machine.find(a) != nullptr);
    CHECK(machine.next_ready(start) == start + seconds(1));
}

TEST_CASE("a task that is removed gives back what it had") {
    auto hosts = std::vector<host>(1);
    auto machine =
        machine_for(profile{.filter = fits, .reserve = take, .release = give_back, .permit = ask_others});
    auto const id = machine.add({1});
    (void)machine.next(hosts, start);
    CHECK(hosts[0].cpu_free == 3);
    machine.remove(id, hosts, start);
    CHECK(hosts[0].cpu_free == 4);
    CHECK(machine.size() == 0);
    CHECK(!machine.allow(id, hosts, start));
}

TEST_CASE("room that is given back wakes those who found none") {
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    auto machine =
        machine_for(profile{.filter = fits, .reserve = take, .release = give_back, .permit = ask_others});
    auto const first = machine.add({1});
    auto const second = machine.add({1});
    CHECK(machine.next(hosts, start)->id == first);
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::refused);
    machine.remove(first, hosts, start + seconds(5));
    CHECK(machine.next(hosts, start + seconds(5))->id == second);
}

TEST_CASE("a task that is gated is tried again when it has another value") {
    auto hosts = std::vector<host>(1);
    auto machine = machine_for(profile{
        .enqueue = [](task const& t) { return t.zone < 0 ? reject("gated") : accept; }, .filter = fits});
    auto const id = machine.add({1, -1});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::gated);
    machine.changed(facet_set::all(), start + seconds(9));
    CHECK(!machine.next(hosts, start + seconds(9)));
    machine.replace(id, {1, 0}, true, start + seconds(9));
    CHECK(machine.next(hosts, start + seconds(9))->outcome);
}

TEST_CASE("an account tells of the decision that was made, not of one made again") {
    auto asked = 0;
    auto const moody = filter<"moody">([&](task const&, host const&) {
        ++asked;
        return asked % 2 == 0 ? accept : reject("not in the mood");
    });
    auto hosts = std::vector<host>(4);
    auto machine = machine_for(profile{.filter = moody, .score = roomy, .tie = seeded_tie{.seed = 3}});
    machine.add({1});
    machine.add({1});
    for (auto const want : {4, 8}) {
        auto const taken = machine.next_explained(hosts, start);
        CHECK(asked == want);
        CHECK(taken->account->chosen == *taken->outcome);
        CHECK(taken->account->nodes[taken->outcome->node].says.accepted());
    }
}

TEST_CASE("in steady state a task passes without an allocation") {
    auto hosts = std::vector<host>(8, host{.cpu_free = 1'000});
    auto machine = machine_for(profile{.filter = fits, .score = roomy, .reserve = take});
    auto const pass = [&] {
        for (auto i = 0; i < 10; ++i) machine.add({1});
        while (machine.next(hosts, start)) {}
    };
    pass();
    auto const before = harbour::allocations();
    pass();
    CHECK(harbour::allocations() == before);
}

/// Says which changes help: those of which room comes.
struct hopeful {
    static constexpr std::string_view name = "hopeful";
    using reads = berth::schedule::reads<&host::cpu_free>;

    auto operator()(task const& t, host const& h) const -> verdict {
        return t.cpu <= h.cpu_free ? accept : reject("full");
    }
    auto helped_by(task const& t, change<host> const& c) const -> bool { return t.cpu <= c.after.cpu_free; }
    auto helped_by(task const& t, arrived<host> const& c) const -> bool { return t.cpu <= c.node.cpu_free; }
};
/// The weather, which is no node.
struct weather {
    int wind = 0;
};

TEST_CASE("a leaf that knows more than its facets is asked which changes help") {
    auto machine = machine_for(profile{.filter = filter(hopeful{})});
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    machine.add({3});
    while (machine.next(hosts, start)) {}
    auto const later = start + seconds(5);
    auto const tried = [&] { return machine.next(hosts, later).has_value(); };
    machine.changed({.cpu_free = 1}, {.cpu_free = 2}, later);
    CHECK_FALSE(tried());
    machine.came({.cpu_free = 2}, later);
    CHECK_FALSE(tried());
    SECTION("a change") { machine.changed({.cpu_free = 1}, {.cpu_free = 3}, later); }
    SECTION("an arrival") { machine.came({.cpu_free = 3}, later); }
    SECTION("something of which it says nothing") {
        machine.changed(decltype(machine)::facets<&host::cpu_free>(), weather{}, later);
    }
    CHECK(tried());
}

TEST_CASE("without any node a task is tried again now and then") {
    auto machine = machine_for(profile{.filter = filter(hopeful{})});
    auto hosts = std::vector<host>{};
    machine.add({3});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::refused);
    machine.came({.cpu_free = 1}, start);
    CHECK(machine.next_ready(start) == start + seconds(1));
    CHECK(machine.next(hosts, start + seconds(1)));
    CHECK(machine.next_ready(start + seconds(1)) == start + seconds(3));
}

TEST_CASE("what is no node wakes those whose leaves name it") {
    constexpr auto calm = filter<"calm", reads<>, surveys<&weather::wind>>(
        [](task const&, host const&) { return reject("a storm"); });
    auto machine = machine_for(profile{.filter = in_zone and calm});
    using kind = decltype(machine);
    auto hosts = std::vector<host>{{.zone = 0}};
    auto const outside = machine.add({1, 0});
    machine.add({1, 5});
    while (machine.next(hosts, start)) {}
    machine.changed(kind::facets<&weather::wind>(), start + seconds(5));
    CHECK(machine.next(hosts, start + seconds(5))->id == outside);
    CHECK(!machine.next(hosts, start + seconds(5)));
}

/// Binds later, and keeps whom.
struct slow_shell : no_shell {
    auto bind(task const&, host const&) const -> std::optional<berth::result<void>> { return {}; }
};

TEST_CASE("a bind whose answer comes later keeps its reservation until it is told") {
    auto ends = std::vector<int>{};
    auto hosts = std::vector<host>{{.cpu_free = 3}};
    auto const policy = profile{.filter = fits,
                                .reserve = take,
                                .release = give_back,
                                .post_bind = [&](task const& t, host const&) { ends.push_back(t.cpu); }};
    auto machine = cycle_of<task, host>(policy, {}, slow_shell{});
    auto const heard = machine.add({1});
    auto const refused = machine.add({1});
    auto const unknown = machine.add({1});
    for (auto i = 0; i < 3; ++i) CHECK(machine.next(hosts, start)->outcome.error().at == stage::binding);
    CHECK(hosts[0].cpu_free == 0);
    CHECK(ends.empty());
    CHECK(machine.told(heard, {}, hosts, start)->left->cpu == 1);
    CHECK(ends == std::vector{1});
    auto const no = machine.told(refused, berth::fail(berth::error_code::conflict, "taken"), hosts, start);
    CHECK(no->outcome.error().at == stage::unbound);
    CHECK(no->outcome.error().code == berth::error_code::conflict);
    CHECK(hosts[0].cpu_free == 1);
    auto const silence = machine.told(unknown, berth::fail(berth::error_code::timeout, "?"), hosts, start);
    CHECK(silence->outcome.error().at == stage::in_doubt);
    CHECK(hosts[0].cpu_free == 1);
    CHECK(!machine.told(unknown, {}, hosts, start));
    CHECK(machine.resolved(unknown, hosts, true, start)->left);
    CHECK(ends.size() == 2);
    CHECK(machine.held() == 0);
}

TEST_CASE("what fails before the bind, or in the reservation itself, is undone") {
    auto hosts = std::vector<host>{{.cpu_free = 3}};
    auto const policy = profile{.filter = fits,
                                .reserve =
                                    [](task const& t, host& h) {
                                        h.cpu_free -= t.cpu;
                                        return t.zone == 1 ? reject("no key") : accept;
                                    },
                                .release = give_back,
                                .pre_bind = [](task const& t, host const&) -> berth::result<void> {
                                    if (t.zone == 2)
                                        return berth::fail(berth::error_code::timeout, "no volume");
                                    return {};
                                }};
    auto machine = machine_for(policy);
    machine.add({1, 1});
    machine.add({1, 2});
    machine.add({1, 0});
    auto const first = machine.next(hosts, start);
    CHECK(first->outcome.error().at == stage::denied);
    CHECK(first->outcome.error().why == "no key");
    auto const second = machine.next(hosts, start);
    CHECK(second->outcome.error().at == stage::unprepared);
    CHECK(second->outcome.error().why == "no volume");
    CHECK(second->outcome.error().code == berth::error_code::timeout);
    CHECK(hosts[0].cpu_free == 3);
    CHECK(machine.next(hosts, start)->outcome);
    CHECK(hosts[0].cpu_free == 2);
    CHECK(machine.held() == 0);
}

TEST_CASE("why no room can be made is told after why there is none") {
    auto hosts = std::vector<host>{{.cpu_free = 0}};
    auto machine =
        machine_for(profile{.filter = fits,
                            .preempt = [](task const&, std::span<host const>,
                                          refusal const&) -> std::expected<eviction<int>, std::string> {
                                return std::unexpected("nobody is less important");
                            }});
    machine.add({1});
    auto const out = machine.next(hosts, start);
    CHECK(out->outcome.error().at == stage::refused);
    CHECK(out->outcome.error().why == "0/1 nodes are available: 1 not enough cpu. nobody is less important");
}

/// Two more processors are promised to others on node 0; node 1 is promised to tasks of zone 1.
struct foresight : no_shell {
    static constexpr bool looks_ahead = true;

    auto expected(task const& t, std::size_t i, host const& h) const -> std::optional<host> {
        if (i != 0 || t.zone == 9) return {};
        auto out = h;
        out.cpu_free -= 2;
        return out;
    }
    auto promised(task const& t) const -> std::optional<std::size_t> {
        return t.zone == 1 ? std::optional<std::size_t>(1) : std::nullopt;
    }
};

TEST_CASE("room that is promised to others is left to them, and a promise is kept") {
    auto hosts = std::vector<host>{{.cpu_free = 3}, {.cpu_free = 1}};
    auto asked = std::vector<bool>{};
    auto const policy = profile{.filter = fits,
                                .preempt = [&](task const& t, std::span<host const> all, refusal const&,
                                               auto const& what_if) -> std::optional<eviction<int>> {
                                    auto emptied = all[0];
                                    emptied.cpu_free = t.cpu + 1;
                                    asked.push_back(what_if(0, emptied).accepted());
                                    emptied.cpu_free = t.cpu + 2;
                                    asked.push_back(what_if(0, emptied).accepted());
                                    return {};
                                },
                                .score = roomy,
                                .reserve = take};
    auto machine = cycle_of<task, host>(policy, {}, foresight{});
    machine.add({2});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::refused);
    CHECK(asked == std::vector{false, true});
    machine.add({1, 1});
    CHECK(machine.next(hosts, start)->outcome->node == 1);
    machine.add({2, 9});
    CHECK(machine.next_explained(hosts, start)->outcome->node == 0);
}

} // namespace
