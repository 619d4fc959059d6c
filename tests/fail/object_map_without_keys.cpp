// A list of kind map that does not say by which keys.
// expect: `.topology = merge_topology::map` and `.list_keys` go together
// at most: 36 lines

#include <berth/object/meta.hpp>

namespace object = berth::object;

namespace {

struct mast {
    std::string name;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(mast, "", (name))
};

struct ship {
    object::list<mast> masts;
    object::unknown_fields unknown;

#ifdef TWIN
    BERTH_DESCRIBE(ship, "", (masts, .topology = object::merge_topology::atomic))
#else
    BERTH_DESCRIBE(ship, "", (masts, .topology = object::merge_topology::map))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
