#pragma once

/// \file
/// An API server for the small world of `things.hpp`.

#include "things.hpp"

#include <berth/api/server.hpp>
#include <berth/sim/virtual_clock.hpp>
#include <berth/store/memory.hpp>

#include <cstdint>
#include <vector>

namespace things {

/// An API server with groups and items, in virtual time.
class desk {
public:
    using store_type = store::memory<object::any_object>;
    using server_type = api::server<store_type>;

    explicit desk(std::uint64_t seed = 1)
        : server_(store_, kinds_, {[this] { return clock_.now(); }, seed, {}}) {
        kinds_.add(api::kind_of<group>{});
        kinds_.add(api::kind_of<item>{});
    }

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
    sim::virtual_clock clock_;
    store_type store_;
    api::registry kinds_;
    server_type server_;
};

} // namespace things
