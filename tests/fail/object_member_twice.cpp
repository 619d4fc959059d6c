// A member that is described twice.
// expect: BERTH_DESCRIBE names a member twice
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

    BERTH_DESCRIBE(ship, "", (afloat), (loaded), (port), (afloat))
};
#endif

[[maybe_unused]] auto const& table = object::type_of<ship>();

} // namespace
