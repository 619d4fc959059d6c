// A merge key that the elements do not have.
// expect: `.merge_key` in BERTH_DESCRIBE must be the JSON name of a member
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
    BERTH_DESCRIBE(ship, "", (masts, .merge_key = "name"))
#else
    BERTH_DESCRIBE(ship, "", (masts, .merge_key = "height"))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
