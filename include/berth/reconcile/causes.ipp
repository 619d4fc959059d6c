#pragma once

/// \file
/// The bodies of `berth/reconcile/causes.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/causes.hpp>

namespace berth::reconcile {

BERTH_DECL auto causes::to_string() const -> std::string {
    constexpr std::string_view names[] = {"created", "updated",  "deleted", "owned",     "watched",
                                          "again",   "conflict", "failed",  "own write", "asked"};
    auto out = std::string();
    for (auto i = 0U; i < std::size(names); ++i)
        if ((bits >> i & 1U) != 0) out.append(out.empty() ? "" : ", ").append(names[i]);
    return out;
}

} // namespace berth::reconcile
