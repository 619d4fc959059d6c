// A server is told the time: there is no clock by default.
// expect: an API server needs a clock
// at most: 20 lines

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>

auto main() -> int {
    auto store = berth::api::memory_store();
#ifdef TWIN
    auto server = berth::api::server(store, berth::api::registry(),
                                     {.now = [] { return berth::time_point(); }, .seed = 1, .admission = {}});
#else
    auto server = berth::api::server(store, berth::api::registry(), {.seed = 1, .admission = {}});
#endif
    return static_cast<int>(server.revision());
}
