#pragma once

/// \file
/// Cases of resource quotas: what of them is used, as amounts.

#include "compare.hpp"
#include "still_world.hpp"

#include <berth/kube/core/resource_quota/controller.hpp>

#include <string>
#include <utility>

namespace control_cases {

/// What differs from a verdict `{used}`; nothing, if nothing does.
inline auto quota_differs(reconcile::world& w, json::object const& /*a_case*/, json::object const& verdict)
    -> std::string {
    auto const now = object::parse_time("2026-06-01T00:00:00Z").value();
    furnish<kube::resource_quota_controller>(w);
    if (auto problem = come_to_rest(kube::resource_quota_controller(), w, now); !problem.empty())
        return problem;
    auto const& expected = verdict.at("used").as_object();
    auto out = std::string();
    for (auto const q : std::as_const(w).at(now).all<kube::resource_quota>()) {
        auto const& used = q->status.used;
        for (auto const& [name, amount] : used) {
            auto const* const wanted = expected.if_contains(name);
            auto const text = wanted == nullptr ? std::string("nothing") : std::string(text_of(*wanted));
            auto const parsed = object::quantity::parse(text);
            if (parsed && *parsed == amount) continue;
            out += name + " is " + amount.to_string() + " instead of " + text + "; ";
        }
        for (auto const& wanted : expected)
            if (!used.contains(wanted.key())) out += std::string(wanted.key()) + " is not there; ";
    }
    return out;
}

} // namespace control_cases
