#pragma once

/// \file
/// A server on loopback that sends what a test tells it to.

#include <berth/core/net/endpoint.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace scripted {

using tcp = boost::asio::ip::tcp;

/// One connection as the server sees it.
class guest {
public:
    explicit guest(tcp::socket socket) : socket_(std::move(socket)) {}

    /// The head of the next request; empty if the client has gone. (Their bodies, if any, come with `body`.)
    auto request() -> std::string {
        auto ec = boost::system::error_code();
        auto const n = boost::asio::read_until(socket_, buffer_, "\r\n\r\n", ec);
        if (ec) return {};
        auto const* const begin = static_cast<char const*>(buffer_.data().data());
        auto out = std::string(begin, n);
        buffer_.consume(n);
        return out;
    }
    /// As many bytes behind a head.
    auto body(std::size_t bytes) -> std::string {
        auto ec = boost::system::error_code();
        if (buffer_.size() < bytes)
            boost::asio::read(socket_, buffer_, boost::asio::transfer_exactly(bytes - buffer_.size()), ec);
        auto out =
            std::string(static_cast<char const*>(buffer_.data().data()), std::min(bytes, buffer_.size()));
        buffer_.consume(out.size());
        return out;
    }
    auto send(std::string const& text) -> void {
        auto ec = boost::system::error_code();
        boost::asio::write(socket_, boost::asio::buffer(text), ec);
    }
    /// An answer with a body and its length.
    auto answer(int status, std::string const& body, std::string const& more = {}) -> void {
        send("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) +
             "\r\n" + more + "\r\n" + body);
    }
    /// One chunk of an endless answer.
    auto chunk(std::string const& text) -> void {
        auto const digits = "0123456789abcdef";
        auto size = std::string();
        for (auto n = text.size(); n > 0; n /= 16) size.insert(size.begin(), digits[n % 16]);
        send(size + "\r\n" + text + "\r\n");
    }

private:
    tcp::socket socket_;
    boost::asio::streambuf buffer_;
};

/// Serves connections, each on a thread of its own, with what `play` does.
class server {
public:
    explicit server(std::function<void(guest&)> play)
        : play_(std::move(play)), acceptor_(io_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
        listener_ = std::jthread([this] { listen(); });
    }
    ~server() {
        stopping_ = true;
        auto ec = boost::system::error_code();
        auto last = tcp::socket(io_);
        last.connect(acceptor_.local_endpoint(), ec); // ends `accept`
        listener_.join();
    }

    [[nodiscard]] auto where() const -> berth::net::endpoint {
        return berth::net::parse_endpoint(
                   "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()), "")
            .value();
    }
    [[nodiscard]] auto guests() const -> int { return guests_; }

private:
    auto listen() -> void {
        auto players = std::vector<std::jthread>();
        while (true) {
            auto ec = boost::system::error_code();
            auto socket = tcp::socket(io_);
            acceptor_.accept(socket, ec);
            if (stopping_ || ec) return;
            ++guests_;
            players.emplace_back([this, g = std::make_shared<guest>(std::move(socket))] { play_(*g); });
        }
    }

    std::function<void(guest&)> play_;
    boost::asio::io_context io_;
    tcp::acceptor acceptor_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> guests_ = 0;
    std::jthread listener_;
};

} // namespace scripted
