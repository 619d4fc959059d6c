#pragma once

/// \file
/// A wire between a client and a server that can be cut, for tests of what happens then.

#include "socket.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace berth::store::testing {

/// What becomes of what is sent.
enum class wire : std::uint8_t {
    whole,         ///< it arrives
    loses_answers, ///< requests arrive; where an answer begins, the connection breaks
    silent,        ///< connections are taken, and nothing goes through
    dead,          ///< there are no connections, and new ones are refused
};

/// Listens on a loopback port and connects whoever comes to another one. Runs on a thread of its own.
class tcp_proxy {
public:
    explicit tcp_proxy(std::uint16_t target) : target_(target) {
        listen();
        thread_ = std::jthread{[this](std::stop_token const& stop) {
            while (!stop.stop_requested()) step();
        }};
    }

    [[nodiscard]] auto url() const -> std::string { return "http://127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] auto port() const -> std::uint16_t { return port_; }
    /// In force when it returns.
    auto set(wire state) -> void {
        wanted_ = state;
        while (state_ != state) std::this_thread::yield();
    }
    /// Breaks all connections there are, before it returns.
    auto cut() -> void {
        cut_ = true;
        while (cut_) std::this_thread::yield();
    }
    /// How many connections were broken so far, by `cut` or by `loses_answers`.
    [[nodiscard]] auto broken() const -> std::size_t { return broken_; }

private:
    struct link {
        descriptor client;
        descriptor server;
        bool over = false;
    };

    auto listen() -> void {
        auto [fd, port] = bound_socket(port_);
        ::listen(fd.get(), 64);
        listener_ = std::move(fd);
        port_ = port;
    }

    auto step() -> void {
        auto const state = wanted_.load();
        if (state == wire::dead) listener_ = descriptor{};
        else if (!listener_) listen();
        if (state == wire::dead && !links_.empty()) cut_ = true;
        if (cut_) {
            broken_ += links_.size();
            links_.clear();
            cut_ = false;
        }
        state_ = state;
        auto polled = std::vector<pollfd>{{listener_.get(), POLLIN, 0}};
        auto const relays = state_ != wire::silent;
        for (auto const& l : links_) {
            if (!relays) break;
            polled.push_back({l.client.get(), POLLIN, 0});
            polled.push_back({l.server.get(), POLLIN, 0});
        }
        if (::poll(polled.data(), polled.size(), 5) <= 0) return;
        auto i = std::size_t{1};
        for (auto& l : links_) {
            if (!relays) break;
            if (polled[i].revents != 0) l.over = !send_all(l.server, received(l.client));
            if (polled[i + 1].revents != 0 && !l.over) {
                auto const bytes = received(l.server);
                auto const lost = state_ == wire::loses_answers && is_answer(bytes);
                l.over = lost || !send_all(l.client, bytes);
                if (lost) ++broken_;
            }
            i += 2;
        }
        links_.remove_if([](link const& l) { return l.over; });
        if (polled[0].revents != 0) accept();
    }

    auto accept() -> void {
        auto client = descriptor{::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (!client || !listener_) return;
        auto server = connect_to(target_);
        if (server) links_.push_back({std::move(client), std::move(server)});
    }

    /// What is there; empty at the end.
    static auto received(descriptor const& from) -> std::string {
        auto out = std::string(65'536, '\0');
        auto const n = ::recv(from.get(), out.data(), out.size(), 0);
        out.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
        return out;
    }

    /// Says whether there was something, and all of it was sent.
    static auto send_all(descriptor const& to, std::string_view bytes) -> bool {
        if (bytes.empty()) return false;
        while (!bytes.empty()) {
            auto const sent = ::send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// Whether frames of HTTP/2 (RFC 9113, 4.1) are data or headers, or end within one. A server also sends
    /// what keeps a connection going, such as pings while it reads a request, and has not answered by then.
    static auto is_answer(std::string_view frames) -> bool {
        constexpr auto head = std::size_t{9};
        constexpr auto headers = 1; // data: 0
        while (frames.size() >= head) {
            auto const byte = [&](std::size_t i) {
                return std::size_t{static_cast<unsigned char>(frames[i])};
            };
            auto const size = head + (byte(0) << 16U | byte(1) << 8U | byte(2));
            if (byte(3) <= headers || size > frames.size()) return true;
            frames.remove_prefix(size);
        }
        return !frames.empty();
    }

    std::uint16_t target_;
    std::uint16_t port_ = 0;
    descriptor listener_{};
    std::list<link> links_{};
    std::atomic<wire> wanted_{wire::whole};
    std::atomic<wire> state_{wire::whole};
    std::atomic<bool> cut_{false};
    std::atomic<std::size_t> broken_{0};
    std::jthread thread_{};
};

} // namespace berth::store::testing
