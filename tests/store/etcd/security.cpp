/// \file
/// Users and certificates.

#include "server.hpp"
#include "words.hpp"

#include <berth/store/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

using namespace berth;
using namespace berth::store::testing;

namespace {

/// Certificates for 127.0.0.1, made now.
struct certificates {
    tests::folder folder{};

    certificates() {
        auto const make = [&](std::string const& command) {
            auto const all = "cd " + folder.path() + " && openssl " + command + " >/dev/null 2>&1";
            if (std::system(all.c_str()) != 0)
                throw std::runtime_error("openssl cannot make certificates: " + command);
        };
        make("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=tests-ca -keyout ca.key -out ca.pem");
        make("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other-ca -keyout other.key -out other.pem");
        make("req -newkey rsa:2048 -nodes -subj /CN=member -keyout member.key -out member.csr");
        auto const names = folder / "names";
        std::ofstream{names} << "subjectAltName=IP:127.0.0.1,DNS:localhost\n";
        make("x509 -req -days 2 -in member.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names "
             "-out member.pem");
    }
    [[nodiscard]] auto file(std::string_view name) const -> std::string { return folder / name; }
};

auto allow(etcd_server& server, std::string_view path, std::string_view body) -> void {
    auto const answer = server.post(path, body);
    INFO(path << " " << body << ": " << answer);
    REQUIRE(answer.find("HTTP/1.1 200") == 0);
}

/// A root user, and one who may use keys that begin with "app/" ("YXBwLw==" to "YXBwMA==").
auto with_users(etcd_server& server) -> void {
    allow(server, "/v3/auth/user/add", R"({"name":"root","password":"secret"})");
    allow(server, "/v3/auth/role/add", R"({"name":"root"})");
    allow(server, "/v3/auth/user/grant", R"({"user":"root","role":"root"})");
    allow(server, "/v3/auth/user/add", R"({"name":"app","password":"with \" quote"})");
    allow(server, "/v3/auth/role/add", R"({"name":"app"})");
    allow(server, "/v3/auth/role/grant",
          R"({"name":"app","perm":{"permType":"READWRITE","key":"YXBwLw==","range_end":"YXBwMA=="}})");
    allow(server, "/v3/auth/user/grant", R"({"user":"app","role":"app"})");
    allow(server, "/v3/auth/enable", "{}");
}

} // namespace

TEST_CASE("a user is authenticated, and may do what is allowed", "[store][etcd]") {
    auto server = etcd_server{};
    with_users(server);
    CHECK(store::etcd::connect({.endpoints = {server.url()}}).error().code == error_code::unauthorized);
    auto options = store::etcd_options{.endpoints = {server.url()}, .user = "root", .password = "wrong"};
    CHECK(store::etcd::connect(options).error().code == error_code::unauthorized);
    options.password = "secret";
    auto s = connected(options);
    auto c = s.watch(watch_everything()).value();
    REQUIRE(store::put(s, "other", "1"));
    CHECK(c.next()->size() == 1);

    auto app = connected(
        {.endpoints = {server.url()}, .user = "app", .password = "with \" quote", .watch_root = "app/"});
    REQUIRE(store::put(app, "app/a", "1"));
    CHECK(store::put(app, "other", "1").error().code == error_code::forbidden);
    CHECK(store::get(app, "other").error().code == error_code::forbidden);
    auto below = app.watch({.key = "app/", .range_end = "app0"}).value();
    REQUIRE(store::put(app, "app/a", "2"));
    CHECK(below.next()->size() == 1);
}

TEST_CASE("a token that was forgotten is renewed once, also in a batch and for a watch", "[store][etcd]") {
    auto server = etcd_server{};
    with_users(server);
    auto s = connected(
        {.endpoints = {server.url()}, .user = "root", .password = "secret", .deadline = seconds(20)});
    auto c = s.watch(watch_everything()).value();
    server.restart(); // simple tokens are kept in memory only
    REQUIRE(store::put(s, "a", "1"));
    server.restart();
    auto const batch = std::vector{only_put("b", "1"), only_put("c", "1"), only_put("d", "1")};
    for (auto const& done : s.commit(batch)) CHECK(done.has_value());
    server.restart();
    CHECK(revisions_until(c, 5) == std::vector<store::revision_number>{2, 3, 4, 5});
}

TEST_CASE("servers are verified by the certificate that was given", "[store][etcd]") {
    auto const made = certificates{};
    auto const setup = [&](bool asks_clients) {
        auto out = etcd_setup{.scheme = "https"};
        out.arguments = {"--cert-file", made.file("member.pem"), "--key-file", made.file("member.key")};
        if (asks_clients) {
            out.arguments.insert(out.arguments.end(),
                                 {"--client-cert-auth", "--trusted-ca-file", made.file("ca.pem")});
        }
        return out;
    };
    auto server = etcd_server{setup(false)};
    auto s = connected({.endpoints = {server.url()}, .tls = {.ca_file = made.file("ca.pem")}});
    auto c = s.watch(watch_everything()).value();
    auto batch = std::vector<etcd_txn>{};
    for (auto i = 0; i < 200; ++i)
        batch.push_back(only_put("k" + std::to_string(i), std::string(2'000, 'x')));
    for (auto const& done : s.commit(batch)) REQUIRE(done);
    CHECK(are_consecutive(revisions_until(c, 201), 2));

    auto const stranger =
        store::etcd::connect({.endpoints = {server.url()}, .tls = {.ca_file = made.file("other.pem")}});
    REQUIRE(!stranger);
    CHECK(stranger.error().code == error_code::unavailable);
    CHECK(stranger.error().message.find("certificate") != std::string::npos);
    CHECK(store::etcd::connect({.endpoints = {server.url()}, .tls = {.ca_file = "/nowhere"}}).error().code ==
          error_code::bad_request);
    auto const renamed = "https://localhost:" + std::to_string(server.port());
    CHECK(
        store::etcd::connect({.endpoints = {renamed}, .tls = {.ca_file = made.file("ca.pem")}}).has_value());

    auto strict = etcd_server{setup(true)};
    CHECK(!store::etcd::connect({.endpoints = {strict.url()}, .tls = {.ca_file = made.file("ca.pem")}}));
    auto known = connected({.endpoints = {strict.url()},
                            .tls = {.ca_file = made.file("ca.pem"),
                                    .cert_file = made.file("member.pem"),
                                    .key_file = made.file("member.key")}});
    CHECK(store::put(known, "a", "1").has_value());
}
