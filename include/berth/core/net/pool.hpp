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

/// Keeps connections, and knows which members failed lately.
class pool {
public:
    using handle = std::unique_ptr<connection>;

    pool(std::vector<endpoint> members, std::unique_ptr<tls_context> tls, std::size_t greatest)
        : members_(std::move(members)),
          tls_(std::move(tls)),
          greatest_(greatest == 0 ? 1 : greatest),
          idle_(members_.size()),
          failed_until_(members_.size()) {}

    [[nodiscard]] auto size() const -> std::size_t { return members_.size(); }
    [[nodiscard]] auto url(std::size_t member) const -> std::string const& { return members_[member].url; }

    /// The member to ask next: the one that served last, else one that has not failed lately, else any; none
    /// of those in `tried`.
    [[nodiscard]] auto choose(std::vector<bool> const& tried) -> std::optional<std::size_t>;

    /// Notes that a member does not serve now. Others are asked first for a while.
    auto failed(std::size_t member) -> void;

    /// A connection to a member, kept or new; or why there is none. Waits for others to give one back, if as
    /// many as may be are in use.
    [[nodiscard]] auto take(std::size_t member, instant deadline) -> std::pair<handle, std::string>;

    /// Returns what `take` gave; null, or one that is not usable any more, counts as closed.
    auto give_back(std::size_t member, handle c) -> void;

    /// A connection outside of the pool, for a stream.
    [[nodiscard]] auto open(std::size_t member, instant deadline) const -> std::pair<handle, std::string>;

private:
    /// Closes an idle connection, if there are as many as there may be.
    auto make_room() -> void;

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

/// The certificates that TLS needs; null if no endpoint wants it. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto make_tls(std::vector<endpoint> const& members, tls_files const& files)
    -> result<std::unique_ptr<tls_context>>;

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/pool.ipp>
#endif
