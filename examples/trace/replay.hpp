#pragma once

/// \file
/// The stream of tasks that a trace becomes; its replay and the account of it: how many requests found a
/// place, what is in use, and why the rest was refused.

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

/// The published experiment's stream of tasks (Weng et al., 2023, section 6.1): the trace shuffled by a seed,
/// then clones of tasks drawn from it, until they ask for `percent` of the cluster's graphics processors;
/// where it asks for more itself, some are taken out. Empty where nothing asks for any.
inline auto arrivals(std::vector<request> requests, std::int64_t capacity_milli, double percent,
                     std::uint64_t seed) -> std::vector<request> {
    if (std::ranges::none_of(requests, [](request const& r) { return r.gpus > 0; })) return {};
    auto draw = berth::random_engine(seed);
    std::ranges::sort(requests, {}, [](request const& r) {
        return std::pair(std::string_view(r.name), r.placement_class());
    });
    auto asked = std::int64_t{0};
    for (auto i = requests.size(); i > 0; --i) {
        std::swap(requests[i - 1], requests[draw.below(i)]);
        asked += requests[i - 1].all_gpu_milli();
    }
    auto const limit = static_cast<double>(capacity_milli) * percent / 100;
    if (static_cast<double>(asked) < limit) {
        auto const all = requests.size();
        while (true) {
            auto clone = requests[draw.below(all)];
            // As in the authors' simulator, by what the clone asks for of one device.
            if (static_cast<double>(asked + clone.gpu_milli) > limit) break;
            asked += clone.all_gpu_milli();
            requests.push_back(std::move(clone));
        }
    }
    while (static_cast<double>(asked) > limit && requests.size() > 1) {
        std::swap(requests[draw.below(requests.size())], requests.back());
        asked -= requests.back().all_gpu_milli();
        requests.pop_back();
    }
    for (std::size_t i = 0; i < requests.size(); ++i) requests[i].turn = i;
    return requests;
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
