#pragma once

/// \file
/// The bodies of `berth/core/net/connection.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/connection.hpp>
#include <berth/core/net/detail/name_search.hpp>

namespace berth::net::detail {

BERTH_DECL auto expect_server(tls_stream& stream, endpoint const& where) -> boost::system::error_code {
    auto const& name = where.tls_name.empty() ? where.host : where.tls_name;
    auto ec = boost::system::error_code{};
    static_cast<void>(boost::asio::ip::make_address(name, ec));
    if (ec) ::SSL_set_tlsext_host_name(stream.native_handle(), name.c_str()); // it is not an address
    ec = {};
    stream.set_verify_callback(boost::asio::ssl::host_name_verification{name}, ec);
    return ec;
}

} // namespace berth::net::detail

namespace berth::net {

BERTH_DECL connection::connection(endpoint const& where, tls_context* tls) : where_(&where) {
    if (where.tls) secure_.emplace(io_, *tls);
    else plain_.emplace(io_);
}

BERTH_DECL connection::~connection() {
    tcp().close();
    io_.restart();
    io_.poll(); // lets a read under way end while all that it uses is there
}

BERTH_DECL auto connection::connect(instant deadline) -> std::string {
    auto search = detail::name_search(io_);
    auto targets = detail::found_addresses();
    auto ec = boost::system::error_code{};
    search.start(where_->host, where_->port, deadline,
                 [&](boost::system::error_code failed, detail::found_addresses found) {
                     ec = failed;
                     targets = std::move(found);
                 });
    run();
    if (ec) return ec.message();
    tcp().expires_at(deadline);
    ec = finish([&](auto done) { tcp().async_connect(targets, done); });
    if (ec) return ec.message();
    tcp().socket().set_option(boost::asio::ip::tcp::no_delay{true}, ec);
    tcp().socket().set_option(boost::asio::socket_base::keep_alive{true}, ec);
    tcp().socket().non_blocking(true, ec);
    return secure_ ? shake_hands() : std::string{};
}

BERTH_DECL auto connection::exchange(std::span<std::string const> requests, instant deadline)
    -> std::vector<outcome> {
    tcp().expires_at(deadline);
    auto work = exchange_state{.outcomes = std::vector<outcome>(requests.size())};
    auto const buffers = buffers_of(requests);
    with_stream([&](auto& stream) {
        boost::asio::async_write(stream, buffers, [&](boost::system::error_code ec, std::size_t n) {
            work.written = n;
            work.write_error = ec;
        });
        read_next(stream, work);
    });
    run();
    settle(work, requests);
    return std::move(work.outcomes);
}

BERTH_DECL auto connection::is_fresh() -> bool {
    auto byte = std::array<char, 1>{};
    auto ec = boost::system::error_code{};
    tcp().socket().receive(boost::asio::buffer(byte), boost::asio::socket_base::message_peek, ec);
    return ec == boost::asio::error::would_block || ec == boost::asio::error::try_again;
}

BERTH_DECL auto connection::open_stream(std::string const& request, instant deadline) -> outcome {
    auto out = outcome{};
    tcp().expires_at(deadline);
    auto ec = on_stream(
        [&](auto& s, auto done) { boost::asio::async_write(s, boost::asio::buffer(request), done); });
    if (ec) return outcome{.answer = {}, .sent = false, .why = ec.message()};
    out.sent = true;
    auto interim = 0U;
    do {
        body_.emplace();
        body_->body_limit(boost::none);
        body_->get().body().data = nullptr;
        ec = on_stream(
            [&](auto& s, auto done) { boost::beast::http::async_read_header(s, buffer_, *body_, done); });
        if (!ec && interim++ > most_interim_answers) ec = boost::beast::http::error::bad_status;
        if (ec) return outcome{.answer = {}, .sent = true, .why = ec.message()};
    } while (is_interim(body_->get().result_int()));
    out.answer = http_answer{body_->get().result_int(), {}, {}};
    if (out.answer->status == 200) {
        tcp().expires_never();
    } else {
        while (!ended_ && steady_clock::now() < deadline) {
            if (auto line = next_line(deadline)) out.answer->body += *line;
        }
        out.answer->body += lines_;
    }
    return out;
}

BERTH_DECL auto connection::next_line(instant deadline) -> std::optional<std::string> {
    for (;;) {
        if (auto const end = lines_.find('\n', looked_at_); end != std::string::npos) {
            auto line = lines_.substr(0, end);
            lines_.erase(0, end + 1);
            looked_at_ = 0;
            return line;
        }
        looked_at_ = lines_.size();
        if (ended_) return std::nullopt;
        if (!reading_) read_some();
        wait_until(deadline);
        if (reading_) return std::nullopt;
    }
}

BERTH_DECL auto connection::wake() -> void {
    boost::asio::post(io_, [this] { woken_ = true; });
}

BERTH_DECL auto connection::has_ended() const -> bool {
    return ended_ && lines_.find('\n') == std::string::npos;
}

BERTH_DECL auto connection::tcp() -> boost::beast::tcp_stream& {
    return secure_ ? secure_->next_layer() : *plain_;
}

BERTH_DECL auto connection::run() -> void {
    io_.restart();
    io_.run();
}

BERTH_DECL auto connection::shake_hands() -> std::string {
    auto ec = detail::expect_server(*secure_, *where_);
    if (ec) return ec.message();
    ec = finish([&](auto done) { secure_->async_handshake(boost::asio::ssl::stream_base::client, done); });
    return ec ? ec.message() : std::string{};
}

BERTH_DECL auto connection::buffers_of(std::span<std::string const> requests)
    -> std::vector<boost::asio::const_buffer> {
    auto out = std::vector<boost::asio::const_buffer>{};
    out.reserve(requests.size());
    for (auto const& r : requests) out.push_back(boost::asio::buffer(r));
    return out;
}

BERTH_DECL auto connection::settle(exchange_state& work, std::span<std::string const> requests) -> void {
    usable_ = work.answered == requests.size() && !work.closing && !work.write_error;
    auto end = std::size_t{0};
    for (std::size_t i = 0; i < requests.size(); ++i) {
        end += requests[i].size();
        auto& o = work.outcomes[i];
        if (o.answer) continue;
        o.sent = end <= work.written;
        if (work.closing) o.why = "the server closed the connection";
        else o.why = (work.read_error ? work.read_error : work.write_error).message();
    }
}

BERTH_DECL auto connection::wait_until(instant deadline) -> void {
    woken_ = false;
    io_.restart();
    while (reading_ && !woken_) {
        auto const ran = deadline <= steady_clock::now() ? io_.poll_one() : io_.run_one_until(deadline);
        if (ran == 0) return;
    }
}

BERTH_DECL auto connection::read_some() -> void {
    body_->get().body().data = chunk_.data();
    body_->get().body().size = chunk_.size();
    reading_ = true;
    auto const done = [this](boost::system::error_code ec, std::size_t) {
        reading_ = false;
        lines_.append(chunk_.data(), chunk_.size() - body_->get().body().size);
        if (ec == boost::beast::http::error::need_buffer) ec = {};
        if (!ec && !body_->is_done()) return;
        ended_ = true;
        why_ended_ = ec ? ec.message() : "the server ended the stream";
    };
    with_stream([&](auto& s) { boost::beast::http::async_read_some(s, buffer_, *body_, done); });
}

} // namespace berth::net
