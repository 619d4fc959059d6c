#pragma once

/// \file
/// The little of sockets that the tests of etcd need: free ports, and plain HTTP requests without any library
/// that is itself under test.

#include <berth/core/descriptor.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace berth::store::testing {

inline auto loopback(std::uint16_t port) -> sockaddr_in {
    auto out = sockaddr_in{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

/// A socket that is bound to a free loopback port (`port` 0) or to a given one.
inline auto bound_socket(std::uint16_t port = 0) -> std::pair<descriptor, std::uint16_t> {
    auto fd = descriptor{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    auto const yes = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    auto address = loopback(port);
    if (::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("no free port on the loopback interface");
    auto size = socklen_t{sizeof address};
    ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
    return {std::move(fd), ntohs(address.sin_port)};
}

/// A connection to a loopback port; false if nobody listens there. Waits for at most some seconds for bytes.
inline auto connect_to(std::uint16_t port, int patience_seconds = 2) -> descriptor {
    auto fd = descriptor{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    auto const patience = timeval{.tv_sec = patience_seconds, .tv_usec = 0};
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    auto address = loopback(port);
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return descriptor{};
    return fd;
}

/// The answer to an HTTP request, head and body in one text; empty if there is none.
inline auto http_request(std::uint16_t port, std::string_view method, std::string_view path,
                         std::string_view body = {}, std::string_view more_headers = {}) -> std::string {
    auto const fd = connect_to(port);
    if (!fd) return {};
    auto text = std::string{method};
    text.append(" ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
    text.append(more_headers).append("Content-Length: ").append(std::to_string(body.size()));
    text.append("\r\n\r\n").append(body);
    if (::send(fd.get(), text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size()))
        return {};
    auto out = std::string{};
    char buffer[16'384];
    for (;;) {
        auto const n = ::recv(fd.get(), buffer, sizeof buffer, 0);
        if (n <= 0) return out;
        out.append(buffer, static_cast<std::size_t>(n));
    }
}

/// The JSON string after `"name":"` in a text; empty if it is not there.
inline auto text_field(std::string_view text, std::string_view name) -> std::string {
    auto const mark = "\"" + std::string{name} + "\":\"";
    auto const at = text.find(mark);
    if (at == std::string_view::npos) return {};
    auto const rest = text.substr(at + mark.size());
    return std::string{rest.substr(0, rest.find('"'))};
}

} // namespace berth::store::testing
