// A pattern of a number.
// expect: `.pattern` in BERTH_DESCRIBE is for texts
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
    std::int32_t berths = 0;
    object::unknown_fields unknown;

#ifdef TWIN
    BERTH_DESCRIBE(ship, "", (berths))
#else
    BERTH_DESCRIBE(ship, "", (berths, .pattern = "[0-9]"))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
