#pragma once

/// \file
/// The laws of `controller` as an executable suite, for Berth's controllers and for yours, under any test
/// framework:
///
/// ```cpp
/// auto judge = [](berth::reconcile::laws::finding const& f) { INFO(f.law << ": " << f.detail);
/// CHECK(f.holds); }; auto const w = berth::reconcile::world{my_object, something_it_owns};
/// berth::reconcile::laws::all(my_controller{}, w, {"default", "my-object"}, judge);
/// ```
///
/// Call it with the worlds that matter: empty, complete, too much, too little, broken, half deleted. It is in
/// no umbrella header: only tests need it.

#include <berth/core/config.hpp>
#include <berth/core/random.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/detail/world_api.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::reconcile::laws {

/// What the suite tells its judge about one law.
struct finding {
    std::string_view law; ///< a sentence
    bool holds = true;
    std::string detail{}; ///< what was found
};

/// Hears findings.
template <class R>
concept judge = requires(R& r, finding const& f) { r(f); };

/// How far to go.
struct effort {
    std::size_t rounds = 20;  ///< after so many plans the world must be as the controller wants it
    std::size_t steps = 1000; ///< the longest plan
    std::size_t orders = 5;   ///< in so many orders the world is built
    std::uint64_t seed = 1;
    time_point now = time_point::from_unix_seconds(1'767'225'600); ///< when the world is looked at
};

namespace detail {

using namespace berth::reconcile::detail; // NOLINT(google-build-using-namespace): the laws look inside

/// Puts the objects of a world into another, with the kinds and indexes that the controller wants; in an
/// order drawn from `draw`, if given.
BERTH_DECL auto copy(any_controller const& c, world const& from, world& to, random_engine* draw = nullptr)
    -> void;

BERTH_DECL auto words(plan const& p) -> std::string;

/// Whether two plans have the same steps, in whatever order.
BERTH_DECL auto same_steps(plan const& a, plan b) -> bool;

BERTH_DECL auto decide(any_controller const& c, world const& w, key const& k, effort const& work,
                       std::vector<failure> const& failures = {}, any_memory const& before = {})
    -> decision<any_memory>;

/// What a controller would do for a key though it says that the object does not matter; empty if nothing.
BERTH_DECL auto overlooked(any_controller const& c, world const& w, key const& k, effort const& work)
    -> std::string;

/// What a controller would remember after one look at a world.
inline auto memory_of(any_controller const& c, world const& w, key const& k, effort const& work)
    -> any_memory {
    return decide(c, w, k, work).memory;
}

} // namespace detail

/// *Pure*, and *order does not matter*; with no memory, and with what one look leaves.
template <controller C, judge R>
auto same_answer(C const& controller, world const& w, key const& k, R& report, effort const& work = {})
    -> void {
    auto const c = any_controller::of(controller);
    auto mine = world();
    detail::copy(c, w, mine);
    auto const kept = detail::memory_of(c, mine, k, work);
    auto const first = detail::decide(c, mine, k, work, {}, kept);
    auto const second = detail::decide(c, mine, k, work, {}, kept);
    report(finding{"the same world and key give the same plan", first.plan == second.plan,
                   detail::words(first.plan) + " / " + detail::words(second.plan)});
    report(
        finding{"the same world, key and memory give the same memory", c.same(first.memory, second.memory)});
    auto draw = random_engine(work.seed);
    auto other = first.plan;
    for (std::size_t i = 0; i < work.orders && detail::same_steps(first.plan, other); ++i) {
        auto shuffled = world();
        detail::copy(c, w, shuffled, &draw);
        other = detail::decide(c, shuffled, k, work, {}, kept).plan;
    }
    report(finding{"the order in which the world came to be does not matter",
                   detail::same_steps(first.plan, other),
                   detail::words(first.plan) + " / " + detail::words(other)});
}

/// *Only kinds it declares*.
template <controller C, judge R>
auto declared_kinds(C const& controller, world const& w, key const& k, R& report, effort const& work = {})
    -> void {
    auto const c = any_controller::of(controller);
    auto mine = world();
    detail::copy(c, w, mine);
    auto const kinds = c.seen();
    auto view = mine.at(work.now);
    view.restrict_to(kinds);
    auto const p = c.reconcile(view, k).plan;
    auto const* read = view.undeclared();
    report(finding{"it looks at no kind that it does not declare", read == nullptr,
                   read == nullptr ? "" : std::string(read->plural)});
    report(finding{"it uses no index that it does not declare", view.undeclared_index().empty(),
                   std::string(view.undeclared_index())});
    auto const writable = c.written();
    auto written = std::string();
    for (auto const& s : p.steps) {
        auto const* r = resource_of(s);
        auto known = r == nullptr;
        for (auto const* t : writable) known = known || *t->resource == *r;
        if (!known) written.append(written.empty() ? "" : "; ").append(to_string(s));
    }
    report(finding{"it writes no kind that it does not declare", written.empty(), written});
}

/// *Overlooks nothing*: where an object does not matter, there is nothing to do.
template <controller C, judge R>
auto overlooks_nothing(C const& controller, world const& w, key const& k, R& report, effort const& work = {})
    -> void {
    auto const c = any_controller::of(controller);
    auto mine = world();
    detail::copy(c, w, mine);
    auto const what = detail::overlooked(c, mine, k, work);
    report(
        finding{"where it says that an object does not matter there is nothing to do", what.empty(), what});
}

/// *Fixpoint* and *bounded*: carries out plan after plan, with nobody else doing anything.
template <controller C, judge R>
auto fixpoint(C const& controller, world const& w, key const& k, R& report, effort const& work = {}) -> void {
    auto const c = any_controller::of(controller);
    auto mine = world();
    detail::copy(c, w, mine);
    auto longest = std::size_t{0};
    auto refusals = std::string();
    auto conflicts = std::size_t{0};
    auto failures = std::vector<failure>();
    auto now = decision<any_memory>();
    for (std::size_t round = 0; round < work.rounds; ++round) {
        now = detail::decide(c, mine, k, work, failures, now.memory);
        longest = std::max(longest, now.plan.steps.size());
        if (now.plan.empty()) break;
        auto api = detail::world_api(mine, work.now);
        auto done = apply(api, now.plan, [](note const&) {});
        for (auto const& f : done.failures) refusals += to_string(f.what) + ": " + f.why.message + "; ";
        conflicts += done.conflicts;
        failures = std::move(done.failures);
    }
    report(finding{"no plan is longer than the given number of steps", longest <= work.steps,
                   std::to_string(longest) + " steps"});
    report(finding{"no step of a plan is refused", refusals.empty(), refusals});
    report(finding{"no plan contradicts itself or the world it was decided from", conflicts == 0,
                   std::to_string(conflicts) + " conflicts"});
    report(finding{"once its plans are carried out there is nothing to do", now.plan.empty(),
                   detail::words(now.plan)});
}

/// Checks every law on one world and key.
template <controller C, judge R>
auto all(C const& c, world const& w, key const& k, R& report, effort const& work = {}) -> void {
    same_answer(c, w, k, report, work);
    declared_kinds(c, w, k, report, work);
    overlooks_nothing(c, w, k, report, work);
    fixpoint(c, w, k, report, work);
}

} // namespace berth::reconcile::laws

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/laws.ipp>
#endif
