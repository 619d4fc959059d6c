#pragma once

/// \file
/// The bodies of `berth/store/etcd/grpc_connection.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/grpc_connection.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <string_view>
#include <utility>

namespace berth::store::detail {

BERTH_DECL auto grpc_connection::connect(net::instant deadline) -> std::string {
    auto why = stream_.connect(deadline, "h2");
    if (!why.empty()) return why;
    stream_.tcp().expires_never(); // `run_until` looks at the time
    auto const& where = stream_.where();
    session_.emplace(where.tls ? "https" : "http", where.authority);
    return {};
}

BERTH_DECL auto grpc_connection::call(grpc_request const& request, net::instant deadline) -> grpc_outcome {
    session_->start(request);
    run_until(deadline, [this] { return session_->has_ended(); });
    auto out = grpc_outcome{};
    out.sent = session_->was_sent();
    if (!session_->has_ended()) {
        broken_ = true;
        out.why = "no answer came in time";
        return out;
    }
    out.status = session_->status();
    out.why = session_->why();
    if (!out.status || out.status->code != 0) return out;
    if (auto answer = session_->take_message()) {
        out.message = std::move(*answer);
    } else {
        out.status.reset();
        out.why = "the answer is empty";
    }
    return out;
}

BERTH_DECL auto grpc_connection::is_fresh() -> bool {
    run_until(net::instant{}, [] { return false; });
    return is_usable();
}

BERTH_DECL auto grpc_connection::open_stream(grpc_request const& request, net::instant deadline) -> bool {
    session_->start(request);
    run_until(deadline, [this] { return session_->has_message() || session_->has_ended(); });
    return session_->has_message();
}

BERTH_DECL auto grpc_connection::next_message(net::instant deadline) -> std::optional<std::string> {
    woken_ = false;
    run_until(deadline, [this] { return woken_ || session_->has_message() || session_->has_ended(); });
    return session_->take_message();
}

BERTH_DECL auto grpc_connection::wake() -> void {
    boost::asio::post(stream_.io(), [this] { woken_ = true; });
}

BERTH_DECL auto grpc_connection::read_on() -> void {
    if (reading_ || broken_) return;
    reading_ = true;
    auto const done = [this](boost::system::error_code ec, std::size_t size) {
        reading_ = false;
        session_->receive(std::string_view(chunk_.data(), size));
        if (!ec) return;
        broken_ = true;
        session_->close(ec.message());
    };
    stream_.stream().async_read_some(boost::asio::buffer(chunk_), done);
}

BERTH_DECL auto grpc_connection::write_on() -> void {
    if (writing_ || broken_) return;
    auto const bytes = session_->pending();
    if (bytes.empty()) return;
    writing_ = true;
    auto const done = [this](boost::system::error_code ec, std::size_t size) {
        writing_ = false;
        session_->sent(size);
        if (!ec) return;
        broken_ = true;
        session_->close(ec.message());
    };
    boost::asio::async_write(stream_.stream(), boost::asio::buffer(bytes.data(), bytes.size()), done);
}

} // namespace berth::store::detail
