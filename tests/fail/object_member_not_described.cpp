// A member of a type that has no form in JSON.
// expect: a described member must be of a described type
// at most: 40 lines

#include <berth/object/meta.hpp>

namespace object = berth::object;

namespace {

struct cargo {
    int tons = 0;
};

#ifdef TWIN
struct ship {
    std::string port;
    std::int32_t hold = 0;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (port), (hold))
};
#else
struct ship {
    std::string port;
    cargo hold;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (port), (hold))
};
#endif

[[maybe_unused]] auto const& table = object::type_of<ship>();

} // namespace
