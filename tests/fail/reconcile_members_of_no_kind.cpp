// Optional members of a controller with signatures that fit none of its kinds.
// expect: `matters` fits no kind
// expect: `keys_for` fits no kind
// expect: `indexes` of a controller is `static auto indexes()
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
    [[maybe_unused]] static constexpr object::resource_name resource{"test", "v1", "Crate", "crates",
                                                                     "crate"};
    object::meta metadata;
    object::unknown_fields unknown;

    BERTH_DESCRIBE(crate, "", (metadata))
};
using keys = std::vector<object::key>;

struct harbour_master {
    static constexpr std::string_view name = "harbour-master";
    using reconciles = ship;
#ifdef TWIN
    static auto indexes() -> std::vector<reconcile::index> { return {}; }
    auto keys_for(reconcile::snapshot const&, ship const&) const -> keys { return {}; }
    auto matters(ship const&, ship const&) const -> bool { return true; }
#else
    auto indexes() const -> std::vector<reconcile::index> { return {}; }
    auto keys_for(reconcile::snapshot const&, crate const&) const -> keys { return {}; }
    auto matters(ship const&) const -> bool { return true; }
#endif
    auto reconcile(reconcile::snapshot const&, object::key const&) const -> reconcile::plan { return {}; }
};

[[maybe_unused]] auto const erased = reconcile::any_controller(harbour_master());

} // namespace
