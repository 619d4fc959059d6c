// A list key that the elements do not have.
// expect: `.list_keys` in BERTH_DESCRIBE must be JSON names of members
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
    BERTH_DESCRIBE(ship, "", (masts, .topology = object::merge_topology::map, .list_keys = "name"))
#else
    BERTH_DESCRIBE(ship, "", (masts, .topology = object::merge_topology::map, .list_keys = "height"))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
