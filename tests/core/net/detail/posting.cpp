/// \file
/// POSTs to servers whose names must be found first.

#include <berth/core/net/detail/posting.hpp>

#include <catch2/catch_test_macros.hpp>

#include <latch>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

using namespace berth;

TEST_CASE("the look-up of a name is part of the patience, and a stop ends it") {
    auto const q = net::post_request{.url = "http://guard.example:80",
                                     .dial = {},
                                     .body = "",
                                     .authorities = {},
                                     .patience = milliseconds(30)};
    auto const found_by = [](net::detail::address_finder const& find, net::post_request const& asked,
                             std::stop_token const& stop = {}) {
        return std::move(net::detail::post_all_by(find, std::span(&asked, 1), stop).front());
    };
    auto answer = std::make_shared<std::latch>(1);
    auto asked = std::make_shared<std::latch>(2);
    auto const stuck = [=](std::string const&, std::string const&, boost::system::error_code&) {
        asked->count_down();
        answer->wait();
        return net::detail::found_addresses();
    };
    auto const late = found_by(stuck, q);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == error_code::timeout);
    CHECK(late.error().message == "context deadline exceeded");

    auto patient = q;
    patient.patience = minutes(60);
    auto stop = std::stop_source();
    auto const stopper = std::jthread([&] {
        asked->wait();
        stop.request_stop();
    });
    CHECK(found_by(stuck, patient, stop.get_token()).error().message == "context canceled");
    answer->count_down();

    auto const unknown = found_by(
        [](std::string const&, std::string const&, boost::system::error_code& why_not) {
            why_not = boost::asio::error::host_not_found;
            return net::detail::found_addresses();
        },
        patient);
    CHECK(unknown.error().code == error_code::unavailable);
    CHECK(unknown.error().message == "dial tcp: lookup guard.example: no such host");
}
