// A controller with a memory that it is not given back.
// expect: `reconcile(snapshot const&, key const&, M const&) const -> decision<M>`
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
    using memory = int;
    auto reconcile(reconcile::snapshot const&, object::key const&, int seen) const
        -> reconcile::decision<int> {
        return {{}, seen + 1};
    }
#else
    using memory = int;
    auto reconcile(reconcile::snapshot const&, object::key const&, int) const -> reconcile::plan {
        return {};
    }
#endif
};

[[maybe_unused]] auto const erased = reconcile::any_controller(harbour_master());

} // namespace
