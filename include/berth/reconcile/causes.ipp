#pragma once

/// \file
/// The bodies of `berth/reconcile/causes.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/changed_paths.hpp>
#include <berth/reconcile/causes.hpp>

#include <algorithm>
#include <bit>
#include <iterator>
#include <limits>
#include <utility>

namespace berth::reconcile {

BERTH_DECL auto to_string(cause c) -> std::string_view {
    constexpr std::string_view names[] = {"created",  "updated", "deleted",   "owned", "watched", "again",
                                          "conflict", "failed",  "own write", "asked", "budget",  "put off"};
    auto const which = static_cast<std::size_t>(std::countr_zero(static_cast<std::uint16_t>(c)));
    return which < std::size(names) ? names[which] : "";
}

BERTH_DECL auto trigger::changed_paths(std::size_t limit) const -> std::vector<std::string> {
    if (!before || !after) return {};
    return object::changed_paths(before.object, after.object, limit);
}

BERTH_DECL auto trigger::to_string() const -> std::string {
    auto const& source = latest();
    auto out = std::string(reconcile::to_string(as));
    if (!source) return out;
    auto const happened = !before ? cause::created : !after ? cause::deleted : cause::updated;
    if (happened != as) out.append(": ").append(reconcile::to_string(happened));
    out.append(" ").append(source.object.resource().plural).append(" ");
    out += source.object.metadata().where().to_string() + ", revision ";
    if (!before || !after) return out + std::to_string(source.rev);
    out += std::to_string(before.rev) + " to " + std::to_string(after.rev);
    auto paths = std::string();
    for (auto const& p : changed_paths()) paths.append(paths.empty() ? "" : ", ").append(p);
    return out + " (" + (paths.empty() ? "nothing" : paths) + ")";
}

BERTH_DECL causes::causes(trigger o, bool found) : causes(o.as) {
    news = !found;
    what.push_back(std::move(o));
}

BERTH_DECL auto causes::merge(causes other) -> void {
    bits = static_cast<std::uint16_t>(bits | other.bits);
    news = news || other.news;
    auto const leave = [this](std::uint64_t n) {
        more = static_cast<std::uint32_t>(
            std::min<std::uint64_t>(more + n, std::numeric_limits<std::uint32_t>::max()));
    };
    leave(other.more);
    if (what.empty()) {
        what = std::move(other.what);
        return;
    }
    auto const room = most - std::min(most, what.size());
    auto const kept = std::min(room, other.what.size());
    auto const end = other.what.begin() + static_cast<std::ptrdiff_t>(kept);
    what.insert(what.end(), std::make_move_iterator(other.what.begin()), std::make_move_iterator(end));
    leave(other.what.size() - kept);
}

BERTH_DECL auto causes::to_string() const -> std::string {
    auto out = std::string();
    for (auto bit = 0U; bit < 16; ++bit) {
        if ((bits >> bit & 1U) == 0) continue;
        out.append(out.empty() ? "" : ", ").append(reconcile::to_string(static_cast<cause>(1U << bit)));
    }
    return out;
}

} // namespace berth::reconcile
