// A controller whose reconcile may change it.
// expect: a controller has `reconcile(snapshot const&, key const&) const -> plan`
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
using keys = std::vector<object::key>;

struct harbour_master {
    static constexpr std::string_view name = "harbour-master";
    using reconciles = ship;
#ifdef TWIN
    auto reconcile(reconcile::snapshot const&, object::key const&) const -> reconcile::plan { return {}; }
#else
    auto reconcile(reconcile::snapshot const&, object::key const&) -> reconcile::plan { return {}; }
#endif
};

[[maybe_unused]] auto const erased = reconcile::any_controller(harbour_master());

} // namespace
