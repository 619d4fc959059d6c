#pragma once

/// \file
/// The bodies of `berth/core/net/readiness.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/readiness.hpp>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <vector>

namespace berth::net {

BERTH_DECL readiness::readiness() : interrupted_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (interrupted_.get() < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    thread_ = std::thread([this] { watch(); });
}

BERTH_DECL readiness::~readiness() {
    {
        auto const lock = std::scoped_lock(mutex_);
        stopping_ = true;
    }
    interrupt();
    thread_.join();
}

BERTH_DECL auto readiness::interrupt() -> void {
    auto const one = std::uint64_t{1};
    [[maybe_unused]] auto const written = ::write(interrupted_.get(), &one, sizeof one);
}

BERTH_DECL auto readiness::watch() -> void {
    auto polled = std::vector<::pollfd>();
    auto ids = std::vector<std::uint64_t>();
    auto told = std::vector<std::shared_ptr<wake_signal>>();
    while (true) {
        polled.assign(1, {interrupted_.get(), POLLIN, 0});
        ids.assign(1, 0);
        {
            auto const lock = std::scoped_lock(mutex_);
            if (stopping_) return;
            for (auto const& [id, e] : entries_)
                if (e.armed) {
                    polled.push_back({e.descriptor, POLLIN, 0});
                    ids.push_back(id);
                }
        }
        if (::poll(polled.data(), polled.size(), -1) < 0) continue;
        if (polled[0].revents != 0) {
            auto count = std::uint64_t{0};
            [[maybe_unused]] auto const got = ::read(interrupted_.get(), &count, sizeof count);
        }
        told.clear();
        {
            auto const lock = std::scoped_lock(mutex_);
            for (std::size_t i = 1; i < polled.size(); ++i) {
                auto const found = polled[i].revents == 0 ? entries_.end() : entries_.find(ids[i]);
                if (found == entries_.end()) continue;
                found->second.armed = false;
                told.push_back(found->second.ready);
            }
        }
        for (auto const& s : told) s->notify();
        if (!told.empty()) any_.notify();
    }
}

BERTH_DECL readiness::ticket::ticket(readiness& in, int descriptor) : in_(&in) {
    auto const lock = std::scoped_lock(in.mutex_);
    id_ = ++in.last_;
    ready_ = in.entries_.emplace(id_, entry{.descriptor = descriptor}).first->second.ready;
}

BERTH_DECL auto readiness::ticket::operator=(ticket&& other) noexcept -> ticket& {
    auto old = ticket(std::move(*this));
    in_ = std::exchange(other.in_, nullptr);
    id_ = other.id_;
    ready_ = std::move(other.ready_);
    return *this;
}

BERTH_DECL readiness::ticket::~ticket() {
    if (in_ == nullptr) return;
    auto const lock = std::scoped_lock(in_->mutex_);
    in_->entries_.erase(id_);
}

BERTH_DECL auto readiness::ticket::arm() -> void {
    {
        auto const lock = std::scoped_lock(in_->mutex_);
        auto& e = in_->entries_.at(id_);
        if (e.armed) return;
        e.armed = true;
    }
    in_->interrupt();
}

} // namespace berth::net
