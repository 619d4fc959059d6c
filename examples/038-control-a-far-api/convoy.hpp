#pragma once

/// \file
/// A kind of one's own, and the controller that sees to it.

#include <berth/kube/core/config_map/type.hpp>
#include <berth/reconcile/children.hpp>
#include <berth/reconcile/controller.hpp>

#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <string>
#include <utility>

namespace story {

using namespace berth;

/// Wants so many ships. (A ship is a ConfigMap, so that any API has them.)
struct convoy_spec {
    std::int32_t ships = 1;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(convoy_spec, "", (ships, .minimum = 0, .maximum = 100))
};
struct convoy_status {
    std::int32_t ships = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(convoy_status, "", (ships))
};
struct convoy {
    static constexpr object::resource_name resource{"sea.example.org", "v1", "Convoy", "convoys", "convoy"};
    object::meta metadata;
    convoy_spec spec;
    convoy_status status;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(convoy, "", (metadata), (spec), (status))
};

struct convoy_controller {
    static constexpr std::string_view name = "convoy";
    using reconciles = convoy;
    using owns = reconcile::kinds<kube::config_map>;

    auto reconcile(reconcile::snapshot const& world, object::key const& k) const -> reconcile::plan {
        auto const c = world.get<convoy>(k);
        if (!c) return {};
        auto const ship = [&](int n) {
            auto s = kube::config_map();
            s.metadata.name = c->metadata.name + "-" + std::to_string(n);
            s.metadata.labels["convoy"] = c->metadata.name;
            return s;
        };
        auto const wanted = ranges::views::iota(0, c->spec.ships) | ranges::views::transform(ship);
        auto todo = reconcile::children(world, c, wanted);
        auto counted = *c;
        counted.status.ships = static_cast<std::int32_t>(world.owned_by<kube::config_map>(c).size());
        todo.update_status(c, std::move(counted));
        return todo;
    }
};

inline auto convoy_of(std::string name, std::int32_t ships) -> convoy {
    auto c = convoy();
    c.metadata.namespace_ = "default";
    c.metadata.name = std::move(name);
    c.spec.ships = ships;
    return c;
}

inline auto in_convoy(std::string const& name) -> api::list_options {
    auto o = api::list_options{};
    o.namespace_ = "default";
    o.label_selector = "convoy=" + name;
    return o;
}

} // namespace story
