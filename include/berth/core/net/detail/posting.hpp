#pragma once

/// \file
/// POSTs on their way, and by whom the addresses of their servers are found: the inside of `post_all`.

#include <berth/core/net/connection.hpp>
#include <berth/core/net/detail/name_search.hpp>
#include <berth/core/net/endpoint.hpp>
#include <berth/core/net/post_request.hpp>

#include <boost/asio/ssl/context.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

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

inline auto stopped_post() -> std::unexpected<error> {
    return fail(error_code::unavailable, "context canceled");
}

/// One post on its way, on an `io_context` that others may share. It must stay where it is until `told` was
/// called, from the context, once.
class posting {
public:
    using teller = std::function<void(result<post_answer>)>;

    posting(boost::asio::io_context& io, post_request const& q, address_finder const& find, teller told)
        : io_(&io), asked_(&q), told_(std::move(told)), search_(io, find) {}

    auto start() -> void {
        auto target = target_of(*asked_);
        if (!target) return told_(std::unexpected(std::move(target).error()));
        target_ = *std::move(target);
        if (auto ok = open(); !ok) return told_(std::unexpected(std::move(ok).error()));
        deadline_ = steady_clock::now() + std::chrono::nanoseconds(asked_->patience.nanoseconds);
        search_.start(target_.at.host, target_.at.port, deadline_,
                      [this](outcome_code failed, found_addresses found) {
                          failed ? fail_to_find(failed) : connect(std::move(found));
                      });
    }
    /// Lets it fail at once.
    auto cancel() -> void {
        cancelled_ = true;
        search_.cancel();
        if (transport_) tcp().close();
    }

private:
    using outcome_code = boost::system::error_code;
    using parser = boost::beast::http::response_parser<boost::beast::http::string_body>;

    auto open() -> result<void> {
        if (target_.at.tls) {
            auto made = trust(asked_->authorities);
            if (!made) return std::unexpected(std::move(made).error());
            tls_ = *std::move(made);
        }
        transport_.emplace(*io_, tls_.get());
        return {};
    }
    auto tcp() -> boost::beast::tcp_stream& { return transport_->connection().tcp(); }

    auto connect(found_addresses found) -> void {
        found_ = std::move(found);
        tcp().expires_at(deadline_);
        transport_->connection().connect(found_, [this](outcome_code failed) {
            if (failed) return fail(failed);
            auto ignored = outcome_code{};
            tcp().socket().set_option(boost::asio::ip::tcp::no_delay{true}, ignored);
            transport_->secure() ? shake_hands() : send();
        });
    }
    auto shake_hands() -> void {
        auto& secure = *transport_->secure();
        if (auto const ec = expect_server(secure.tls(), target_.at); ec) return fail(ec);
        connected_ = true;
        secure.shake_hands([this](outcome_code failed) { failed ? fail(failed) : send(); });
    }
    auto send() -> void {
        connected_ = true;
        head_ = "POST " + target_.path + " HTTP/1.1\r\nHost: " + target_.at.authority +
                "\r\nUser-Agent: berth\r\nAccept: application/json\r\nContent-Type: " + asked_->content_type +
                "\r\nContent-Length: " + std::to_string(asked_->body.size()) +
                "\r\nConnection: close\r\n\r\n";
        auto const text =
            std::array{boost::asio::buffer(std::as_const(head_)), boost::asio::buffer(asked_->body)};
        // whoever answers before all has come may close: what is read decides
        boost::asio::async_write(transport_->stream(), text, [](outcome_code, std::size_t) {});
        receive();
    }
    auto receive() -> void {
        parser_.emplace();
        parser_->body_limit(asked_->most_bytes);
        auto done = [this](outcome_code failed, std::size_t) {
            if (failed) return fail(failed);
            auto& m = parser_->get();
            if (!is_interim(m.result_int())) {
                tcp().close();
                told_(post_answer{m.result_int(), std::move(m.body())});
            } else if (++interim_ <= most_interim_answers) {
                receive();
            } else {
                tcp().close();
                told_(berth::fail(error_code::unavailable, "net/http: HTTP/1.x transport connection broken: "
                                                           "too many 1xx informational responses"));
            }
        };
        boost::beast::http::async_read(transport_->stream(), buffer_, *parser_, done_bytes(done));
    }

    /// Why there is no answer.
    auto fail(outcome_code ec) -> void {
        auto const dialled = "dial tcp " + target_.at.host + ":" + target_.at.port + ": connect: ";
        fail_as((connected_ ? std::string() : dialled) + small_letter_first(ec.message()));
    }
    auto fail_to_find(outcome_code ec) -> void {
        auto const unknown = ec == boost::asio::error::host_not_found || ec == boost::asio::error::no_data;
        fail_as("dial tcp: lookup " + target_.at.host + ": " +
                (unknown ? "no such host" : small_letter_first(ec.message())));
    }
    auto fail_as(std::string why) -> void {
        if (cancelled_) return told_(stopped_post());
        if (transport_) tcp().close(); // ends a write under way
        if (steady_clock::now() >= deadline_)
            return told_(berth::fail(error_code::timeout, "context deadline exceeded"));
        told_(berth::fail(error_code::unavailable, std::move(why)));
    }
    /// As Go begins sentences.
    static auto small_letter_first(std::string text) -> std::string {
        if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
        return text;
    }

    boost::asio::io_context* io_;
    post_request const* asked_;
    teller told_;
    name_search search_;
    post_target target_;
    found_addresses found_;
    instant deadline_{};
    std::unique_ptr<tls_context> tls_;
    std::optional<transport> transport_;
    std::string head_;
    boost::beast::flat_buffer buffer_;
    std::optional<parser> parser_;
    unsigned interim_ = 0;
    bool connected_ = false;
    bool cancelled_ = false;
};

/// `post_all`, which finds addresses by `find`.
inline auto post_all_by(address_finder const& find, std::span<post_request const> all,
                        std::stop_token const& stop) -> std::vector<result<post_answer>> {
    auto out = std::vector<result<post_answer>>(all.size(), result<post_answer>(stopped_post()));
    auto io = boost::asio::io_context(1);
    auto begun = std::vector<std::unique_ptr<posting>>();
    begun.reserve(all.size());
    auto stopped = false;
    std::function<void()> const begin_next = [&] {
        if (stopped || begun.size() == all.size()) return;
        auto const i = begun.size();
        begun.push_back(std::make_unique<posting>(io, all[i], find, [&, i](result<post_answer> said) {
            out[i] = std::move(said);
            boost::asio::post(io, begin_next);
        }));
        begun.back()->start();
    };
    auto const end = [&] {
        stopped = true;
        for (auto const& p : begun) p->cancel();
    };
    auto const on_stop = std::stop_callback(stop, [&] { boost::asio::post(io, end); });
    for (std::size_t i = 0; i < std::min(all.size(), most_posts_at_once); ++i)
        boost::asio::post(io, begin_next);
    io.run();
    return out;
}

} // namespace berth::net::detail
