/// \file
/// Who waits for sockets is told once, when there is something to read.

#include <berth/core/descriptor.hpp>
#include <berth/core/net/readiness.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

using namespace berth;

namespace {

/// Two ends of a socket.
struct line {
    descriptor here;
    descriptor there;

    line() {
        int ends[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
        here = descriptor(ends[0]);
        there = descriptor(ends[1]);
    }
    auto send() const -> void { REQUIRE(::write(there.get(), "x", 1) == 1); }
    auto drain() const -> void {
        char byte;
        while (::read(here.get(), &byte, 1) == 1) {}
    }
};

/// Counts calls.
struct bell {
    std::atomic<int> rung = 0;

    auto wake() -> waker {
        return {[](void* b) { ++static_cast<bell*>(b)->rung; }, this};
    }
    auto wait(int count) const -> bool {
        for (auto n = 0; n < 2000 && rung < count; ++n)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return rung >= count;
    }
};

auto a_moment() -> void { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

} // namespace

TEST_CASE("what arrives after a socket was armed is told once, to its own and to all") {
    auto l = line();
    auto r = net::readiness();
    auto t = net::readiness::ticket(r, l.here.get());
    auto mine = bell();
    auto all = bell();
    auto const to_me = t.ready().subscribe(mine.wake());
    auto const to_all = r.any().subscribe(all.wake());
    l.send();
    a_moment();
    CHECK(mine.rung == 0); // not armed
    t.arm();
    CHECK(mine.wait(1));
    CHECK(all.wait(1));
    l.send();
    a_moment();
    CHECK(mine.rung == 1);
    l.drain();
    t.arm();
    a_moment();
    CHECK(mine.rung == 1);
    l.send();
    CHECK(mine.wait(2));
}

TEST_CASE("the end of the other side is something to read") {
    auto l = line();
    auto r = net::readiness();
    auto t = net::readiness::ticket(r, l.here.get());
    auto mine = bell();
    auto const to_me = t.ready().subscribe(mine.wake());
    t.arm();
    l.there.close();
    CHECK(mine.wait(1));
}

TEST_CASE("a ticket may move, and go before or after its socket has spoken") {
    auto l = line();
    auto m = line();
    auto r = net::readiness();
    auto mine = bell();
    auto kept = net::readiness::ticket();
    {
        auto t = net::readiness::ticket(r, l.here.get());
        kept = std::move(t);
    }
    auto other = std::make_optional<net::readiness::ticket>(r, m.here.get());
    auto const to_me = kept.ready().subscribe(mine.wake());
    kept.arm();
    other->arm();
    other.reset();
    m.send();
    l.send();
    CHECK(mine.wait(1));
}

TEST_CASE("many sockets are told of by one thread") {
    auto lines = std::vector<line>(40);
    auto r = net::readiness();
    auto tickets = std::vector<net::readiness::ticket>();
    auto mine = bell();
    auto subscriptions = std::vector<wake_signal::subscription>();
    for (auto const& l : lines) {
        auto& t = tickets.emplace_back(r, l.here.get());
        subscriptions.push_back(t.ready().subscribe(mine.wake()));
        t.arm();
    }
    for (auto const& l : lines) l.send();
    CHECK(mine.wait(40));
    a_moment();
    CHECK(mine.rung == 40);
}
