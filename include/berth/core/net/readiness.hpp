#pragma once

/// \file
/// Tells when sockets have something to read: one thread for any number of them.

#include <berth/core/config.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/core/step.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace berth::net {

/// Watches sockets that others read. Each is told of once, by its signal and by `any()`, after it was armed;
/// whoever has read it to its end arms it anew. What is there already when it is armed is told of at once.
class readiness {
    struct entry {
        int descriptor;
        bool armed = false;
        std::shared_ptr<wake_signal> ready = std::make_shared<wake_signal>();
    };

public:
    readiness();
    readiness(readiness const&) = delete;
    auto operator=(readiness const&) -> readiness& = delete;
    ~readiness();

    /// A socket that is watched until the handle dies, which it must before the socket is closed. The
    /// `readiness` must outlive it.
    class ticket {
    public:
        ticket() = default;
        ticket(readiness& in, int descriptor);
        ticket(ticket&& other) noexcept
            : in_(std::exchange(other.in_, nullptr)), id_(other.id_), ready_(std::move(other.ready_)) {}
        auto operator=(ticket&& other) noexcept -> ticket&;
        ~ticket();

        /// Wants to know when there is something to read.
        auto arm() -> void;
        [[nodiscard]] auto ready() -> wake_signal& { return *ready_; }

    private:
        readiness* in_ = nullptr;
        std::uint64_t id_ = 0;
        std::shared_ptr<wake_signal> ready_;
    };

    /// Notified when any of them has something to read.
    [[nodiscard]] auto any() -> wake_signal& { return any_; }

private:
    auto watch() -> void;
    auto interrupt() -> void;

    std::mutex mutex_;
    std::map<std::uint64_t, entry> entries_;
    std::uint64_t last_ = 0;
    bool stopping_ = false;
    descriptor interrupted_; ///< an event descriptor that ends a wait
    wake_signal any_;
    std::thread thread_;
};

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/readiness.ipp>
#endif
