#pragma once

/// \file
/// An API server for the small world of `things.hpp`.

#include "things.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <cstdint>
#include <vector>

namespace things {

/// An API server with groups and items, in virtual time.
class desk {
public:
    using store_type = api::memory_store;
    using server_type = api::server;

    explicit desk(std::uint64_t seed = 1)
        : server_(store_, kinds(), {[this] { return clock_.now(); }, seed, {}}) {}

    [[nodiscard]] auto server() -> server_type& { return server_; }
    [[nodiscard]] auto store() -> store_type& { return store_; }
    [[nodiscard]] auto clock() const -> sim::virtual_clock const& { return clock_; }

    [[nodiscard]] auto items() -> std::vector<object::stored<item>> {
        return api::list<item>(server_).value();
    }
    [[nodiscard]] auto groups() -> std::vector<object::stored<group>> {
        return api::list<group>(server_).value();
    }

private:
    static auto kinds() -> api::registry {
        auto out = api::registry();
        out.add(api::kind_of<group>{}).add(api::kind_of<item>{});
        return out;
    }

    sim::virtual_clock clock_;
    store_type store_;
    server_type server_;
};

} // namespace things
