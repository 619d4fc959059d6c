// A greatest size of a number.
// expect: `.min_size` and `.max_size` in BERTH_DESCRIBE are for texts, lists and maps
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
    BERTH_DESCRIBE(ship, "", (berths, .maximum = 9))
#else
    BERTH_DESCRIBE(ship, "", (berths, .max_size = 9))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
