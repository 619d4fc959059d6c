/// \file
/// What a client knows of an etcd without asking: it only grows, and news wake who has looked.

#include <berth/store/etcd/knowledge.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <thread>

using namespace berth;
using store::detail::etcd_knowledge;

namespace {

struct sleeper {
    int calls = 0;
    auto waker_of() -> waker {
        return {[](void* p) { ++static_cast<sleeper*>(p)->calls; }, this};
    }
};

} // namespace

TEST_CASE("answers that come late do not take back what is known", "[store][etcd]") {
    auto k = etcd_knowledge();
    CHECK(k.revision() == 1);
    CHECK(k.compacted() == 0);
    CHECK(k.rooted() == 0);
    k.saw(7);
    k.saw(5);
    k.saw_compacted(3);
    k.saw_compacted(2);
    k.saw_rooted(6);
    k.saw_rooted(4);
    CHECK(k.revision() == 7);
    CHECK(k.compacted() == 3);
    CHECK(k.rooted() == 6);
    k.saw(0);
    CHECK(k.revision() == 7);
}

TEST_CASE("of several threads that raise a number the greatest wins", "[store][etcd]") {
    auto number = std::atomic<store::revision_number>(0);
    {
        auto threads = std::array<std::jthread, 4>();
        for (int t = 0; t < 4; ++t)
            threads[static_cast<std::size_t>(t)] = std::jthread([&number, t] {
                for (int i = 0; i < 1'000; ++i) {
                    auto const mine = store::revision_number{i * 4 + t};
                    store::detail::raise(number, mine);
                    if (number.load() < mine) number.store(1'000'000); // it has been lowered
                }
            });
    }
    CHECK(number.load() == 3'999);
}

TEST_CASE("who has looked is woken once, until somebody looks again", "[store][etcd]") {
    auto k = etcd_knowledge();
    auto who = sleeper();
    auto const subscribed = wake_signal::subscription(k.changed, who.waker_of());
    k.announce();
    CHECK(who.calls == 0);
    k.await_change();
    k.await_change();
    k.announce();
    k.announce();
    CHECK(who.calls == 1);
    k.await_change();
    k.announce({"a", {}}, 2);
    CHECK(who.calls == 2);
}

TEST_CASE("a cursor's waker is called for its own keys, whether or not somebody looks", "[store][etcd]") {
    auto k = etcd_knowledge();
    auto who = sleeper();
    auto const subscribed = k.watched.subscribe({"b", "d"}, who.waker_of());
    k.announce({"a", "b"}, 2);
    CHECK(who.calls == 0);
    k.announce({"c", {}}, 3);
    CHECK(who.calls == 1);
    CHECK(subscribed.concerned_since() == 3);
}
