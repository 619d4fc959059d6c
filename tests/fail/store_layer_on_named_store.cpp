// A store that has a name is not moved into a layer by accident.
// expect: by_reference(store) | layer
// at most: 20 lines

#include <berth/store/by_reference.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/memory.hpp>

namespace store = berth::store;

namespace {

struct glass : store::is_layer {};

} // namespace

auto main() -> int {
    auto shared = store::memory<int>{};
#ifdef TWIN
    auto s = store::by_reference(shared) | glass{};
#else
    auto s = shared | glass{};
#endif
    return static_cast<int>(s.revision());
}
