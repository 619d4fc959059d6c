#pragma once

/// \file
/// What was asked of an API server, how long it took and what is under way, by the names that dashboards of
/// kube-apiserver know (apiserver 1.36, `endpoints/metrics`).

#include <berth/api/http/request_labels.hpp>
#include <berth/core/config.hpp>
#include <berth/core/exposition.hpp>
#include <berth/core/time.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>

namespace berth::api::http {

/// Counts requests. Safe to use from several threads at once.
class request_figures {
public:
    /// A request that is being answered, until it dies.
    class in_flight {
    public:
        explicit in_flight(std::atomic<std::int64_t>& count) : count_(&count) { ++count; }
        in_flight(in_flight const&) = delete;
        auto operator=(in_flight const&) -> in_flight& = delete;
        ~in_flight() { --*count_; }

    private:
        std::atomic<std::int64_t>* count_;
    };

    [[nodiscard]] auto begin(bool mutating) -> in_flight { return in_flight(under_way_[mutating ? 1 : 0]); }
    /// A request was answered with a status, after a time.
    auto answered(request_labels const& about, unsigned status, duration took) -> void;
    /// A watch or a log has begun: it lasts as long as the handle. The figures must outlive it.
    [[nodiscard]] auto streaming(request_labels const& about) -> std::shared_ptr<void>;

    /// `apiserver_request_total`, `apiserver_request_duration_seconds`,
    /// `apiserver_current_inflight_requests` and `apiserver_longrunning_requests`.
    auto append(exposition& out) const -> void;

private:
    static constexpr std::size_t bounds = 23;

    struct figures {
        std::map<unsigned, std::uint64_t> by_status;
        std::array<std::uint64_t, bounds + 1> buckets{};
        duration sum;
        std::int64_t open = 0; ///< streams
    };

    mutable std::mutex mutex_;
    std::map<request_labels, figures> all_;
    std::atomic<std::int64_t> under_way_[2] = {}; ///< that read, that write
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/request_figures.ipp>
#endif
