#include <berth/core/net/detail/any_stream.hpp>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <vector>

namespace asio = boost::asio;
using berth::net::detail::bytes_to_write;
using berth::net::detail::transport;

namespace {

/// Two ends of a connection over loopback, the first of which is a transport.
struct two_ends {
    asio::io_context io{1};
    transport near{io, nullptr};
    asio::ip::tcp::socket far{io};

    two_ends() {
        auto door = asio::ip::tcp::acceptor(io, {asio::ip::address_v4::loopback(), 0});
        near.connection().tcp().socket().connect(door.local_endpoint());
        door.accept(far);
    }
    auto run() -> void {
        io.restart();
        io.run();
    }
};

} // namespace

TEST_CASE("a write takes as many buffers as Asio gives the system at once") {
    auto const text = std::string("x");
    auto const many = std::vector<asio::const_buffer>(100, asio::buffer(text));
    auto const taken = bytes_to_write(many);
    CHECK(asio::buffer_size(taken) == 64);
    CHECK(asio::buffer_size(bytes_to_write(asio::buffer(text))) == 1);
}

TEST_CASE("many buffers arrive in their order, and what is told at the end is theirs") {
    auto ends = two_ends();
    auto texts = std::vector<std::string>();
    auto all = std::string();
    for (auto i = 0; i < 100; ++i) all += texts.emplace_back("message " + std::to_string(i) + "\n");
    auto buffers = std::vector<asio::const_buffer>();
    for (auto const& t : texts) buffers.push_back(asio::buffer(t));

    auto sent = std::size_t{0};
    asio::async_write(ends.near.stream(), buffers,
                      [&](boost::system::error_code ec, std::size_t n) { sent = ec ? 0 : n; });
    auto came = std::string(all.size(), ' ');
    asio::async_read(ends.far, asio::buffer(came), [](boost::system::error_code, std::size_t) {});
    ends.run();
    CHECK(sent == all.size());
    CHECK(came == all);
}

TEST_CASE("a read fills the first buffer that has room") {
    auto ends = two_ends();
    asio::write(ends.far, asio::buffer(std::string("ab")));
    auto into = std::array<char, 8>{};
    auto const buffers = std::array<asio::mutable_buffer, 2>{asio::mutable_buffer(), asio::buffer(into)};
    auto came = std::size_t{0};
    ends.near.stream().async_read_some(buffers, [&](boost::system::error_code, std::size_t n) { came = n; });
    ends.run();
    CHECK(came == 2);
    CHECK(std::string(into.data(), came) == "ab");
}

TEST_CASE("a connection that the other side closes ends a read") {
    auto ends = two_ends();
    ends.far.close();
    auto into = std::array<char, 8>{};
    auto why = boost::system::error_code();
    ends.near.stream().async_read_some(asio::buffer(into),
                                       [&](boost::system::error_code ec, std::size_t) { why = ec; });
    ends.run();
    CHECK(why == asio::error::eof);
}
