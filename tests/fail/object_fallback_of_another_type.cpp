// A default that is a number where the member is a text.
// expect: `.fallback` in BERTH_DESCRIBE must be the JSON text of the member
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
    BERTH_DESCRIBE(ship, "", (rig, .fallback = "\"1\""))
#else
    BERTH_DESCRIBE(ship, "", (rig, .fallback = "1"))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
