#pragma once

/// \file
/// The types of the story and everything that a policy needs to know about them: machines with
/// processors, memory and graphics processors that are given away whole or in thousandths, and
/// requests for them.

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace trace {

inline constexpr int whole_gpu = 1000; ///< thousandths of one device

/// One machine of the cluster and what is free on it.
struct machine {
    static constexpr std::size_t most_gpus = 8;

    std::string name = {};
    std::size_t model = 0; ///< index into `cluster::models`; 0 is "no gpu"
    std::int64_t cpu_milli = 0;
    std::int64_t memory_mib = 0;
    std::size_t gpus = 0;
    std::int64_t cpu_free = 0;
    std::int64_t memory_free = 0;
    std::int64_t gpu_free = 0;            ///< thousandths free on all devices together
    std::array<int, most_gpus> idle = {}; ///< thousandths free per device; 0 where there is none
    std::uint32_t sizes = 0;              ///< the sizes of request that it hosts: see `request::size`

    [[nodiscard]] constexpr auto gpu_milli() const -> std::int64_t {
        return static_cast<std::int64_t>(gpus) * whole_gpu;
    }
};

/// What tasks that are placed alike have in common.
struct demand {
    std::int64_t cpu_milli = 0;
    std::int64_t memory_mib = 0;
    std::size_t gpus = 0;
    int gpu_milli = 0;
    std::uint64_t models = 0;

    friend constexpr auto operator<=>(demand const&, demand const&) = default;
};

/// What a task asks for.
struct request {
    std::string name = {};
    std::uint64_t turn = 0; ///< the how many-th it is to come, for those who draw lots
    std::int64_t cpu_milli = 0;
    std::int64_t memory_mib = 0;
    std::size_t gpus = 0;     ///< how many devices
    int gpu_milli = 0;        ///< thousandths of each
    std::uint64_t models = 0; ///< acceptable models, one bit each; 0 is any

    [[nodiscard]] constexpr auto all_gpu_milli() const -> std::int64_t {
        return static_cast<std::int64_t>(gpus) * gpu_milli;
    }
    [[nodiscard]] constexpr auto takes_model(std::size_t model) const -> bool {
        return models == 0 || (models >> model & 1U) != 0;
    }
    /// It wants a part of one device.
    [[nodiscard]] constexpr auto is_share() const -> bool { return gpus == 1 && gpu_milli < whole_gpu; }
    /// One bit for each size: a share of a device, 1 device, 2, ...; none without any.
    [[nodiscard]] constexpr auto size() const -> std::uint32_t {
        return gpus == 0 ? 0U : is_share() ? 1U : 1U << gpus;
    }
    [[nodiscard]] constexpr auto placement_class() const -> demand {
        return {cpu_milli, memory_mib, gpus, gpu_milli, models};
    }
};

struct cluster {
    std::vector<std::string> models = {"no gpu"};
    std::vector<machine> machines = {};
};

/// How many devices of a machine have at least so much left; at least one thousandth.
constexpr auto devices_with(machine const& m, int milli) -> std::size_t {
    auto count = std::size_t{0};
    for (auto const idle : m.idle) count += idle >= std::max(milli, 1) ? 1U : 0U;
    return count;
}

/// The device on which a share fits best: the least that is left and still enough; the first of equals.
/// `most_gpus` if there is none.
constexpr auto tightest_device(machine const& m, int milli) -> std::size_t {
    auto best = machine::most_gpus;
    for (std::size_t i = 0; i < m.gpus; ++i) {
        if (m.idle[i] < milli) continue;
        if (best == machine::most_gpus || m.idle[i] < m.idle[best]) best = i;
    }
    return best;
}
struct tightest {
    constexpr auto operator()(request const& r, machine const& m) const -> std::size_t {
        return tightest_device(m, r.gpu_milli);
    }
};

/// Enters a request that fits into a machine's books. `choose(request, machine)` names the device of a share;
/// whole devices are the first that are idle.
template <class Choose = tightest>
constexpr auto take(request const& r, machine& m, Choose const& choose = {}) -> void {
    m.cpu_free -= r.cpu_milli;
    m.memory_free -= r.memory_mib;
    m.sizes |= r.size();
    for (std::size_t i = 0; i < r.gpus; ++i) {
        auto const device = r.is_share() ? choose(r, m) : tightest_device(m, r.gpu_milli);
        if (device >= m.gpus) return;
        m.idle[device] -= r.gpu_milli;
        m.gpu_free -= r.gpu_milli;
    }
}

/// How much of something is in use, over all machines.
struct use {
    std::int64_t used = 0;
    std::int64_t all = 0;

    [[nodiscard]] constexpr auto percent() const -> double {
        return all == 0 ? 0 : 100.0 * static_cast<double>(used) / static_cast<double>(all);
    }
};
struct uses {
    use cpu, memory, gpu;
    use devices; ///< devices that are used at all
};
constexpr auto add_up(std::vector<machine> const& machines) -> uses {
    auto sum = uses{};
    for (auto const& m : machines) {
        sum.cpu.all += m.cpu_milli;
        sum.cpu.used += m.cpu_milli - m.cpu_free;
        sum.memory.all += m.memory_mib;
        sum.memory.used += m.memory_mib - m.memory_free;
        sum.gpu.all += m.gpu_milli();
        sum.gpu.used += m.gpu_milli() - m.gpu_free;
        sum.devices.all += static_cast<std::int64_t>(m.gpus);
        sum.devices.used += static_cast<std::int64_t>(m.gpus - devices_with(m, whole_gpu));
    }
    return sum;
}

} // namespace trace

template <> struct std::hash<trace::demand> {
    auto operator()(trace::demand const& d) const -> std::size_t {
        auto out = std::uint64_t{0};
        for (auto const part :
             {static_cast<std::uint64_t>(d.cpu_milli), static_cast<std::uint64_t>(d.memory_mib),
              static_cast<std::uint64_t>(d.gpus), static_cast<std::uint64_t>(d.gpu_milli), d.models})
            out = (out ^ part) * 0x9e3779b97f4a7c15U;
        return static_cast<std::size_t>(out >> 7U);
    }
};
