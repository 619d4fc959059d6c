#pragma once

/// \file
/// The bodies of `berth/sim/run.hpp`.

#include <berth/core/config.hpp>
#include <berth/sim/run.hpp>

namespace berth::sim {

BERTH_DECL auto report::to_string() const -> std::string {
    return "seed " + std::to_string(seed) + ": " + std::string(sim::to_string(why)) + " after " +
           std::to_string(steps) + " steps and " +
           std::to_string(static_cast<double>((end - begin).nanoseconds) / 1e9) + " s";
}

BERTH_DECL auto executor::run(options const& how) -> report {
    auto out = report{how.seed, ending::quiescent, 0, clock_.now(), {}, 0};
    auto const deadline = clock_.now() + how.time_limit;
    for (;; ++out.steps) {
        if (out.steps == how.step_limit) out.why = ending::step_limit;
        if (out.steps == how.step_limit) break;
        auto* next = choose();
        if (next == nullptr) {
            auto const t = earliest();
            if (!t) break;
            if (*t > deadline) out.why = ending::time_limit;
            clock_.advance_to(*t > deadline ? deadline : *t);
            if (out.why == ending::time_limit) break;
            next = choose();
        }
        step(*next, how, out);
        if (how.until && how.until()) out.why = ending::reached;
        else if (clock_.now() > deadline) out.why = ending::time_limit;
        if (out.why != ending::quiescent) break;
    }
    out.end = clock_.now();
    return out;
}

BERTH_DECL auto executor::task::due(time_point now) const -> bool {
    if (self == nullptr) return false;
    return signalled || wish.kind == wake::when::again || (wish.kind == wake::when::at && wish.time <= now);
}

BERTH_DECL auto executor::choose() -> task* {
    due_.clear();
    for (auto& t : tasks_)
        if (t.due(clock_.now())) due_.push_back(&t);
    return due_.empty() ? nullptr : due_[random_.below(due_.size())];
}

BERTH_DECL auto executor::earliest() const -> std::optional<time_point> {
    auto out = std::optional<time_point>();
    for (auto const& t : tasks_)
        if (t.self != nullptr && t.wish.kind == wake::when::at && (!out || t.wish.time < *out))
            out = t.wish.time;
    return out;
}

BERTH_DECL auto executor::step(task& t, options const& how, report& out) -> void {
    t.signalled = false;
    auto const now = clock_.now();
    out.trace = (out.trace ^ t.number ^ static_cast<std::uint64_t>(now.nanoseconds)) * 0x9fb21c651e98df25U;
    out.trace ^= out.trace >> 32U;
    auto const wish = t.step(t.self, now);
    if (t.self != nullptr) t.wish = wish;
    auto const most = static_cast<std::uint64_t>(how.step_time.nanoseconds);
    if (most != 0) clock_.advance(nanoseconds(static_cast<std::int64_t>(random_.below(most + 1))));
}

} // namespace berth::sim
