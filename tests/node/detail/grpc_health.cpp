/// \file
/// The gRPC health protocol, byte by byte.

#include <berth/node/detail/grpc_health.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace berth;
using node::detail::grpc_health_exchange;
using namespace std::string_literals;

namespace {

constexpr auto end_stream = 1;
constexpr auto end_headers = 4;

auto frame(int type, int flags, int stream, std::string const& payload) -> std::string {
    auto out = std::string();
    for (auto const shift : {16, 8, 0}) out += static_cast<char>(payload.size() >> shift & 0xff);
    out += static_cast<char>(type);
    out += static_cast<char>(flags);
    out += "\0\0\0"s + static_cast<char>(stream);
    return out + payload;
}
auto message(std::string const& body) -> std::string {
    return "\0\0\0\0"s + static_cast<char>(body.size()) + body;
}
auto answer(std::string const& body) -> std::string {
    return frame(4, 0, 0, "") + frame(1, end_headers, 1, "\x88") + frame(0, 0, 1, message(body)) +
           frame(1, end_headers | end_stream, 1, "\x88");
}

/// What becomes of bytes that come in pieces of a size.
auto verdict(std::string const& bytes, std::size_t piece = 1'000'000) -> std::string {
    auto exchange = grpc_health_exchange("127.0.0.1:1", "");
    for (std::size_t at = 0; at < bytes.size(); at += piece) exchange.receive(bytes.substr(at, piece));
    if (!exchange.outcome()) return "waits";
    return (exchange.outcome()->healthy ? "healthy: " : "not: ") + exchange.outcome()->reason;
}

} // namespace

TEST_CASE("the question is a whole request of HTTP/2") {
    auto exchange = grpc_health_exchange("127.0.0.1:9555", "web");
    auto const sent = std::string(exchange.pending());
    auto const headers = "\x83\x86\x04\x1c/grpc.health.v1.Health/Check"
                         "\x01\x0e"
                         "127.0.0.1:9555\x0f\x10\x10"
                         "application/grpc\x0f\x2b\x0fkube-probe/1.36"s
                         "\0\x02te\x08trailers"s;
    CHECK(sent == "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, "") +
                      frame(1, end_headers, 1, headers) + frame(0, end_stream, 1, message("\x0a\x03web")));
    exchange.sent(24);
    CHECK(exchange.pending() == sent.substr(24));
}

TEST_CASE("a long name is given with its length in several bytes") {
    auto const exchange = grpc_health_exchange("h", std::string(300, 's'));
    auto const sent = std::string(exchange.pending());
    CHECK(sent.substr(sent.size() - 303, 3) == "\x0a\xac\x02");
}

TEST_CASE("SERVING is healthy, everything else is not; in whatever pieces it comes") {
    for (auto const piece : {1U, 2U, 7U, 10'000U}) {
        CHECK(verdict(answer("\x08\x01"), piece) == "healthy: service healthy");
        CHECK(verdict(answer("\x08\x02"), piece) ==
              "not: service unhealthy (responded with \"NOT_SERVING\")");
        CHECK(verdict(answer(""), piece) == "not: service unhealthy (responded with \"UNKNOWN\")");
        CHECK(verdict(answer("\x12\x02zz\x08\x03"), piece) ==
              "not: service unhealthy (responded with \"SERVICE_UNKNOWN\")");
    }
    CHECK(verdict(frame(0, 8, 1, "\x02" + message("\x08\x01") + "pp")) ==
          "healthy: service healthy"); // padded
    CHECK(verdict(answer("\x08\x01").substr(0, 20)) == "waits");
}

TEST_CASE("settings and pings are acknowledged") {
    auto exchange = grpc_health_exchange("h", "");
    exchange.sent(exchange.pending().size());
    exchange.receive(frame(4, 0, 0, "\0\3\0\0\0\x64"s) + frame(6, 0, 0, "12345678") + frame(4, 1, 0, "") +
                     frame(6, 1, 0, "87654321") + frame(8, 0, 0, "\0\0\1\0"s));
    CHECK(exchange.pending() == frame(4, 1, 0, "") + frame(6, 1, 0, "12345678"));
    CHECK(!exchange.outcome());
    for (auto n = 0; n < 1000; ++n) exchange.receive(frame(6, 0, 0, "12345678")); // never sent: it must end
    CHECK(exchange.outcome());
}

TEST_CASE("whatever ends the exchange without an answer is a failure, with a reason") {
    auto const starts = [](std::string const& text, std::string_view with) { return text.starts_with(with); };
    constexpr auto failed = std::string_view("not: error: health rpc probe failed: ");
    CHECK(starts(verdict(frame(1, end_headers | end_stream, 1, "\x88")), failed)); // a status alone
    CHECK(starts(verdict(frame(3, 0, 1, "\0\0\0\1"s)), failed));
    CHECK(starts(verdict(frame(7, 0, 0, "\0\0\0\0\0\0\0\0"s)), failed));
    CHECK(starts(verdict("HTTP/1.1 400 Bad Request\r\n\r\n"), failed));
    CHECK(starts(verdict(frame(0, 0, 1, "\1\0\0\0\2\x08\1"s)), failed)); // compressed
    CHECK(starts(verdict(answer("\x0f")), failed));
    CHECK(starts(verdict(answer("\x0a\x7f")), failed));
    CHECK(starts(verdict(frame(0, 0, 1, std::string(5'000, 'x'))), failed));
    CHECK(verdict(frame(3, 0, 3, "\0\0\0\1"s)) == "waits"); // of another stream
    auto closed = grpc_health_exchange("h", "");
    closed.close();
    CHECK(!closed.outcome()->healthy);
}
