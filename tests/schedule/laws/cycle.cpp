#include "../harbour.hpp"

#include <berth/core/random.hpp>
#include <berth/schedule/laws/cycle.hpp>

namespace {

using namespace berth::schedule;
using namespace harbour;

constexpr auto take = [](task const& t, host& h) { h.cpu_free -= t.cpu; };
constexpr auto give_back = [](task const& t, host& h) { h.cpu_free += t.cpu; };

/// Answers as a die says.
struct whim {
    berth::random_engine* draw;

    auto operator()(task const&, host const&) const -> permission {
        switch (draw->below(4)) {
        case 0: return reject("not today");
        case 1: return accept;
        default: return wait_for(berth::seconds(1 + static_cast<std::int64_t>(draw->below(60))), "others");
        }
    }
};
/// A world that hears, refuses, or is silent.
struct uncertain_world {
    berth::random_engine* draw;

    auto operator()(task const&, host const&) const -> berth::result<void> {
        switch (draw->below(4)) {
        case 0: return berth::fail(berth::error_code::conflict, "taken");
        case 1: return berth::fail(berth::error_code::timeout, "silence");
        default: return {};
        }
    }
};

TEST_CASE("the cycle keeps its laws whatever happens, under any profile") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        auto draw = berth::random_engine(seed);
        auto const moody = whim{&draw};
        auto const uncertain = uncertain_world{&draw};
        auto const by_size = [](task const& a, task const& b) { return a.cpu > b.cpu; };
        auto const no_zone_9 = [](task const& t) { return t.zone == 9 ? reject("gated") : accept; };
        laws::cycle(profile{.filter = fits, .score = roomy}, tasks(), harbour::hosts(), seed, 300, report);
        laws::cycle(profile{.filter = fits, .reserve = take, .release = give_back, .permit = moody}, tasks(),
                    harbour::hosts(), seed, 300, report);
        laws::cycle(profile{.filter = fits, .reserve = take, .release = give_back, .bind = uncertain},
                    tasks(), harbour::hosts(), seed, 300, report);
        laws::cycle(profile{.filter = fits, .reserve = take, .release = give_back, .pre_bind = moody},
                    tasks(), harbour::hosts(), seed, 300, report);
        laws::cycle(profile{.enqueue = no_zone_9,
                            .order = by_size,
                            .filter = fits and not cordoned,
                            .score = roomy,
                            .reserve = take,
                            .release = give_back,
                            .permit = moody,
                            .pre_bind = moody,
                            .bind = uncertain},
                    std::vector<task>{{1}, {2}, {9}, {1, 9}}, harbour::hosts(), seed, 300, report);
    }
}

TEST_CASE("the reservations of a random history add up in the nodes' own books") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        auto draw = berth::random_engine(seed);
        auto hosts = std::vector<host>(3, host{.cpu_free = 6});
        auto const policy = profile{.filter = fits,
                                    .reserve = take,
                                    .release = give_back,
                                    .permit = whim{&draw},
                                    .bind = uncertain_world{&draw}};
        auto machine = cycle_of<task, host>(policy);
        auto ids = std::vector<ticket>{};
        auto bound = 0;
        auto now = berth::time_point{};
        for (auto n = 0; n < 200; ++n) {
            ids.push_back(machine.add({1 + static_cast<int>(draw.below(3))}));
            auto const some = ids[static_cast<std::size_t>(draw.below(ids.size()))];
            for (auto const& what : {machine.next(hosts, now), machine.allow(some, hosts, now),
                                     machine.resolved(some, hosts, draw.below(2) == 0, now)})
                if (what && what->left) bound += what->left->cpu;
            now = now + berth::seconds(5);
            auto held = 0;
            machine.for_each_held([&](ticket, task const& t, stage, std::size_t) { held += t.cpu; });
            auto free = 0;
            for (auto const& h : hosts) free += h.cpu_free;
            CHECK(free + held + bound == 18);
        }
    }
}

} // namespace
