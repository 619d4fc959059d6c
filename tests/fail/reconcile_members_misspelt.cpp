// Optional members of a controller under names that nobody looks at.
// expect: did you mean `using owns = kinds<...>`?
// expect: did you mean `using watches
// expect: did you mean `using reads
// expect: did you mean `matters(
// expect: did you mean `static indexes()
// expect: did you mean `keys_for(
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
    static auto indexes() -> std::vector<reconcile::index> { return {}; }
    auto keys_for(reconcile::snapshot const&, crate const&) const -> keys { return {}; }
    auto matters(crate const&, crate const&) const -> bool { return true; }
#else
    using own = reconcile::kinds<crate>;
    using watch = reconcile::kinds<crate>;
    using read = reconcile::kinds<crate>;
    static auto indices() -> std::vector<reconcile::index> { return {}; }
    auto key_for(reconcile::snapshot const&, crate const&) const -> keys { return {}; }
    auto matter(crate const&, crate const&) const -> bool { return true; }
#endif
    auto reconcile(reconcile::snapshot const&, object::key const&) const -> reconcile::plan { return {}; }
};

[[maybe_unused]] auto const erased = reconcile::any_controller(harbour_master());

} // namespace
