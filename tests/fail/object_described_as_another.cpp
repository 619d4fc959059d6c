// A description in the body of another struct.
// expect: BERTH_DESCRIBE must name the struct in whose body it stands
// at most: 27 lines

#include <berth/object/meta.hpp>

namespace object = berth::object;

namespace {

struct boat {
    bool afloat = false;
    bool loaded = false;
    std::string port;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(boat, "", (afloat), (loaded), (port))
};

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

    BERTH_DESCRIBE(boat, "", (afloat), (loaded), (port))
};
#endif

[[maybe_unused]] auto const& table = object::type_of<ship>();

} // namespace
