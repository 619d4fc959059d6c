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

BERTH_DECL auto copy(any_controller const& c, world const& from, world& to, random_engine* draw) -> void {
    for (auto const* type : c.seen()) to.follow(*type);
    for (auto& i : c.indexes()) to.follow(*i.type).add_index(std::move(i));
    for (auto const& t : from.tables()) {
        auto all = std::vector<object::object_ref>();
        for (object::object_ref const& o : t.all()) all.push_back(o);
        for (auto i = all.size(); draw != nullptr && i > 1; --i) std::swap(all[i - 1], all[draw->below(i)]);
        for (auto& o : all) to.follow(t.type()).put(std::move(o));
    }
    while (to.revision() < from.revision()) to.advance();
}

BERTH_DECL auto decide(any_controller const& c, world const& w, key const& k, effort const& work,
                       std::vector<failure> const& failures, any_memory const& before)
    -> decision<any_memory> {
    auto const kinds = c.seen();
    auto view = w.at(work.now, failures);
    view.restrict_to(kinds);
    return c.reconcile(view, k, before);
}

BERTH_DECL auto overlooked(any_controller const& c, world const& w, key const& k, effort const& work)
    -> std::string {
    auto const& kind = c.heard()[0];
    auto const* const there = w.find(c.reconciled())->find(k);
    if (there == nullptr || c.matters(kind, w.at(work.now), there->object)) return {};
    auto const p = decide(c, w, k, work).plan;
    if (!p.empty()) return words(p);
    return p.again_after ? "it looks again later" : "";
}

} // namespace berth::reconcile::laws::detail
