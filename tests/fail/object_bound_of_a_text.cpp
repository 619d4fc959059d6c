// A least number of a text.
// expect: `.minimum` and `.maximum` in BERTH_DESCRIBE are for numbers
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
    std::string rig;
    object::unknown_fields unknown;

#ifdef TWIN
    BERTH_DESCRIBE(ship, "", (rig, .min_size = 1))
#else
    BERTH_DESCRIBE(ship, "", (rig, .minimum = 1))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
