#pragma once

/// \file
/// The bodies of `berth/api/http/detail/connection.hpp`.

#include <berth/api/http/detail/connection.hpp>
#include <berth/api/http/gzip.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api::http::detail {

/// The head of an answer. A negative length means that the body comes in chunks (or, for HTTP/1.0, until the
/// end).
struct answer_head {
    unsigned status = 200;
    std::string_view content_type;
    header_fields const& headers;
    std::int64_t length = -1;
    bool keep_alive = true;
    bool old_protocol = false; ///< HTTP/1.0
};

inline auto head_text(answer_head const& h) -> std::string {
    auto const reason = beast::http::obsolete_reason(beast::http::int_to_status(h.status));
    auto out = std::string("HTTP/1.1 ");
    out.reserve(256);
    out += std::to_string(h.status);
    (out += ' ').append(reason.data(), reason.size());
    (out += "\r\nContent-Type: ") += h.content_type;
    out += "\r\n";
    auto const told = std::any_of(h.headers.begin(), h.headers.end(),
                                  [](auto const& one) { return one.first == "Cache-Control"; });
    if (!told) out += "Cache-Control: no-cache, private\r\n";
    if (h.length >= 0) {
        out += "Content-Length: ";
        object::append_json_number(out, h.length);
        out += "\r\n";
    } else if (!h.old_protocol) {
        out += "Transfer-Encoding: chunked\r\n";
    }
    for (auto const& [name, value] : h.headers) {
        out += name;
        out += ": ";
        out += value;
        out += "\r\n";
    }
    if (!h.keep_alive) out += "Connection: close\r\n";
    else if (h.old_protocol) out += "Connection: keep-alive\r\n";
    return out += "\r\n";
}

BERTH_DECL auto connection::start() -> void {
    auto ignored = boost::system::error_code();
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] { self->next_request(); });
}

BERTH_DECL auto connection::pull_woken() -> void {
    asio::dispatch(socket_.get_executor(), [self = shared_from_this()] {
        self->woken_ = false;
        self->pull();
    });
}

BERTH_DECL auto connection::check_patience() -> void {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        if (self->state_ != state::closed && self->out_of_patience()) self->close();
    });
}

BERTH_DECL auto connection::stop() -> void {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
        if (self->state_ == state::idle || self->state_ == state::draining) self->close();
        else if (self->stream_) self->pull();
    });
}

BERTH_DECL auto connection::enter(state s) -> void {
    state_ = s;
    since_ = clock::now();
}

BERTH_DECL auto connection::out_of_patience() const -> bool {
    auto const waited = clock::now() - since_;
    auto const over = [&](unsigned limit) { return waited > std::chrono::seconds(limit); };
    switch (state_) {
    case state::idle: return over(hub_.options.idle_seconds);
    case state::reading: return over(hub_.options.request_seconds);
    case state::writing: return over(hub_.options.stall_seconds);
    case state::draining: return over(2);
    case state::streaming: return writing_ && over(hub_.options.stall_seconds);
    default: return false;
    }
}

BERTH_DECL auto connection::next_request() -> void {
    if (hub_.stopping) return close();
    parser_.emplace();
    parser_->eager(true);
    parser_->header_limit(static_cast<std::uint32_t>(hub_.options.max_header_bytes));
    parser_->body_limit(hub_.options.max_body_bytes);
    continued_ = false;
    taken_ = 0;
    enter(buffer_.size() == 0 ? state::idle : state::reading);
    buffer_.size() == 0 ? read() : parse();
}

BERTH_DECL auto connection::read() -> void {
    constexpr std::size_t at_once = 16U * 1024;
    socket_.async_read_some(buffer_.prepare(at_once),
                            [self = shared_from_this()](error_code failed, std::size_t n) {
                                if (failed || self->state_ == state::closed) return self->close();
                                self->buffer_.commit(n);
                                if (self->state_ == state::idle) self->enter(state::reading);
                                self->parse();
                            });
}

BERTH_DECL auto connection::parse() -> void {
    auto failed = error_code();
    auto const taken = parser_->put(buffer_.data(), failed);
    buffer_.consume(taken);
    taken_ += taken;
    if (failed && failed != beast::http::error::need_more) return refuse(failed);
    if (parser_->is_done()) return handle();
    if (is_mostly_framing()) return refuse(beast::http::error::header_limit);
    if (parser_->is_header_done() && !continued_ && wants_continue()) return say_continue();
    read();
}

BERTH_DECL auto connection::is_mostly_framing() const -> bool {
    auto const body = parser_->get().body().size();
    return taken_ + buffer_.size() - body >
           hub_.options.max_header_bytes + max_framing + framing_per_byte * body;
}

BERTH_DECL auto connection::wants_continue() const -> bool {
    auto const expect = parser_->get()[beast::http::field::expect];
    return beast::iequals(expect, "100-continue");
}

BERTH_DECL auto connection::say_continue() -> void {
    continued_ = true;
    constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(text),
                      [self = shared_from_this()](error_code failed, std::size_t) {
                          failed ? self->close() : self->read();
                      });
}

BERTH_DECL auto connection::refuse(error_code why) -> void {
    keep_alive_ = false;
    auto out = response{};
    out.content_type = "text/plain; charset=utf-8";
    if (why == beast::http::error::body_limit) {
        out = failure({berth::error_code::request_too_large,
                       "Request entity too large: limit is " + std::to_string(hub_.options.max_body_bytes),
                       {}});
    } else if (why == beast::http::error::header_limit) {
        out.status = 431;
        out.text = "431 Request Header Fields Too Large";
    } else {
        out.status = 400;
        out.text = "400 Bad Request";
    }
    respond(std::move(out));
}

BERTH_DECL auto connection::handle() -> void {
    enter(state::handling);
    auto const& m = parser_->get();
    keep_alive_ = m.keep_alive() && !hub_.stopping;
    old_protocol_ = m.version() < 11;
    head_only_ = m.method() == beast::http::verb::head;
    auto const host = view(m[beast::http::field::host]);
    if (!is_own_host(host)) return turn_away(421, "the Host of a request must be an address or localhost");
    if (is_cross_origin(view(m[beast::http::field::origin]), host))
        return turn_away(403, "requests of web pages from other origins are not answered");
    auto target = view(m.target());
    if (!target.starts_with('/')) {
        auto const scheme = target.find("://");
        auto const slash = scheme == std::string_view::npos ? scheme : target.find('/', scheme + 3);
        target = slash == std::string_view::npos ? "/" : target.substr(slash);
    }
    auto const mark = target.find('?');
    auto q = request{view(m.method_string()),
                     target.substr(0, mark),
                     query(mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1)),
                     view(m[beast::http::field::accept]),
                     view(m[beast::http::field::content_type]),
                     m.body(),
                     view(m[beast::http::field::user_agent]),
                     view(m[beast::http::field::authorization]),
                     {},
                     &hub_.waiting};
    auto out = ask(q);
    if (auto* s = std::get_if<stream>(&out)) return begin_stream(std::move(*s));
    auto& whole = std::get<response>(out);
    if (takes_gzip(view(m[beast::http::field::accept_encoding]))) compress(whole);
    respond(std::move(whole));
}

BERTH_DECL auto connection::turn_away(unsigned status, std::string_view why) -> void {
    auto out = response{};
    out.status = status;
    out.content_type = "text/plain; charset=utf-8";
    out.text = why;
    respond(std::move(out));
}

BERTH_DECL auto connection::ask(request const& q) const -> answer {
    try {
        return hub_.handle(q);
    } catch (std::exception const& e) {
        return failure(
            {berth::error_code::internal, std::string("Internal error occurred: ") + e.what(), {}});
    }
}

BERTH_DECL auto connection::respond(response out) -> void {
    enter(state::writing);
    count(out.status);
    head_ = head_text({out.status, out.content_type, out.headers, static_cast<std::int64_t>(out.text.size()),
                       keep_alive_, old_protocol_});
    body_ = head_only_ ? std::string() : std::move(out.text);
    auto const buffers = std::array{asio::buffer(std::as_const(head_)), asio::buffer(std::as_const(body_))};
    asio::async_write(socket_, buffers, [self = shared_from_this()](error_code failed, std::size_t) {
        if (failed || self->state_ == state::closed) return self->close();
        self->body_.clear();
        self->keep_alive_ ? self->next_request() : self->drain();
    });
}

BERTH_DECL auto connection::drain() -> void {
    if (hub_.stopping) return close();
    if (state_ != state::draining) {
        auto ignored = error_code();
        socket_.shutdown(asio::socket_base::shutdown_send, ignored);
        enter(state::draining);
    }
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(64U * 1024),
                            [self = shared_from_this()](error_code failed, std::size_t) {
                                failed ? self->close() : self->drain();
                            });
}

BERTH_DECL auto connection::close() -> void {
    if (state_ == state::closed) return;
    state_ = state::closed;
    if (stream_) hub_.figures.streams.fetch_sub(1, std::memory_order_relaxed);
    stream_.reset();
    timer_.cancel();
    auto ignored = error_code();
    socket_.close(ignored);
    hub_.forget(this);
}

BERTH_DECL auto connection::begin_stream(stream s) -> void {
    count(200);
    keep_alive_ = false;
    enter(state::streaming);
    begun_ = since_;
    head_ = head_text({200, s.content_type, s.headers, -1, false, old_protocol_});
    if (head_only_) return respond_head();
    stream_ = std::move(s);
    finished_ = false;
    hub_.figures.streams.fetch_add(1, std::memory_order_relaxed);
    if (stream_->on_wake) stream_->on_wake({&connection::wake, this});
    watch_for_end();
    pull();
}

BERTH_DECL auto connection::respond_head() -> void {
    asio::async_write(socket_, asio::buffer(head_),
                      [self = shared_from_this()](error_code failed, std::size_t) {
                          failed ? self->close() : self->drain();
                      });
}

BERTH_DECL auto connection::watch_for_end() -> void {
    constexpr std::size_t bearable = 64U * 1024;
    socket_.async_read_some(buffer_.prepare(1024),
                            [self = shared_from_this()](error_code failed, std::size_t n) {
                                if (self->state_ != state::streaming) return;
                                if (failed) return self->close();
                                self->buffer_.commit(n);
                                if (self->buffer_.size() < bearable) self->watch_for_end();
                            });
}

BERTH_DECL auto connection::elapsed() const -> std::uint64_t {
    auto const span = std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - begun_);
    return static_cast<std::uint64_t>(span.count());
}

BERTH_DECL auto connection::seal_chunk() -> void {
    constexpr auto kept = size_digits + 2;
    if (old_protocol_) {
        body_.erase(0, kept);
        return;
    }
    auto size = body_.size() - kept;
    if (size == 0) {
        body_.clear();
    } else {
        for (auto i = size_digits; i-- > 0; size >>= 4U) body_[i] = "0123456789abcdef"[size & 15U];
        body_[size_digits] = '\r';
        body_[size_digits + 1] = '\n';
        body_ += "\r\n";
    }
    if (finished_) body_ += "0\r\n\r\n";
}

BERTH_DECL auto connection::pull() -> void {
    if (state_ != state::streaming || writing_) return;
    constexpr std::size_t enough = 64U * 1024;
    body_.assign(size_digits + 2, '0');
    auto next = stream_state{};
    try {
        next = stream_->pull(body_, enough, elapsed());
    } catch (std::exception const&) {
        next.finished = true;
    }
    finished_ = next.finished || hub_.stopping;
    seal_chunk();
    if (body_.empty() && head_.empty()) return finished_ ? drain() : rest(next.pull_again_at);
    send();
}

BERTH_DECL auto connection::send() -> void {
    writing_ = true;
    since_ = clock::now();
    auto const buffers = std::array{asio::buffer(std::as_const(head_)), asio::buffer(std::as_const(body_))};
    asio::async_write(socket_, buffers, [self = shared_from_this()](error_code failed, std::size_t) {
        self->writing_ = false;
        if (failed || self->state_ == state::closed) return self->close();
        self->head_.clear();
        self->finished_ ? self->drain() : self->pull();
    });
}

BERTH_DECL auto connection::rest(std::uint64_t at) -> void {
    if (at == 0 || at == timer_at_) return;
    timer_at_ = at;
    timer_.expires_at(begun_ + std::chrono::milliseconds(at));
    timer_.async_wait([self = shared_from_this()](error_code cancelled) {
        if (cancelled) return;
        self->timer_at_ = 0;
        self->pull();
    });
}

} // namespace berth::api::http::detail
