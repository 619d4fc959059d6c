/// \file
/// The protocol: what happens on the wire whatever is answered.

#include "port.hpp"

#include <berth/api/http/listener.hpp>
#include <berth/api/http/wait.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <deque>
#include <future>

using namespace harbour;

namespace {

auto listen_on(std::string address) -> berth::result<void> {
    auto options = http::listen_options{};
    options.address = std::move(address);
    return http::listener([](http::request const&) { return http::answer(http::response{}); }, options)
        .open();
}

} // namespace

TEST_CASE("only loopback addresses are listened on") {
    CHECK(listen_on("127.0.0.1"));
    CHECK(listen_on("localhost"));
    CHECK(listen_on("127.8.8.8"));
    for (auto const* address : {"0.0.0.0", "192.0.2.1", "::", "example.com", ""}) {
        auto const refused = listen_on(address);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == berth::error_code::invalid);
    }
    CHECK(listen_on("0.0.0.0").error().message ==
          "refusing to listen on 0.0.0.0: this server has neither TLS nor authentication; use a loopback "
          "address, "
          "such as 127.0.0.1 or ::1");
}

TEST_CASE("a port that is taken is refused with a sentence") {
    auto const here = port();
    auto options = http::listen_options{};
    options.port = here.front.port();
    auto second =
        http::listener([](http::request const&) { return http::answer(http::response{}); }, options);
    auto const refused = second.open();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("cannot listen on 127.0.0.1:") == 0);
}

TEST_CASE("requests sent ahead are answered in order") {
    auto const here = port();
    auto c = here.connect();
    auto text = std::string();
    for (auto const* path : {"/healthz", "/version", "/nope", "/readyz"})
        text += client::text_of("GET", path, {}, {}, {});
    c.send(text);
    CHECK(c.receive().body == "ok");
    CHECK(c.receive().json().at("major").as_string() == "1");
    CHECK(c.receive().status == 404);
    CHECK(c.receive().body == "ok");
}

TEST_CASE("a head has the length of the body that it leaves out") {
    auto const here = port();
    auto c = here.connect();
    auto const head = c.call("HEAD", "/healthz");
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(c.call("GET", "/healthz").body == "ok");
}

TEST_CASE("a body above three mebibytes is refused and changes nothing") {
    auto const here = port();
    auto c = here.connect();
    auto const body =
        R"({"metadata":{"name":"a","annotations":{"x":")" + std::string(4U << 20U, 'x') + "\"}}}";
    auto const refused = c.call("POST", boats, body);
    CHECK(refused.status == 413);
    CHECK(refused.json().at("reason").as_string() == "RequestEntityTooLarge");
    CHECK(refused.message() == "Request entity too large: limit is 3145728");
    CHECK(here.connect().call("GET", boats).json().at("items").as_array().empty());
}

TEST_CASE("a chunked body above the limit is refused too") {
    auto const here = port();
    auto c = here.connect();
    c.send("POST /apis/harbour.io/v1/namespaces/bay/boats HTTP/1.1\r\nHost: localhost\r\n"
           "Transfer-Encoding: chunked\r\n\r\n");
    auto const chunk = "100000\r\n" + std::string(1U << 20U, ' ') + "\r\n";
    for (auto i = 0; i < 4; ++i) c.send(chunk);
    CHECK(c.receive().status == 413);
}

TEST_CASE("chunks come with few bytes beside the body, or are refused") {
    auto const here = port();
    constexpr auto head = "POST /apis/harbour.io/v1/namespaces/bay/boats HTTP/1.1\r\nHost: localhost\r\n"
                          "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    auto const many = std::string(200'000, 'x');
    auto small = std::string();
    for (auto i = 0; i < 2'000; ++i) small += "1;" + std::string(100, 'x') + "\r\n \r\n";
    for (auto const& framing : {"1;" + many, "0\r\nTrailer: " + many, std::string(200'000, '0'), small}) {
        INFO(framing.substr(0, 12));
        auto c = here.connect();
        c.send(head + framing);
        CHECK(c.receive().status == 431);
    }
    auto c = here.connect();
    auto text = std::string();
    for (auto const byte : boat_text("a") + std::string(20'000, ' '))
        (text += "1;x=y\r\n") += {byte, '\r', '\n'};
    c.send(head + text + "0\r\nTrailer: x\r\n\r\n");
    CHECK(c.receive().status == 201);
}

TEST_CASE("what is not HTTP gets a 400 and nothing breaks") {
    auto const here = port();
    for (auto const* garbage :
         {"\r\n\r\n\r\nfoo\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02",
          "GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"}) {
        auto c = here.connect();
        c.send(garbage);
        CHECK(c.receive().status == 400);
    }
    CHECK(here.connect().call("GET", "/healthz").body == "ok");
}

TEST_CASE("a client that waits for leave to send its body gets it") {
    auto const here = port();
    auto c = here.connect();
    auto const body = boat_text("a");
    c.send("POST /apis/harbour.io/v1/namespaces/bay/boats HTTP/1.1\r\nHost: localhost\r\n"
           "Expect: 100-continue\r\n"
           "Content-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n");
    CHECK(c.receive().status == 100);
    c.send(body);
    CHECK(c.receive().status == 201);
}

TEST_CASE("a client that sends half a request does not keep others waiting") {
    auto const here = port();
    auto slow = here.connect();
    slow.send("GET /healthz HT");
    CHECK(here.connect().call("GET", "/healthz").body == "ok");
    slow.send("TP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(slow.receive().body == "ok");
}

TEST_CASE("a client that reads nothing of its watch does not keep writers waiting") {
    auto const here = port();
    auto lazy = here.connect();
    lazy.send(client::text_of("GET", std::string(boats) + "?watch=true", {}, {}, {}));
    auto c = here.connect();
    auto const big = R"({"metadata":{"name":"b%","annotations":{"x":")" + std::string(200'000, 'x') + "\"}}}";
    for (auto i = 0; i < 50; ++i) {
        auto body = big;
        body.replace(body.find('%'), 1, std::to_string(i));
        REQUIRE(c.call("POST", boats, body).status == 201);
    }
}

TEST_CASE("stopping ends watches and lets the threads go") {
    auto here = port();
    auto w = here.connect();
    w.watch(std::string(boats) + "?watch=true");
    auto const began = std::chrono::steady_clock::now();
    here.front.stop();
    CHECK(w.line().empty());
    here.thread.join();
    CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(3));
}

TEST_CASE("more connections than allowed are closed at once") {
    auto options = http::server_options{};
    options.listen.max_connections = 2;
    auto const here = port(std::move(options));
    auto a = here.connect();
    auto b = here.connect();
    CHECK(a.call("GET", "/healthz").status == 200);
    CHECK(b.call("GET", "/healthz").status == 200);
    auto c = here.connect();
    CHECK_THROWS(c.call("GET", "/healthz"));
    CHECK(a.call("GET", "/healthz").status == 200);
}

TEST_CASE("several threads may run one server") {
    auto here = port();
    auto const second = std::jthread([&] { here.front.run(); });
    auto w = here.connect();
    w.watch(std::string(boats) + "?watch=true&resourceVersion=1");
    auto writers = std::vector<std::jthread>();
    for (auto n = 0; n < 4; ++n)
        writers.emplace_back([&here, n] {
            auto c = here.connect();
            for (auto i = 0; i < 25; ++i) {
                auto const name = "b" + std::to_string(n) + "-" + std::to_string(i);
                c.call("POST", boats, boat_text(name));
                c.call("GET", std::string(boats) + "/" + name);
            }
        });
    auto last = std::int64_t{0};
    for (auto i = 0; i < 100; ++i) {
        auto const event = boost::json::parse(w.line());
        auto const rev =
            std::stoll(std::string(event.at_pointer("/object/metadata/resourceVersion").as_string()));
        CHECK(rev > last);
        last = rev;
    }
    writers.clear();
    here.front.stop();
}

TEST_CASE("web pages are turned away, whatever they were made to call this machine") {
    auto const here = port();
    auto c = here.connect();
    c.send("GET /healthz HTTP/1.1\r\nHost: harbour.example.com\r\n\r\n");
    CHECK(c.receive().status == 421);
    auto const body = boat_text("a");
    c.send("POST " + std::string(boats) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://example.com\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    CHECK(c.receive().status == 403);
    CHECK(c.call("GET", boats).json().at("items").as_array().empty());
}

TEST_CASE("a request that waits stops no other, however many wait on one thread") {
    auto gate = std::promise<void>();
    auto const opened = gate.get_future().share();
    auto waiting = std::atomic<int>(0);
    auto options = http::listen_options{};
    options.max_waiting = 3;
    auto front = http::listener(
        [&](http::request const& q) {
            if (q.path == "/slow") {
                auto const place = http::wait_place::take(q);
                if (!place) return http::answer(http::failure(place.error()));
                ++waiting;
                opened.wait();
            }
            return http::answer(http::text_response(200, "done"));
        },
        options);
    REQUIRE(front.open());
    auto const runner = std::jthread([&](std::stop_token const& stop) { front.run(stop); });
    auto slow = std::deque<client>();
    for (auto i = 0; i < 3; ++i) {
        slow.emplace_back(front.port()).send(client::text_of("GET", "/slow", {}, {}, {}));
        while (waiting <= i) std::this_thread::yield();
    }
    auto other = client(front.port());
    other.send(client::text_of("GET", "/quick", {}, {}, {}));
    CHECK(other.receive().status == 200); // though three wait
    other.send(client::text_of("GET", "/slow", {}, {}, {}));
    auto const refused = other.receive();
    CHECK(refused.status == 429);
    CHECK(refused.message() == "too many requests wait already");
    gate.set_value();
    for (auto& c : slow) CHECK(c.receive().body == "done");
}
