#pragma once

/// \file
/// An API server for the kinds of the harbour, its network front, and a client.

#include "harbour.hpp"

#include <berth/api/http/server.hpp>
#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/json/parse.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace harbour {

namespace http = berth::api::http;

using store = berth::api::memory_store;
using server = api::server;

/// An API server over an empty store, in the year 2020.
struct world {
    store objects;
    api::registry known = kinds();
    server desk{objects, known, options()};

    static auto options() -> api::server_options {
        return {.now = [] { return berth::time_point::from_unix_seconds(1'577'836'800); },
                .seed = 0,
                .admission = {}};
    }
};

/// What a server answered.
struct reply {
    unsigned status = 0;
    std::string type;
    std::string warning;
    std::string body;

    [[nodiscard]] auto json() const -> boost::json::value { return boost::json::parse(body); }
    [[nodiscard]] auto message() const -> std::string {
        return std::string(json().as_object().at("message").as_string());
    }
};

/// A client with one connection that stays open.
class client {
public:
    explicit client(std::uint16_t port) {
        namespace ip = boost::asio::ip;
        socket_.connect(ip::tcp::endpoint(ip::address_v4::loopback(), port));
    }

    auto send(std::string_view raw) -> void {
        boost::asio::write(socket_, boost::asio::buffer(raw.data(), raw.size()));
    }
    auto receive(bool head_only = false) -> reply {
        namespace beast_http = boost::beast::http;
        auto parser = beast_http::response_parser<beast_http::string_body>();
        parser.body_limit(boost::none);
        parser.skip(head_only);
        beast_http::read(socket_, buffer_, parser);
        auto const& m = parser.get();
        return {m.result_int(), std::string(m[beast_http::field::content_type]), std::string(m["Warning"]),
                m.body()};
    }
    auto call(std::string_view method, std::string_view target, std::string_view body = {},
              std::string_view type = "application/json", std::string_view accept = "application/json")
        -> reply {
        send(text_of(method, target, body, type, accept));
        return receive(method == "HEAD");
    }
    static auto text_of(std::string_view method, std::string_view target, std::string_view body,
                        std::string_view type, std::string_view accept) -> std::string {
        auto out = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n";
        if (!accept.empty()) out += "Accept: " + std::string(accept) + "\r\n";
        if (!body.empty())
            out += "Content-Type: " + std::string(type) +
                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
        return out + "\r\n" + std::string(body);
    }

    /// Opens a watch; `line` then gives its events.
    auto watch(std::string_view target, std::string_view accept = "application/json") -> void {
        send(text_of("GET", target, {}, {}, accept));
        read_until("\r\n\r\n");
    }
    /// The next line of a chunked stream whose chunks end where lines end; empty at its end.
    auto line() -> std::string {
        while (true) {
            if (auto const end = pending_.find('\n'); end != std::string::npos) {
                auto out = pending_.substr(0, end);
                pending_.erase(0, end + 1);
                return out;
            }
            auto const size = std::stoul(read_until("\r\n"), nullptr, 16);
            if (size == 0) return {};
            pending_ += read_exactly(size + 2).substr(0, size);
        }
    }
    [[nodiscard]] auto socket() -> boost::asio::ip::tcp::socket& { return socket_; }

private:
    auto read_exactly(std::size_t n) -> std::string {
        while (raw_.size() < n) fill();
        auto out = raw_.substr(0, n);
        raw_.erase(0, n);
        return out;
    }
    auto read_until(std::string_view mark) -> std::string {
        while (raw_.find(mark) == std::string::npos) fill();
        return read_exactly(raw_.find(mark) + mark.size());
    }
    auto fill() -> void {
        char block[4096];
        raw_.append(block, socket_.read_some(boost::asio::buffer(block)));
    }

    boost::asio::io_context io_;
    boost::asio::ip::tcp::socket socket_{io_};
    boost::beast::flat_buffer buffer_;
    std::string raw_;
    std::string pending_;
};

/// A world with its network front, run by a thread.
struct port {
    world inside;
    http::server front;
    std::jthread thread;

    explicit port(http::server_options options = {}) : front(inside.desk, std::move(options)) {
        if (auto ok = front.open(); !ok) throw std::runtime_error(ok.error().message);
        thread = std::jthread([this](std::stop_token s) { front.run(s); });
    }
    [[nodiscard]] auto connect() const -> client { return client(front.port()); }
};

} // namespace harbour
