#pragma once

/// \file
/// The replay of a trace and its account: how many requests found a place, what is in use, and why
/// the rest was refused.

#include "policy.hpp"

#include <berth/core/random.hpp>
#include <berth/schedule.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace trace {

/// The published experiment's stream of tasks: the trace shuffled by a seed, followed by tasks
/// drawn from it again, until they ask for `percent` of the cluster's graphics processors (Weng et
/// al., 2023, section 6.1).
inline auto drawn_until(std::vector<request> const& requests, std::int64_t capacity_milli, double percent,
                        std::uint64_t seed) -> std::vector<request> {
    auto draw = berth::random(seed);
    auto shuffled = requests;
    for (auto i = shuffled.size(); i > 1; --i) std::swap(shuffled[i - 1], shuffled[draw.below(i)]);
    auto const wanted = static_cast<double>(capacity_milli) * percent / 100;
    auto out = std::vector<request>{};
    auto asked = std::int64_t{0};
    auto const asks_for_any = std::ranges::any_of(requests, [](request const& r) { return r.gpus > 0; });
    for (std::size_t i = 0; asks_for_any && static_cast<double>(asked) < wanted; ++i) {
        out.push_back(i < shuffled.size() ? shuffled[i] : requests[draw.below(requests.size())]);
        asked += out.back().all_gpu_milli();
    }
    return out;
}

/// Requests of one kind that were refused, and the words in which the first of them was.
struct refused_kind {
    std::string kind;
    std::size_t count = 0;
    std::string first;
};

struct account {
    std::size_t placed = 0;
    std::size_t refused = 0;
    std::vector<refused_kind> kinds = {}; ///< the most refused first
};

/// A request's kind in words.
inline auto kind_of(request const& r) -> std::string {
    if (r.gpus == 0) return "no gpu";
    if (r.gpu_milli < whole_gpu) return "share of a gpu";
    return r.gpus == 1 ? "1 gpu" : std::to_string(r.gpus) + " gpus";
}

/// Enters a refusal into the account.
inline auto note_refusal(account& out, request const& r, std::string const& why) -> void {
    ++out.refused;
    auto const kind = kind_of(r);
    auto const known = std::ranges::find(out.kinds, kind, &refused_kind::kind);
    if (known != out.kinds.end()) {
        ++known->count;
    } else {
        out.kinds.push_back({kind, 1, r.name + ": " + why});
    }
}

/// Places every request once, in the order of the trace; nothing ever leaves. Tells `observe(done,
/// refused)` after each.
template <class Profile, class Observe>
auto replay(std::vector<request> const& requests, std::vector<machine>& machines, Profile const& profile,
            Observe observe) -> account {
    auto out = account{};
    out.placed = schedule::place_all(requests, machines, profile, [&](std::size_t i, auto const& outcome) {
        if (!outcome) note_refusal(out, requests[i], outcome.error().why);
        observe(i + 1, out.refused);
    });
    std::ranges::sort(out.kinds, std::ranges::greater{},
                      [](refused_kind const& k) { return std::pair(k.count, k.kind); });
    return out;
}

/// A number with thousands apart: 8,152.
inline auto grouped(std::int64_t number) -> std::string {
    auto text = std::to_string(number);
    for (auto at = static_cast<int>(text.size()) - 3; at > (number < 0 ? 1 : 0); at -= 3) {
        text.insert(static_cast<std::size_t>(at), ",");
    }
    return text;
}
inline auto percent(double value) -> std::string {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", value);
    return text;
}

/// The account in lines for people.
inline auto summary(account const& a, uses const& u) -> std::string {
    auto const all = static_cast<std::int64_t>(a.placed + a.refused);
    auto const placed = use{static_cast<std::int64_t>(a.placed), all};
    auto out = "  placed        " + grouped(placed.used) + " of " + grouped(all) + " tasks (" +
               percent(placed.percent()) + ")\n";
    out += "  gpu           " + percent(u.gpu.percent()) + " allocated, " + grouped(u.devices.used) + " of " +
           grouped(u.devices.all) + " devices in use\n";
    out += "  cpu, memory   " + percent(u.cpu.percent()) + " and " + percent(u.memory.percent()) +
           " allocated\n";
    for (auto const& k : a.kinds) {
        out += "  refused       " + grouped(static_cast<std::int64_t>(k.count)) + " of kind \"" + k.kind +
               "\"; the first:\n                " + k.first + '\n';
    }
    return out;
}

} // namespace trace
