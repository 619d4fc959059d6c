#pragma once

/// \file
/// The bodies of `berth/core/net/pool.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/pool.hpp>

namespace berth::net {

BERTH_DECL auto pool::choose(std::vector<bool> const& tried) -> std::optional<std::size_t> {
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

BERTH_DECL auto pool::failed(std::size_t member) -> void {
    auto const lock = std::scoped_lock(mutex_);
    failed_until_[member] = steady_clock::now() + std::chrono::seconds{1};
    idle_count_ -= idle_[member].size();
    idle_[member].clear();
    if (preferred_ == member) preferred_ = (member + 1) % size();
    changed_.notify_all();
}

BERTH_DECL auto pool::take(std::size_t member, instant deadline) -> std::pair<handle, std::string> {
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

BERTH_DECL auto pool::give_back(std::size_t member, handle c) -> void {
    auto const lock = std::scoped_lock(mutex_);
    --used_;
    if (c && c->is_usable()) {
        idle_[member].push_back(std::move(c));
        ++idle_count_;
    }
    changed_.notify_one();
}

BERTH_DECL auto pool::open(std::size_t member, instant deadline) const -> std::pair<handle, std::string> {
    auto out = std::make_unique<connection>(members_[member], tls_.get());
    auto why = out->connect(deadline);
    if (!why.empty()) out.reset();
    return {std::move(out), std::move(why)};
}

BERTH_DECL auto pool::make_room() -> void {
    if (used_ + idle_count_ <= greatest_) return;
    for (auto& of_member : idle_) {
        if (of_member.empty()) continue;
        of_member.pop_back();
        --idle_count_;
        return;
    }
}

BERTH_DECL auto make_tls(std::vector<endpoint> const& members, tls_files const& files)
    -> result<std::unique_ptr<tls_context>> {
    auto needed = false;
    for (auto const& m : members) needed = needed || m.tls;
    if (!needed) return nullptr;
    namespace ssl = boost::asio::ssl;
    auto out = std::make_unique<tls_context>(ssl::context::tls_client);
    auto ec = boost::system::error_code{};
    auto const refuse = [&](std::string const& file) {
        return fail(error_code::bad_request, "net: cannot use " + file + " for TLS: " + ec.message());
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

} // namespace berth::net
