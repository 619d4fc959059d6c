// A member that lies in what would be padding, and that the description forgets.
// expect: BERTH_DESCRIBE must name every member of the struct
// at most: 27 lines

#include <berth/object/meta.hpp>

namespace object = berth::object;

namespace {

#ifdef TWIN
struct ship {
    bool afloat = false;
    bool loaded = false;
    std::string port;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (afloat), (loaded), (port))
};
#else
struct ship {
    bool afloat = false;
    bool loaded = false;
    std::string port;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (afloat), (port))
};
#endif

[[maybe_unused]] auto const& table = object::type_of<ship>();

} // namespace
