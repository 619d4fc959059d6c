#pragma once

/// \file
/// The bodies of `berth/core/net/connection.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/connection.hpp>

namespace berth::net {

BERTH_DECL auto connection::exchange(std::span<std::string const> requests, instant deadline)
    -> std::vector<outcome> {
    stream_.tcp().expires_at(deadline);
    auto work = exchange_state{.outcomes = std::vector<outcome>(requests.size())};
    auto const buffers = buffers_of(requests);
    boost::asio::async_write(stream_.stream(), buffers, [&](boost::system::error_code ec, std::size_t n) {
        work.written = n;
        work.write_error = ec;
    });
    read_next(work);
    stream_.run();
    settle(work, requests);
    return std::move(work.outcomes);
}

BERTH_DECL auto connection::is_fresh() -> bool {
    auto byte = std::array<char, 1>{};
    auto ec = boost::system::error_code{};
    stream_.tcp().socket().receive(boost::asio::buffer(byte), boost::asio::socket_base::message_peek, ec);
    return ec == boost::asio::error::would_block || ec == boost::asio::error::try_again;
}

BERTH_DECL auto connection::open_stream(std::string const& request, instant deadline) -> outcome {
    auto out = outcome{};
    stream_.tcp().expires_at(deadline);
    auto ec = stream_.finish(
        [&](auto done) { boost::asio::async_write(stream_.stream(), boost::asio::buffer(request), done); });
    if (ec) return outcome{.answer = {}, .sent = false, .why = ec.message()};
    out.sent = true;
    auto interim = 0U;
    do {
        body_.emplace();
        body_->body_limit(boost::none);
        body_->get().body().data = nullptr;
        ec = stream_.finish([&](auto done) {
            boost::beast::http::async_read_header(stream_.stream(), buffer_, *body_,
                                                  detail::done_bytes(done));
        });
        if (!ec && interim++ > most_interim_answers) ec = boost::beast::http::error::bad_status;
        if (ec) return outcome{.answer = {}, .sent = true, .why = ec.message()};
    } while (is_interim(body_->get().result_int()));
    out.answer = http_answer{body_->get().result_int(), {}, {}};
    if (out.answer->status == 200) {
        stream_.tcp().expires_never();
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
    boost::asio::post(stream_.io(), [this] { woken_ = true; });
}

BERTH_DECL auto connection::has_ended() const -> bool {
    return ended_ && lines_.find('\n') == std::string::npos;
}

BERTH_DECL auto connection::buffers_of(std::span<std::string const> requests)
    -> std::vector<boost::asio::const_buffer> {
    auto out = std::vector<boost::asio::const_buffer>{};
    out.reserve(requests.size());
    for (auto const& r : requests) out.push_back(boost::asio::buffer(r));
    return out;
}

BERTH_DECL auto connection::read_next(exchange_state& work) -> void {
    if (work.answered == work.outcomes.size()) return;
    work.parser.emplace();
    work.parser->body_limit(boost::none);
    auto done = [this, &work](boost::system::error_code ec, std::size_t) {
        if (ec) {
            work.read_error = ec;
            stream_.tcp().close(); // ends a write under way
            return;
        }
        auto& message = work.parser->get();
        if (is_interim(message.result_int())) {
            if (++work.interim <= most_interim_answers) return read_next(work);
            work.read_error = boost::beast::http::error::bad_status;
            stream_.tcp().close();
            return;
        }
        work.interim = 0;
        work.closing = !message.keep_alive();
        work.outcomes[work.answered++] = {
            .answer = http_answer{message.result_int(), std::move(message.body()), std::move(message.base())},
            .sent = true,
            .why = {}};
        if (work.closing) stream_.tcp().close();
        else read_next(work);
    };
    boost::beast::http::async_read(stream_.stream(), buffer_, *work.parser, detail::done_bytes(done));
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
    stream_.io().restart();
    while (reading_ && !woken_) {
        auto const ran =
            deadline <= steady_clock::now() ? stream_.io().poll_one() : stream_.io().run_one_until(deadline);
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
    boost::beast::http::async_read_some(stream_.stream(), buffer_, *body_, detail::done_bytes(done));
}

} // namespace berth::net
