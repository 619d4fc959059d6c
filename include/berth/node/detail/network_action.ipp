#pragma once

/// \file
/// The bodies of `berth/node/detail/network_action.hpp`.

#include <berth/core/config.hpp>
#include <berth/node/detail/network_action.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>

namespace berth::node::detail {

BERTH_DECL network_action::network_action(action const& what, time_point now) {
    if (auto const* tcp = std::get_if<tcp_action>(&what)) {
        connect(tcp->host, tcp->port);
    } else if (auto const* http = std::get_if<http_action>(&what)) {
        request_ = request_text(*http);
        connect(http->host, http->port);
    } else if (auto const* grpc = std::get_if<grpc_action>(&what)) {
        connect(grpc->host, grpc->port);
        health_.emplace(where_, grpc->service);
    } else if (auto const* pause = std::get_if<pause_action>(&what)) {
        pause_until_ = now + pause->length;
    }
}

BERTH_DECL auto network_action::advance(time_point now) -> std::optional<outcome> {
    if (!problem_.empty()) return outcome{1, problem_};
    if (pause_until_) return now < *pause_until_ ? std::nullopt : std::optional(outcome{0, ""});
    if (!connected_) {
        auto probe = pollfd{socket_.get(), POLLOUT, 0};
        if (::poll(&probe, 1, 0) == 0) return std::nullopt;
        auto error = 0;
        auto size = socklen_t{sizeof error};
        ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) return outcome{1, "dial tcp " + where_ + ": connect: " + text_of(error)};
        connected_ = true;
    }
    if (health_) return ask_health();
    if (request_.empty()) return outcome{0, ""};
    if (!send()) return outcome{1, problem_};
    return receive();
}

BERTH_DECL auto network_action::connect(std::string const& host, std::uint16_t port) -> void {
    auto const address = host.empty() || host == "localhost" ? std::string("127.0.0.1") : host;
    where_ = address + ":" + std::to_string(port);
    auto to = sockaddr_in{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    if (::inet_pton(AF_INET, address.c_str(), &to.sin_addr) != 1) {
        problem_ = "dial tcp: lookup " + host + ": no such host";
        return;
    }
    socket_ = descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket_) problem_ = "socket: " + text_of(errno);
    else if (::connect(socket_.get(), reinterpret_cast<sockaddr const*>(&to), sizeof to) != 0 &&
             errno != EINPROGRESS)
        problem_ = "dial tcp " + where_ + ": connect: " + text_of(errno);
}

BERTH_DECL auto network_action::request_text(http_action const& http) const -> std::string {
    auto path = http.path.empty() || http.path.front() != '/' ? "/" + http.path : http.path;
    auto out = "GET " + path + " HTTP/1.1\r\nConnection: close\r\n";
    auto has_host = false;
    auto has_agent = false;
    for (auto const& [name, value] : http.headers) {
        out.append(name).append(": ").append(value).append("\r\n");
        has_host = has_host || name == "Host" || name == "host";
        has_agent = has_agent || name == "User-Agent";
    }
    if (!has_host) out += "Host: " + (http.host.empty() ? "localhost" : http.host) + "\r\n";
    if (!has_agent) out += "User-Agent: kube-probe/1.36\r\nAccept: */*\r\n";
    return out += "\r\n";
}

BERTH_DECL auto network_action::send() -> bool {
    while (sent_ < request_.size()) {
        auto const n = ::send(socket_.get(), request_.data() + sent_, request_.size() - sent_, MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return true;
        if (n < 0) return problem_ = "write tcp " + where_ + ": " + text_of(errno), false;
        sent_ += static_cast<std::size_t>(n);
    }
    return true;
}

BERTH_DECL auto network_action::receive() -> std::optional<outcome> {
    char buffer[1024];
    while (answer_.find("\r\n") == std::string::npos && answer_.size() < sizeof buffer) {
        auto const n = ::recv(socket_.get(), buffer, sizeof buffer, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
        if (n <= 0) return outcome{1, "Get \"http://" + where_ + "\": EOF"};
        answer_.append(buffer, static_cast<std::size_t>(n));
    }
    auto status = 0;
    auto const space = answer_.find(' ');
    if (answer_.starts_with("HTTP/") && space != std::string::npos)
        std::from_chars(answer_.data() + space + 1, answer_.data() + answer_.size(), status);
    if (status >= 200 && status < 400) return outcome{0, ""};
    return outcome{1, "HTTP probe failed with statuscode: " + std::to_string(status)};
}

BERTH_DECL auto network_action::ask_health() -> std::optional<outcome> {
    char buffer[4096];
    while (!health_->outcome()) {
        while (!health_->pending().empty()) {
            auto const out = health_->pending();
            auto const n = ::send(socket_.get(), out.data(), out.size(), MSG_NOSIGNAL);
            if (n < 0 && (errno == EAGAIN || errno == EINTR)) break;
            if (n < 0) return outcome{1, "write tcp " + where_ + ": " + text_of(errno)};
            health_->sent(static_cast<std::size_t>(n));
        }
        auto const n = ::recv(socket_.get(), buffer, sizeof buffer, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
        if (n <= 0) health_->close();
        else health_->receive({buffer, static_cast<std::size_t>(n)});
    }
    auto const& verdict = *health_->outcome();
    return outcome{verdict.healthy ? 0 : 1, verdict.healthy ? "" : verdict.reason};
}

} // namespace berth::node::detail
