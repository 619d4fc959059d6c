#pragma once

/// \file
/// The laws of controllers on worlds that are drawn at random.

#include <berth/core/random.hpp>
#include <berth/reconcile/laws.hpp>

#include <cstdint>
#include <set>
#include <string>

namespace test {

/// The laws that a controller breaks for a key on some of many worlds, which `draw_world(draw, world)` draws.
template <class C, class Draw>
auto broken_laws(C const& c, berth::object::key const& k, Draw draw_world, int worlds)
    -> std::set<std::string> {
    auto out = std::set<std::string>();
    for (auto seed = 1; seed <= worlds; ++seed) {
        auto draw = berth::random_engine(static_cast<std::uint64_t>(seed));
        auto w = berth::reconcile::world();
        draw_world(draw, w);
        auto judge = [&](berth::reconcile::laws::finding const& f) {
            if (!f.holds) out.insert(std::string(f.law) + " (seed " + std::to_string(seed) + ")");
        };
        berth::reconcile::laws::all(c, w, k, judge, {.rounds = 60});
    }
    return out;
}

/// Whether one of the laws of that beginning is among the broken ones.
inline auto has_broken(std::set<std::string> const& laws, std::string const& beginning) -> bool {
    auto const at = laws.lower_bound(beginning);
    return at != laws.end() && at->starts_with(beginning);
}

} // namespace test
