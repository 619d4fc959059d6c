/// \file
/// The look-up of a name: what is found, and who waits no longer.

#include <berth/core/net/detail/name_search.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <latch>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace berth::net::detail;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

auto some_address() -> boost::asio::ip::tcp::endpoint { return {boost::asio::ip::address_v4::loopback(), 7}; }

/// What a search tells, and how often.
struct ear {
    int told = 0;
    error_code why_not = {};
    found_addresses found = {};

    auto teller() -> name_search::teller {
        return [this](error_code ec, found_addresses all) {
            ++told;
            why_not = ec;
            found = std::move(all);
        };
    }
};

auto later(std::chrono::milliseconds by) -> steady_clock::time_point { return steady_clock::now() + by; }

constexpr auto an_hour = std::chrono::hours(1);

} // namespace

TEST_CASE("a name is looked up, and what was found is told once") {
    auto io = boost::asio::io_context(1);
    auto asked = std::string();
    auto heard = ear();
    auto search = name_search(io, [&](std::string const& host, std::string const& port, error_code&) {
        asked = host + ":" + port;
        return found_addresses::create(some_address(), host, port);
    });
    search.start("guard.shop.svc", "443", later(an_hour), heard.teller());
    CHECK(heard.told == 0);
    io.run();
    CHECK(asked == "guard.shop.svc:443");
    CHECK(heard.told == 1);
    CHECK_FALSE(heard.why_not);
    REQUIRE(heard.found.size() == 1);
    CHECK(heard.found.begin()->endpoint() == some_address());
}

TEST_CASE("an address is no name: nobody is asked") {
    for (auto const* const host : {"10.1.2.3", "::1"}) {
        auto io = boost::asio::io_context(1);
        auto heard = ear();
        auto asked = false;
        auto search = name_search(io, [&](std::string const&, std::string const&, error_code&) {
            asked = true;
            return found_addresses();
        });
        search.start(host, "80", later(an_hour), heard.teller());
        io.run();
        CHECK_FALSE(asked);
        CHECK(heard.told == 1);
        REQUIRE(heard.found.size() == 1);
        CHECK(heard.found.begin()->endpoint().address() == boost::asio::ip::make_address(host));
        CHECK(heard.found.begin()->endpoint().port() == 80);
    }
}

TEST_CASE("the system knows this machine, and names that cannot be are told") {
    auto why_not = error_code();
    CHECK_FALSE(system_addresses("localhost", "80", why_not).empty());
    CHECK_FALSE(why_not);
    CHECK(system_addresses("two..dots", "80", why_not).empty());
    CHECK(why_not);
}

TEST_CASE("whoever waits in vain for a name goes on, while the resolver still looks") {
    auto answer = std::latch(1);
    auto ended = std::make_shared<std::latch>(1);
    auto const stuck = [&answer, ended](std::string const& host, std::string const& port, error_code&) {
        answer.wait();
        ended->count_down();
        return found_addresses::create(some_address(), host, port);
    };
    SECTION("after the deadline") {
        auto io = boost::asio::io_context(1);
        auto heard = ear();
        auto search = name_search(io, stuck);
        search.start("slow", "80", later(std::chrono::milliseconds(20)), heard.teller());
        io.run();
        CHECK(heard.why_not == boost::asio::error::timed_out);
        CHECK(heard.told == 1);
        answer.count_down();
        ended->wait();
        io.restart();
        io.poll();
        CHECK(heard.told == 1); // what comes too late is for nobody
    }
    SECTION("when it is cancelled") {
        auto io = boost::asio::io_context(1);
        auto heard = ear();
        auto search = name_search(io, stuck);
        search.start("slow", "80", later(an_hour), heard.teller());
        search.cancel();
        io.run();
        CHECK(heard.why_not == boost::asio::error::operation_aborted);
        CHECK(heard.told == 1);
        answer.count_down();
        ended->wait();
    }
    SECTION("and when it is gone, with its context") {
        auto heard = ear();
        {
            auto io = boost::asio::io_context(1);
            auto search = name_search(io, stuck);
            search.start("slow", "80", later(an_hour), heard.teller());
        }
        answer.count_down();
        ended->wait();
        CHECK(heard.told == 0);
    }
}

TEST_CASE("a search can be done again, also from what it tells") {
    auto io = boost::asio::io_context(1);
    auto names = std::vector<std::string>();
    auto search = name_search(io, [](std::string const& host, std::string const& port, error_code& why_not) {
        if (host == "unknown") why_not = boost::asio::error::host_not_found;
        return why_not ? found_addresses() : found_addresses::create(some_address(), host, port);
    });
    search.start("unknown", "80", later(an_hour), [&](error_code why_not, found_addresses) {
        CHECK(why_not == boost::asio::error::host_not_found);
        search.start("known", "80", later(an_hour), [&](error_code failed, found_addresses found) {
            CHECK_FALSE(failed);
            for (auto const& one : found) names.push_back(one.host_name());
        });
    });
    io.run();
    CHECK(names == std::vector<std::string>{"known"});
}
