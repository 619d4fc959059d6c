#pragma once

/// \file
/// The bodies of `berth/reconcile/laws.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/laws.hpp>

namespace berth::reconcile::laws::detail {

BERTH_DECL auto words(plan const& p) -> std::string {
    auto out = std::string();
    for (auto const& s : p.steps) out.append(out.empty() ? "" : "; ").append(to_string(s));
    return out.empty() ? "nothing" : out;
}

BERTH_DECL auto same_steps(plan const& a, plan b) -> bool {
    if (a.again_after != b.again_after || a.policy != b.policy || a.steps.size() != b.steps.size())
        return false;
    for (auto const& s : a.steps) {
        auto const found = std::find(b.steps.begin(), b.steps.end(), s);
        if (found == b.steps.end()) return false;
        std::iter_swap(found, b.steps.end() - 1);
        b.steps.pop_back();
    }
    return true;
}

} // namespace berth::reconcile::laws::detail
