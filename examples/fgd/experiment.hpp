#pragma once

/// \file
/// The published experiment as a pure function: one list of tasks, one policy, one seed; out comes how much
/// of the cluster is allocated by how much has been asked for.

#include "../trace/replay.hpp"

#include <berth/core/random.hpp>
#include <berth/schedule/placer.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace fgd {

inline constexpr double most_arrivals = 130; ///< percent of all graphics processors that a stream asks for

/// What is allocated, in percent, by what has been asked for in whole percent; not a number where no task
/// came.
using curve = std::array<double, 132>;

/// What one run yields.
struct outcome {
    curve allocated = {};
    std::size_t placed = 0;
    std::size_t refused = 0;
    std::int64_t gpu_milli = 0; ///< allocated in the end
};

/// The mean of what was allocated after each event whose rounded arrival is the same.
class curve_recorder {
public:
    explicit curve_recorder(std::int64_t capacity_milli) : capacity_(static_cast<double>(capacity_milli)) {}

    auto note(std::int64_t asked_milli, std::int64_t used_milli) -> void {
        auto const percent =
            std::nearbyint(100 * static_cast<double>(asked_milli) / capacity_); // ties to even
        auto const at = std::min(static_cast<std::size_t>(percent), sums_.size() - 1);
        sums_[at] += 100 * static_cast<double>(used_milli) / capacity_;
        ++counts_[at];
    }
    [[nodiscard]] auto result() const -> curve {
        auto out = curve{};
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = sums_[i] / static_cast<double>(counts_[i]);
        return out;
    }

private:
    double capacity_;
    curve sums_ = {};
    std::array<std::size_t, std::tuple_size_v<curve>> counts_ = {};
};

/// The machines in an order that a seed draws: the first of equals in it is taken.
inline auto ranked(std::vector<trace::machine> machines, std::uint64_t seed) -> std::vector<trace::machine> {
    auto draw = berth::random_engine(~seed);
    for (auto i = machines.size(); i > 1; --i) std::swap(machines[i - 1], machines[draw.below(i)]);
    return machines;
}

/// Places a stream of tasks on empty machines, each once and for ever. Decides as `schedule::place` under the
/// profile.
template <class Profile>
auto play(std::span<trace::request const> stream, std::vector<trace::machine> machines,
          Profile const& profile) -> outcome {
    auto const capacity = trace::add_up(machines).gpu.all;
    auto const nodes = std::span<trace::machine const>(machines);
    auto placer = berth::schedule::placer_of<trace::request, trace::machine>(profile);
    auto recorder = curve_recorder(capacity);
    auto out = outcome{};
    auto asked = std::int64_t{0};
    for (auto const& r : stream) {
        asked += r.all_gpu_milli();
        if (auto const where = placer.place(r, nodes)) {
            profile.reserve(r, machines[where->node]);
            placer.entered(r, where->node, nodes);
            out.gpu_milli += r.all_gpu_milli();
            ++out.placed;
        } else {
            ++out.refused;
        }
        recorder.note(asked, out.gpu_milli);
    }
    out.allocated = recorder.result();
    return out;
}

/// One cell of the published table: a list of tasks on a cluster under the policy of a name, with one seed.
/// Machines without graphics processors take no part. Nothing is placed if there is no such policy.
inline auto experiment(trace::cluster const& cluster, std::vector<trace::request> const& tasks,
                       std::string_view policy, std::uint64_t seed) -> outcome {
    auto machines = cluster.machines;
    std::erase_if(machines, [](trace::machine const& m) { return m.gpus == 0; });
    auto const stream = trace::arrivals(tasks, trace::add_up(machines).gpu.all, most_arrivals, seed);
    auto out = outcome{};
    trace::for_each_policy(trace::popular_shapes(tasks), seed, [&](auto const& each) {
        if (each.name == policy)
            out = play(stream, ranked(std::move(machines), seed), trace::profile_of(each));
    });
    return out;
}

} // namespace fgd
