// A default of a record.
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
    mast mast_;
    object::unknown_fields unknown;

#ifdef TWIN
    BERTH_DESCRIBE(ship, "", (mast_))
#else
    BERTH_DESCRIBE(ship, "", (mast_, .fallback = "{}"))
#endif
};

} // namespace

auto main() -> int { return object::type_of<ship>().fields.empty() ? 1 : 0; }
