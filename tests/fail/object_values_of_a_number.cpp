// Allowed values of a number.
// expect: `.values` in BERTH_DESCRIBE are for texts
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
    BERTH_DESCRIBE(ship, "", (berths, .minimum = 1, .maximum = 2))
#else
    BERTH_DESCRIBE(ship, "", (berths, .values = "1,2"))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
