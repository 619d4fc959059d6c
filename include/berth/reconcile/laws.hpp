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
#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/controller.hpp>
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
template <controller C> auto copy(world const& from, world& to, random* draw = nullptr) -> void {
    for (auto const* type : kinds_seen<C>()) to.follow(*type);
    for (auto& i : indexes_of<C>()) to.follow(*i.type).add_index(std::move(i));
    for (auto const& t : from.tables()) {
        auto all = std::vector<object::object_ref>();
        for (object::object_ref const& o : t.all()) all.push_back(o);
        for (auto i = all.size(); draw != nullptr && i > 1; --i) std::swap(all[i - 1], all[draw->below(i)]);
        for (auto& o : all) to.follow(t.type()).put(std::move(o));
    }
    while (to.revision() < from.revision()) to.advance();
}

BERTH_DECL auto words(plan const& p) -> std::string;

/// Whether two plans have the same steps, in whatever order.
BERTH_DECL auto same_steps(plan const& a, plan b) -> bool;

template <controller C>
auto decide(C const& c, world const& w, key const& k, effort const& work,
            std::vector<failure> const& failures = {}) -> plan {
    auto const kinds = kinds_seen<C>();
    auto view = w.at(work.now, failures);
    view.restrict_to(kinds);
    return c.reconcile(view, k);
}

} // namespace detail

/// *Pure*, and *order does not matter*.
template <controller C, judge R>
auto same_answer(C const& c, world const& w, key const& k, R& report, effort const& work = {}) -> void {
    auto mine = world();
    detail::copy<C>(w, mine);
    auto const first = detail::decide(c, mine, k, work);
    auto const second = detail::decide(c, mine, k, work);
    report(finding{"the same world and key give the same plan", first == second,
                   detail::words(first) + " / " + detail::words(second)});
    auto draw = random(work.seed);
    auto other = first;
    for (std::size_t i = 0; i < work.orders && detail::same_steps(first, other); ++i) {
        auto shuffled = world();
        detail::copy<C>(w, shuffled, &draw);
        other = detail::decide(c, shuffled, k, work);
    }
    report(finding{"the order in which the world came to be does not matter",
                   detail::same_steps(first, other), detail::words(first) + " / " + detail::words(other)});
}

/// *Only kinds it declares*.
template <controller C, judge R>
auto declared_kinds(C const& c, world const& w, key const& k, R& report, effort const& work = {}) -> void {
    auto mine = world();
    detail::copy<C>(w, mine);
    auto const kinds = kinds_seen<C>();
    auto view = mine.at(work.now);
    view.restrict_to(kinds);
    auto const p = c.reconcile(view, k);
    auto const* read = view.undeclared();
    report(finding{"it looks at no kind that it does not declare", read == nullptr,
                   read == nullptr ? "" : std::string(read->plural)});
    report(finding{"it uses no index that it does not declare", view.undeclared_index().empty(),
                   std::string(view.undeclared_index())});
    auto written = std::string();
    for (auto const& s : p.steps) {
        auto const* r = resource_of(s);
        auto known = r == nullptr;
        for (auto const* t : kinds_written<C>()) known = known || *t->resource == *r;
        if (!known) written.append(written.empty() ? "" : "; ").append(to_string(s));
    }
    report(finding{"it writes no kind that it does not declare", written.empty(), written});
}

/// *Fixpoint* and *bounded*: carries out plan after plan, with nobody else doing anything.
template <controller C, judge R>
auto fixpoint(C const& c, world const& w, key const& k, R& report, effort const& work = {}) -> void {
    auto mine = world();
    detail::copy<C>(w, mine);
    auto longest = std::size_t{0};
    auto refusals = std::string();
    auto conflicts = std::size_t{0};
    auto failures = std::vector<failure>();
    auto p = plan{};
    for (std::size_t round = 0; round < work.rounds; ++round) {
        p = detail::decide(c, mine, k, work, failures);
        longest = std::max(longest, p.steps.size());
        if (p.empty()) break;
        auto api = detail::world_api(mine, work.now);
        auto done = apply(api, p, [](note const&) {});
        for (auto const& f : done.failures) refusals += to_string(f.what) + ": " + f.why.message + "; ";
        conflicts += done.conflicts;
        failures = std::move(done.failures);
    }
    report(finding{"no plan is longer than the given number of steps", longest <= work.steps,
                   std::to_string(longest) + " steps"});
    report(finding{"no step of a plan is refused", refusals.empty(), refusals});
    report(finding{"no plan contradicts itself or the world it was decided from", conflicts == 0,
                   std::to_string(conflicts) + " conflicts"});
    report(finding{"once its plans are carried out there is nothing to do", p.empty(), detail::words(p)});
}

/// Checks every law on one world and key.
template <controller C, judge R>
auto all(C const& c, world const& w, key const& k, R& report, effort const& work = {}) -> void {
    same_answer(c, w, k, report, work);
    declared_kinds(c, w, k, report, work);
    fixpoint(c, w, k, report, work);
}

} // namespace berth::reconcile::laws

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/laws.ipp>
#endif
