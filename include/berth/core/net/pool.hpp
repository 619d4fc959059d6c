#pragma once

/// \file
/// Servers that stand for one another, and the connections that are kept to them, shared by all threads.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/net/connection.hpp>
#include <berth/core/net/endpoint.hpp>
#include <berth/core/net/tls_files.hpp>

#include <boost/asio/ssl/context.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::net {

/// Keeps connections, and knows which members failed lately. `Connection` is one to one server, as
/// `connection` is: made of an endpoint and certificates, with `connect`, `is_fresh` and `is_usable`.
template <class Connection> class basic_pool {
public:
    using handle = std::unique_ptr<Connection>;

    basic_pool(std::vector<endpoint> members, std::unique_ptr<tls_context> tls, std::size_t greatest)
        : members_(std::move(members)),
          tls_(std::move(tls)),
          greatest_(greatest == 0 ? 1 : greatest),
          idle_(members_.size()),
          failed_until_(members_.size()) {}

    [[nodiscard]] auto size() const -> std::size_t { return members_.size(); }
    [[nodiscard]] auto url(std::size_t member) const -> std::string const& { return members_[member].url; }

    /// The member to ask next: the one that served last, else one that has not failed lately, else any; none
    /// of those in `tried`.
    [[nodiscard]] auto choose(std::vector<bool> const& tried) -> std::optional<std::size_t> {
        auto const lock = std::scoped_lock(mutex_);
        auto const now = steady_clock::now();
        auto any = std::optional<std::size_t>{};
        for (std::size_t i = 0; i < size(); ++i) {
            auto const member = (preferred_ + i) % size();
            if (tried[member]) continue;
            if (failed_until_[member] <= now) return member;
            if (!any) any = member;
        }
        return any;
    }

    /// Notes that a member does not serve now. Others are asked first for a while.
    auto failed(std::size_t member) -> void {
        auto gone = std::vector<handle>{}; // closed without the lock
        auto const lock = std::scoped_lock(mutex_);
        failed_until_[member] = steady_clock::now() + std::chrono::seconds{1};
        idle_count_ -= idle_[member].size();
        gone.swap(idle_[member]);
        if (preferred_ == member) preferred_ = (member + 1) % size();
        changed_.notify_all();
    }

    /// A connection to a member, kept or new; or why there is none. Waits for others to give one back, if as
    /// many as may be are in use.
    [[nodiscard]] auto take(std::size_t member, instant deadline) -> std::pair<handle, std::string> {
        {
            auto lock = std::unique_lock(mutex_);
            while (used_ >= greatest_) {
                if (changed_.wait_until(lock, deadline) == std::cv_status::timeout && used_ >= greatest_)
                    return {handle{}, "all connections are in use"};
            }
            ++used_;
            while (!idle_[member].empty()) {
                auto out = std::move(idle_[member].back());
                idle_[member].pop_back();
                --idle_count_;
                if (out->is_fresh()) return {std::move(out), std::string{}};
            }
            make_room();
        }
        auto [out, why] = open(member, deadline);
        if (!out) give_back(member, nullptr);
        return {std::move(out), std::move(why)};
    }

    /// Returns what `take` gave; null, or one that is not usable any more, counts as closed.
    auto give_back(std::size_t member, handle c) -> void {
        auto const lock = std::scoped_lock(mutex_);
        --used_;
        if (c && c->is_usable()) {
            idle_[member].push_back(std::move(c));
            ++idle_count_;
        }
        changed_.notify_one();
    }

    /// A connection outside of the pool, for a stream.
    [[nodiscard]] auto open(std::size_t member, instant deadline) const -> std::pair<handle, std::string> {
        auto out = std::make_unique<Connection>(members_[member], tls_.get());
        auto why = out->connect(deadline);
        if (!why.empty()) out.reset();
        return {std::move(out), std::move(why)};
    }

private:
    /// Closes an idle connection, if there are as many as there may be.
    auto make_room() -> void {
        if (used_ + idle_count_ <= greatest_) return;
        for (auto& of_member : idle_) {
            if (of_member.empty()) continue;
            of_member.pop_back();
            --idle_count_;
            return;
        }
    }

    std::vector<endpoint> members_;
    std::unique_ptr<tls_context> tls_;
    std::size_t greatest_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::vector<handle>> idle_; ///< by member
    std::vector<instant> failed_until_;     ///< by member
    std::size_t idle_count_ = 0;
    std::size_t used_ = 0;
    std::size_t preferred_ = 0;
};

/// Of connections that speak HTTP/1.1.
using pool = basic_pool<connection>;

/// The certificates that TLS needs; null if no endpoint wants it. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto make_tls(std::vector<endpoint> const& members, tls_files const& files)
    -> result<std::unique_ptr<tls_context>>;

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/pool.ipp>
#endif
