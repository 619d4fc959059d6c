/// \file
/// Leases that nobody keeps alive run out on disk and in etcd as in memory.

#include "store/etcd/server.hpp"
#include "store/judge.hpp"
#include "store/lmdb/maker.hpp"

#include <berth/core/time.hpp>
#include <berth/sim/virtual_clock.hpp>
#include <berth/store/codec.hpp>
#include <berth/store/etcd.hpp>
#include <berth/store/laws/leases.hpp>
#include <berth/store/lmdb.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

using namespace berth;
namespace laws = berth::store::laws;
using harbour::judge;

namespace {

/// Durable stores on a clock that is moved by hand.
struct on_disk {
    using store_type = tests::temporary_lmdb<std::string, store::text_codec>;
    std::shared_ptr<sim::virtual_clock> clock = std::make_shared<sim::virtual_clock>();

    [[nodiscard]] auto make() const -> store_type { return store_type{{.memory = {.clock = *clock}}}; }
    [[nodiscard]] auto value(std::string_view text) const -> std::string { return std::string{text}; }
    auto pass(store_type& s, duration d) const -> void {
        clock->advance(d);
        REQUIRE(s.expire());
    }
};

/// Stores on servers of their own, whose time cannot be moved: it is waited for.
struct in_etcd {
    std::shared_ptr<store::testing::etcd_supply> supply = std::make_shared<store::testing::etcd_supply>();
    std::shared_ptr<std::unique_ptr<store::testing::etcd_server>> server =
        std::make_shared<std::unique_ptr<store::testing::etcd_server>>();

    [[nodiscard]] auto make() const -> store::etcd {
        *server = supply->take();
        return store::etcd::connect({.endpoints = {(*server)->url()}}).value();
    }
    [[nodiscard]] auto value(std::string_view text) const -> std::string { return std::string{text}; }
    auto pass(store::etcd& s, duration d) const -> void {
        for (auto i = 0; i < 3'000 && is_any_short(s, d); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    /// Whether there is a lease that does not outlive this time.
    [[nodiscard]] static auto is_any_short(store::etcd const& s, duration d) -> bool {
        auto const ids = s.leases().value();
        return std::any_of(ids.begin(), ids.end(), [&](auto const id) {
            auto const status = s.time_to_live(id, false);
            return status && seconds(status->granted_ttl) <= d;
        });
    }
};

} // namespace

TEST_CASE("leases on disk run out when the clock says so", "[store][laws]") {
    laws::expiry(on_disk{}, judge);
}

TEST_CASE("leases in etcd run out", "[store][etcd][laws]") { laws::expiry(in_etcd{}, judge); }
