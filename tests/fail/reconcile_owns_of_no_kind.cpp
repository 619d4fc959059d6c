// A list of kinds with something that is none.
// expect: kinds<...> of a controller lists kinds: described structs with `resource` and
// at most: 40 lines

#include <berth/reconcile/any_controller.hpp>

#include <string_view>
#include <vector>

namespace object = berth::object;
namespace reconcile = berth::reconcile;

namespace {

struct ship {
    static constexpr object::resource_name resource{"test", "v1", "Ship", "ships", "ship"};
    object::meta metadata;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(ship, "", (metadata))
};
struct crate {
    static constexpr object::resource_name resource{"test", "v1", "Crate", "crates", "crate"};
    object::meta metadata;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(crate, "", (metadata))
};
using keys = std::vector<object::key>;

struct harbour_master {
    static constexpr std::string_view name = "harbour-master";
    using reconciles = ship;
#ifdef TWIN
    using owns = reconcile::kinds<crate>;
#else
    using owns = reconcile::kinds<int>;
#endif
    auto reconcile(reconcile::snapshot const&, object::key const&) const -> reconcile::plan { return {}; }
};

[[maybe_unused]] auto const erased = reconcile::any_controller(harbour_master());

} // namespace
