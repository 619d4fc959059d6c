#pragma once

/// \file
/// The members of a cluster and the connections that are kept to them, shared by all threads.

#include <berth/core/error.hpp>
#include <berth/store/etcd/connection.hpp>
#include <berth/store/etcd/endpoint.hpp>
#include <berth/store/etcd/options.hpp>

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

namespace berth::store::detail {

/// Keeps connections, and knows which members failed lately.
class etcd_pool {
public:
    using connection = std::unique_ptr<etcd_connection>;

    etcd_pool(std::vector<etcd_endpoint> members, std::unique_ptr<etcd_tls_context> tls, std::size_t greatest)
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
        auto const now = etcd_clock::now();
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
        auto const lock = std::scoped_lock(mutex_);
        failed_until_[member] = etcd_clock::now() + std::chrono::seconds{1};
        idle_count_ -= idle_[member].size();
        idle_[member].clear();
        if (preferred_ == member) preferred_ = (member + 1) % size();
        changed_.notify_all();
    }

    /// A connection to a member, kept or new; or why there is none. Waits for others to give one back, if as
    /// many as may be are in use.
    [[nodiscard]] auto take(std::size_t member, etcd_time deadline) -> std::pair<connection, std::string> {
        {
            auto lock = std::unique_lock(mutex_);
            while (used_ >= greatest_) {
                if (changed_.wait_until(lock, deadline) == std::cv_status::timeout && used_ >= greatest_)
                    return {connection{}, "all connections are in use"};
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
    auto give_back(std::size_t member, connection c) -> void {
        auto const lock = std::scoped_lock(mutex_);
        --used_;
        if (c && c->is_usable()) {
            idle_[member].push_back(std::move(c));
            ++idle_count_;
        }
        changed_.notify_one();
    }

    /// A connection outside of the pool, for a stream.
    [[nodiscard]] auto open(std::size_t member, etcd_time deadline) const
        -> std::pair<connection, std::string> {
        auto out = std::make_unique<etcd_connection>(members_[member], tls_.get());
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

    std::vector<etcd_endpoint> members_;
    std::unique_ptr<etcd_tls_context> tls_;
    std::size_t greatest_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::vector<connection>> idle_; ///< by member
    std::vector<etcd_time> failed_until_;       ///< by member
    std::size_t idle_count_ = 0;
    std::size_t used_ = 0;
    std::size_t preferred_ = 0;
};

/// The certificates that TLS needs; null if no endpoint wants it. Errors: `bad_request`.
[[nodiscard]] inline auto make_tls(std::vector<etcd_endpoint> const& members, etcd_tls const& files)
    -> result<std::unique_ptr<etcd_tls_context>> {
    auto needed = false;
    for (auto const& m : members) needed = needed || m.tls;
    if (!needed) return nullptr;
    namespace ssl = boost::asio::ssl;
    auto out = std::make_unique<etcd_tls_context>(ssl::context::tls_client);
    auto ec = boost::system::error_code{};
    auto const refuse = [&](std::string const& file) {
        return fail(error_code::bad_request, "store: cannot use " + file + " for TLS: " + ec.message());
    };
    out->set_verify_mode(ssl::verify_peer);
    if (files.ca_file.empty()) out->set_default_verify_paths(ec);
    else out->load_verify_file(files.ca_file, ec);
    if (ec) return refuse(files.ca_file.empty() ? "the system's certificates" : files.ca_file);
    if (!files.cert_file.empty()) out->use_certificate_chain_file(files.cert_file, ec);
    if (ec) return refuse(files.cert_file);
    if (!files.key_file.empty()) out->use_private_key_file(files.key_file, ssl::context::pem, ec);
    if (ec) return refuse(files.key_file);
    return out;
}

} // namespace berth::store::detail
