#pragma once

/// \file
/// What a scheduler says when its hands are free: conditions of pods that wait, and events. No bind waits for
/// any of it.

#include <berth/api/write.hpp>
#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/reconcile/plan.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::kube {

/// Writes and notes that are put off. They leave when no pod waits to be tried, at the latest a second after
/// the first of them was put here. Of the writes of one pod the last one counts.
class afterwards {
public:
    static constexpr auto patience = seconds(1);

    auto write(std::string uid, api::write w, time_point now) -> void;
    auto tell(reconcile::note n, time_point now) -> void;
    /// What was to be written of this pod is not so any more.
    auto forget(std::string const& uid) -> void;

    /// Whether it is time to let them go; `idle`: no pod waits to be tried.
    [[nodiscard]] auto due(time_point now, bool idle) const -> bool;
    /// When it will be, whoever waits; nothing if there is nothing.
    [[nodiscard]] auto due_at() const -> std::optional<time_point>;

    struct load {
        std::vector<api::write> writes;                            ///< in the order in which pods came here
        std::vector<std::pair<reconcile::note, time_point>> notes; ///< as they were told, and when
    };
    [[nodiscard]] auto take() -> load;

private:
    auto began(time_point now) -> void;

    load load_;
    std::vector<std::string> uids_; ///< of the writes; empty where there is none any more
    std::unordered_map<std::string, std::size_t> row_of_;
    std::optional<time_point> since_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/afterwards.ipp>
#endif
