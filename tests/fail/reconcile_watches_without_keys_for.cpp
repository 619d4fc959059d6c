// A kind that is watched, and no word of whom that concerns.
// expect: which keys does a change of such an object concern?
// at most: 30 lines

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
    using watches = reconcile::kinds<crate>;
    auto keys_for(reconcile::snapshot const&, crate const&) const -> keys { return {}; }
#else
    using watches = reconcile::kinds<crate>;
#endif
    auto reconcile(reconcile::snapshot const&, object::key const&) const -> reconcile::plan { return {}; }
};

[[maybe_unused]] auto const erased = reconcile::any_controller(harbour_master());

} // namespace
