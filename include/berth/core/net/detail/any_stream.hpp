#pragma once

/// \file
/// TCP, and TLS over it, as one stream of bytes whose operations are compiled once: what is called at the end
/// of one has lost its type, so that no caller brings the whole chain of operations below with it.

#include <berth/core/config.hpp>
#include <berth/core/net/detail/name_search.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <utility>

namespace berth::net::detail {

/// Called when an operation is done: why it failed, if it did; and how many bytes went.
using done_steps = std::move_only_function<void(boost::system::error_code)>;
using done_bytes = std::move_only_function<void(boost::system::error_code, std::size_t)>;

/// What goes in one write: as many buffers as Asio gives the system at once.
class bytes_to_write {
public:
    using value_type = boost::asio::const_buffer;
    using const_iterator = value_type const*;

    template <class Buffers> explicit bytes_to_write(Buffers const& all) {
        auto const end = boost::asio::buffer_sequence_end(all);
        for (auto b = boost::asio::buffer_sequence_begin(all); b != end && size_ < most; ++b)
            all_[size_++] = value_type(*b);
    }
    [[nodiscard]] auto begin() const -> const_iterator { return all_.data(); }
    [[nodiscard]] auto end() const -> const_iterator { return all_.data() + size_; }

private:
    static constexpr auto most = std::size_t{64};

    std::array<value_type, most> all_;
    std::size_t size_ = 0;
};

/// Bytes to another side and from it, for Asio's and Beast's operations over streams.
class any_stream {
public:
    using executor_type = boost::asio::any_io_executor;
    using lowest_layer_type = any_stream;

    any_stream() = default;
    any_stream(any_stream const&) = delete;
    auto operator=(any_stream const&) -> any_stream& = delete;
    virtual ~any_stream() = default;

    [[nodiscard]] virtual auto get_executor() -> executor_type = 0;
    [[nodiscard]] auto lowest_layer() -> any_stream& { return *this; }

    /// Reads into the first of the buffers that is not empty.
    template <class Buffers, class Done> auto async_read_some(Buffers const& to, Done&& done) -> void {
        auto const end = boost::asio::buffer_sequence_end(to);
        auto const first = std::find_if(boost::asio::buffer_sequence_begin(to), end,
                                        [](boost::asio::mutable_buffer const& b) { return b.size() != 0; });
        read(first == end ? boost::asio::mutable_buffer() : boost::asio::mutable_buffer(*first),
             done_bytes(std::forward<Done>(done)));
    }
    template <class Buffers, class Done> auto async_write_some(Buffers const& from, Done&& done) -> void {
        write(bytes_to_write(from), done_bytes(std::forward<Done>(done)));
    }

private:
    virtual auto read(boost::asio::mutable_buffer to, done_bytes done) -> void = 0;
    virtual auto write(bytes_to_write const& from, done_bytes done) -> void = 0;
};

/// A TCP connection.
class tcp_bytes final : public any_stream {
public:
    explicit tcp_bytes(boost::asio::io_context& io);

    [[nodiscard]] auto get_executor() -> executor_type override;
    [[nodiscard]] auto tcp() -> boost::beast::tcp_stream& { return tcp_; }
    auto connect(found_addresses const& to, done_steps done) -> void;

private:
    auto read(boost::asio::mutable_buffer to, done_bytes done) -> void override;
    auto write(bytes_to_write const& from, done_bytes done) -> void override;

    boost::beast::tcp_stream tcp_;
};

using tls_stream = boost::asio::ssl::stream<any_stream&>;

/// TLS over another stream, which must outlive it.
class tls_bytes final : public any_stream {
public:
    tls_bytes(any_stream& below, boost::asio::ssl::context& context);

    [[nodiscard]] auto get_executor() -> executor_type override;
    [[nodiscard]] auto tls() -> tls_stream& { return tls_; }
    /// As a client.
    auto shake_hands(done_steps done) -> void;

private:
    auto read(boost::asio::mutable_buffer to, done_bytes done) -> void override;
    auto write(bytes_to_write const& from, done_bytes done) -> void override;

    tls_stream tls_;
};

/// A TCP connection, or TLS over one.
class transport {
public:
    /// `context` is for TLS; without one there is none.
    transport(boost::asio::io_context& io, boost::asio::ssl::context* context) : plain_(io) {
        if (context != nullptr) secure_.emplace(plain_, *context);
    }
    [[nodiscard]] auto connection() -> tcp_bytes& { return plain_; }
    /// Nothing where bytes go as they are.
    [[nodiscard]] auto secure() -> tls_bytes* { return secure_ ? &*secure_ : nullptr; }
    [[nodiscard]] auto stream() -> any_stream& {
        if (secure_) return *secure_;
        return plain_;
    }

private:
    tcp_bytes plain_;
    std::optional<tls_bytes> secure_{};
};

} // namespace berth::net::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/detail/any_stream.ipp>
#endif
