#pragma once

/// \file
/// The bodies of `berth/core/net/post.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/connection.hpp>
#include <berth/core/net/post.hpp>

#include <boost/asio/ssl/context.hpp>

#include <cctype>
#include <chrono>
#include <memory>
#include <span>

namespace berth::net::detail {

/// Where a URL leads: its server, and the path behind it.
struct post_target {
    endpoint at;
    std::string path = "/";
};

inline auto target_of(post_request const& q) -> result<post_target> {
    auto out = post_target{};
    auto const scheme = q.url.find("://");
    auto const slash = scheme == q.url.npos ? scheme : q.url.find_first_of("/?", scheme + 3);
    auto const base = q.url.substr(0, slash);
    if (slash != q.url.npos) out.path = (q.url[slash] == '/' ? "" : "/") + q.url.substr(slash);
    auto at = parse_endpoint(base, base.starts_with("https://") ? "443" : "80");
    if (!at) return std::unexpected(std::move(at).error());
    out.at = *std::move(at);
    if (out.path.find_first_of(" \r\n") != out.path.npos)
        return fail(error_code::bad_request, "invalid character in the path of " + q.url);
    if (q.dial.empty()) return out;
    auto dialled = parse_endpoint("http://" + q.dial, "80");
    if (!dialled) return std::unexpected(std::move(dialled).error());
    out.at.tls_name = out.at.host;
    out.at.host = std::move(dialled->host);
    out.at.port = std::move(dialled->port);
    return out;
}

inline auto trust(std::string const& authorities) -> result<std::unique_ptr<tls_context>> {
    namespace ssl = boost::asio::ssl;
    auto out = std::make_unique<tls_context>(ssl::context::tls_client);
    auto ec = boost::system::error_code{};
    out->set_verify_mode(ssl::verify_peer);
    if (authorities.empty()) out->set_default_verify_paths(ec);
    else out->add_certificate_authority(boost::asio::buffer(authorities), ec);
    if (ec) return fail(error_code::bad_request, "unable to load root certificates: " + ec.message());
    return out;
}

/// Why there is no answer, as Go begins sentences: with a small letter.
inline auto why_not(std::string why, std::string const& before, bool late) -> std::unexpected<error> {
    if (late) return fail(error_code::timeout, "context deadline exceeded");
    if (!why.empty()) why[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(why[0])));
    return fail(error_code::unavailable, before + why);
}

} // namespace berth::net::detail

namespace berth::net {

BERTH_DECL auto post(post_request const& q) -> result<post_answer> {
    auto const target = detail::target_of(q);
    if (!target) return std::unexpected(target.error());
    auto tls = std::unique_ptr<tls_context>();
    if (target->at.tls) {
        auto made = detail::trust(q.authorities);
        if (!made) return std::unexpected(std::move(made).error());
        tls = *std::move(made);
    }
    auto const deadline = steady_clock::now() + std::chrono::nanoseconds(q.patience.nanoseconds);
    auto const late = [&] { return steady_clock::now() >= deadline; };
    auto const dialled = target->at.host + ":" + target->at.port;
    auto line = connection(target->at, tls.get());
    line.limit_answers(q.most_bytes);
    if (auto why = line.connect(deadline); !why.empty())
        return detail::why_not(std::move(why), "dial tcp " + dialled + ": connect: ", late());
    auto const text = "POST " + target->path + " HTTP/1.1\r\nHost: " + target->at.authority +
                      "\r\nUser-Agent: berth\r\nAccept: application/json\r\nContent-Type: " + q.content_type +
                      "\r\nContent-Length: " + std::to_string(q.body.size()) +
                      "\r\nConnection: close\r\n\r\n" + q.body;
    auto out = std::move(line.exchange(std::span(&text, 1), deadline).front());
    if (!out.answer) return detail::why_not(std::move(out.why), "", late());
    return post_answer{out.answer->status, std::move(out.answer->body)};
}

} // namespace berth::net
