#pragma once

/// \file
/// The bodies of `berth/store/etcd/grpc_session.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/grpc_session.hpp>

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <new>
#include <stdexcept>
#include <system_error>
#include <utility>
#include <vector>

namespace berth::store::detail {

inline constexpr std::size_t grpc_head = 5; // of a message: whether it is compressed, and its length
inline constexpr std::int32_t grpc_window = 16 << 20;  // how much may come before this side has taken it
inline constexpr std::int64_t grpc_unknown = 2;        // a code of gRPC
inline constexpr std::int64_t grpc_unimplemented = 12; // another
inline constexpr std::int64_t grpc_unavailable = 14;   // another

/// What nghttp2 calls. It is C, through which nothing may be thrown.
struct grpc_session::callbacks {
    template <class F> static auto guarded(void* user, F f) -> int {
        try {
            f(*static_cast<grpc_session*>(user));
            return 0;
        } catch (...) {
            return NGHTTP2_ERR_CALLBACK_FAILURE;
        }
    }
    static auto text(std::uint8_t const* bytes, std::size_t size) -> std::string_view {
        return {reinterpret_cast<char const*>(bytes), size};
    }

    static auto on_header(::nghttp2_session*, ::nghttp2_frame const* frame, std::uint8_t const* name,
                          std::size_t name_size, std::uint8_t const* value, std::size_t value_size,
                          std::uint8_t, void* user) -> int {
        return guarded(user, [&](grpc_session& s) {
            if (frame->hd.stream_id == s.call_.stream)
                s.take_header(text(name, name_size), text(value, value_size));
        });
    }
    static auto on_data(::nghttp2_session*, std::uint8_t, std::int32_t stream, std::uint8_t const* bytes,
                        std::size_t size, void* user) -> int {
        return guarded(user, [&](grpc_session& s) {
            if (stream == s.call_.stream) s.take_data(text(bytes, size));
        });
    }
    static auto on_frame(::nghttp2_session*, ::nghttp2_frame const* frame, void* user) -> int {
        return guarded(user, [&](grpc_session& s) {
            auto const& head = frame->hd;
            auto const answers = head.type == NGHTTP2_DATA || head.type == NGHTTP2_HEADERS;
            if (answers && head.stream_id == s.call_.stream && (head.flags & NGHTTP2_FLAG_END_STREAM) != 0)
                s.end_call();
        });
    }
    static auto on_close(::nghttp2_session*, std::int32_t stream, std::uint32_t code, void* user) -> int {
        return guarded(user, [&](grpc_session& s) {
            if (stream != s.call_.stream || s.call_.ended) return;
            s.call_.refused = code == NGHTTP2_REFUSED_STREAM;
            s.break_off("the server ended the call early (" + std::string(::nghttp2_http2_strerror(code)) +
                        ")");
        });
    }
    /// The frame is what is taken from nghttp2 now.
    static auto on_sent(::nghttp2_session*, ::nghttp2_frame const* frame, void* user) -> int {
        return guarded(user, [&](grpc_session& s) {
            auto& c = s.call_;
            auto const is_mine = frame->hd.type == NGHTTP2_DATA && frame->hd.stream_id == c.stream;
            c.is_whole = c.is_whole || (is_mine && c.taken == c.request.size());
        });
    }
    static auto read_request(::nghttp2_session*, std::int32_t stream, std::uint8_t* into, std::size_t size,
                             std::uint32_t* flags, ::nghttp2_data_source* source, void*) -> ssize_t {
        auto& c = *static_cast<call*>(source->ptr);
        if (stream != c.stream) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE; // a call that ended early
        auto const n = std::min(size, c.request.size() - c.taken);
        std::memcpy(into, c.request.data() + c.taken, n);
        c.taken += n;
        if (c.taken == c.request.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
        if (c.taken == c.request.size() && c.goes_on) *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
        return static_cast<ssize_t>(n);
    }

    static auto make_session(grpc_session& user) -> ::nghttp2_session* {
        ::nghttp2_session_callbacks* all = nullptr;
        if (::nghttp2_session_callbacks_new(&all) != 0) throw std::bad_alloc();
        ::nghttp2_session_callbacks_set_on_header_callback(all, &on_header);
        ::nghttp2_session_callbacks_set_on_data_chunk_recv_callback(all, &on_data);
        ::nghttp2_session_callbacks_set_on_frame_recv_callback(all, &on_frame);
        ::nghttp2_session_callbacks_set_on_stream_close_callback(all, &on_close);
        ::nghttp2_session_callbacks_set_on_frame_send_callback(all, &on_sent);
        ::nghttp2_session* out = nullptr;
        auto const failed = ::nghttp2_session_client_new(&out, all, &user);
        ::nghttp2_session_callbacks_del(all);
        if (failed != 0) throw std::bad_alloc();
        return out;
    }
};

BERTH_DECL auto grpc_session::closer::operator()(nghttp2_session* session) const -> void {
    ::nghttp2_session_del(session);
}

BERTH_DECL grpc_session::grpc_session(std::string_view scheme, std::string_view authority)
    : session_(callbacks::make_session(*this)), scheme_(scheme), authority_(authority) {
    auto const settings = std::array{
        ::nghttp2_settings_entry{NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
        ::nghttp2_settings_entry{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE,
                                 static_cast<std::uint32_t>(grpc_window)},
    };
    auto const told =
        ::nghttp2_submit_settings(session_.get(), NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    auto const widened =
        ::nghttp2_session_set_local_window_size(session_.get(), NGHTTP2_FLAG_NONE, 0, grpc_window);
    if (told != 0 || widened != 0) throw std::bad_alloc();
}

BERTH_DECL auto grpc_session::start(grpc_request const& request) -> void {
    call_ = call{};
    auto const size = request.message.size();
    call_.request.reserve(grpc_head + size);
    call_.request += '\0'; // not compressed
    for (auto const shift : {24U, 16U, 8U, 0U}) call_.request += static_cast<char>(size >> shift & 0xffU);
    call_.request += request.message;
    call_.goes_on = request.goes_on;
    call_.ended = false;
    auto headers = std::vector<::nghttp2_nv>();
    auto const add = [&](std::string_view name, std::string_view value) {
        auto const bytes = [](std::string_view text) {
            return const_cast<std::uint8_t*>(reinterpret_cast<std::uint8_t const*>(text.data()));
        };
        headers.push_back({bytes(name), bytes(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    };
    add(":method", "POST");
    add(":scheme", scheme_);
    add(":path", request.method);
    add(":authority", authority_);
    add("content-type", "application/grpc");
    add("te", "trailers");
    if (!request.token.empty()) add("token", request.token);
    if (request.needs_leader) add("hasleader", "true");
    auto body = ::nghttp2_data_provider{};
    body.source.ptr = &call_;
    body.read_callback = &callbacks::read_request;
    auto const stream = closed_ ? -1
                                : ::nghttp2_submit_request(session_.get(), nullptr, headers.data(),
                                                           headers.size(), &body, nullptr);
    if (stream < 0) return break_off("the connection takes no more calls");
    call_.stream = stream;
}

BERTH_DECL auto grpc_session::is_usable() const -> bool {
    return !closed_ && ::nghttp2_session_check_request_allowed(session_.get()) != 0;
}

BERTH_DECL auto grpc_session::pending() -> std::string_view {
    if (gone_ == outgoing_.size()) {
        outgoing_.clear();
        gone_ = 0;
        fill();
    }
    return std::string_view(outgoing_).substr(gone_);
}

BERTH_DECL auto grpc_session::sent(std::size_t bytes) -> void {
    gone_ += bytes;
    left_ += bytes;
}

BERTH_DECL auto grpc_session::fill() -> void {
    for (;;) {
        std::uint8_t const* bytes = nullptr;
        auto const n = ::nghttp2_session_mem_send(session_.get(), &bytes);
        if (n < 0) return close(::nghttp2_strerror(static_cast<int>(n)));
        if (n == 0) break;
        outgoing_ += callbacks::text(bytes, static_cast<std::size_t>(n));
        filled_ += static_cast<std::size_t>(n);
        if (call_.is_whole && call_.end == 0) call_.end = filled_;
    }
    // After a word of farewell, of either side, with no call under way.
    if (::nghttp2_session_want_read(session_.get()) == 0)
        close("the server does not speak HTTP/2 as it should");
}

BERTH_DECL auto grpc_session::receive(std::string_view bytes) -> void {
    if (closed_) return;
    auto const n = ::nghttp2_session_mem_recv(
        session_.get(), reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
    if (n < 0) return close(::nghttp2_strerror(static_cast<int>(n)));
}

BERTH_DECL auto grpc_session::close(std::string_view why) -> void {
    closed_ = true;
    if (!call_.ended) break_off(std::string(why));
}

BERTH_DECL auto grpc_session::take_message() -> std::optional<std::string> {
    if (call_.messages.empty()) return std::nullopt;
    auto out = std::move(call_.messages.front());
    call_.messages.pop_front();
    call_.backlog -= out.size();
    return out;
}

BERTH_DECL auto grpc_session::was_sent() const -> bool {
    return !call_.refused && call_.end != 0 && call_.end <= left_;
}

BERTH_DECL auto grpc_session::take_header(std::string_view name, std::string_view value) -> void {
    if (name == ":status") std::from_chars(value.data(), value.data() + value.size(), call_.http_status);
    else if (name == "grpc-status") call_.code = value;
    else if (name == "grpc-message") call_.reason = value;
}

BERTH_DECL auto grpc_session::take_data(std::string_view bytes) -> void {
    while (!bytes.empty() && !call_.ended && call_.http_status == 200) {
        if (call_.head.size() < grpc_head) {
            auto const n = std::min(grpc_head - call_.head.size(), bytes.size());
            call_.head += bytes.substr(0, n);
            bytes.remove_prefix(n);
            if (call_.head.size() < grpc_head) return;
            call_.wanted = 0;
            for (auto const c : call_.head.substr(1))
                call_.wanted = call_.wanted << 8U | static_cast<unsigned char>(c);
            if (call_.head.front() != 0) return give_up("an answer is compressed, which nobody asked for");
            if (call_.backlog + call_.wanted > greatest_backlog) return give_up("an answer is too long");
        }
        auto const n = std::min(call_.wanted - call_.body.size(), bytes.size());
        call_.body += bytes.substr(0, n);
        bytes.remove_prefix(n);
        if (call_.body.size() < call_.wanted) return;
        call_.backlog += call_.body.size();
        call_.messages.push_back(std::exchange(call_.body, {}));
        call_.head.clear();
    }
}

BERTH_DECL auto grpc_session::end_call() -> void {
    auto& c = call_;
    if (c.ended) return;
    if (!c.code.empty()) {
        auto status = grpc_status{grpc_unknown, percent_decoded(c.reason)};
        auto const end = c.code.data() + c.code.size();
        if (std::from_chars(c.code.data(), end, status.code).ptr != end) status.code = grpc_unknown;
        c.status = std::move(status);
    } else if (c.http_status != 200) {
        c.status = {c.http_status >= 500 ? grpc_unavailable : grpc_unimplemented,
                    "etcd answered HTTP " + std::to_string(c.http_status)};
    } else {
        c.why = "the answer has no status";
    }
    c.ended = true;
    if (::nghttp2_session_get_stream_local_close(session_.get(), c.stream) == 0)
        ::nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, c.stream, NGHTTP2_NO_ERROR);
}

BERTH_DECL auto grpc_session::break_off(std::string why) -> void {
    call_.ended = true;
    call_.why = std::move(why);
}

BERTH_DECL auto grpc_session::give_up(std::string why) -> void {
    ::nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, call_.stream, NGHTTP2_CANCEL);
    break_off(std::move(why));
}

BERTH_DECL auto percent_decoded(std::string_view text) -> std::string {
    auto out = std::string();
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto byte = 0U;
        auto const* const digits = text.data() + i + 1;
        if (text[i] == '%' && text.size() - i > 2 &&
            std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            out += static_cast<char>(static_cast<unsigned char>(byte));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

} // namespace berth::store::detail
