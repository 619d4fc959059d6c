#pragma once

/// \file
/// A small world for the tests of controllers: groups that want a number of items, and a controller that sees
/// to it.

#include <berth/reconcile/controller.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace things {

using namespace berth;
using reconcile::key;
using reconcile::plan;
using reconcile::snapshot;

struct group_spec {
    std::int32_t size = 0;
    std::string color;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(group_spec, "", (size), (color))
};
struct group_status {
    std::int32_t count = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(group_status, "", (count))
};
/// Wants `spec.size` items.
struct group {
    static constexpr object::resource_name resource{"test", "v1", "Group", "groups", "group", true};
    object::meta metadata;
    group_spec spec;
    group_status status;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(group, "", (metadata), (spec), (status))
};
/// Belongs to a group.
struct item {
    static constexpr object::resource_name resource{"test", "v1", "Item", "items", "item", true};
    object::meta metadata;
    std::string color;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(item, "", (metadata), (color))
};

inline auto make_group(std::string name, std::int32_t size, std::string color = "red") -> group {
    auto g = group();
    g.metadata.namespace_ = "default";
    g.metadata.name = std::move(name);
    g.metadata.uid = "uid-of-" + g.metadata.name;
    g.spec = {size, std::move(color), {}};
    return g;
}
inline auto make_item(std::string name, group const* owner = nullptr, std::string color = "red") -> item {
    auto i = item();
    i.metadata.namespace_ = "default";
    i.metadata.name = std::move(name);
    i.metadata.uid = "uid-of-" + i.metadata.name;
    i.color = std::move(color);
    if (owner != nullptr)
        i.metadata.owner_references.push_back(
            {"test/v1", "Group", owner->metadata.name, owner->metadata.uid, true, true, {}});
    return i;
}

/// Makes and removes items until a group has as many as it wants, paints them, and counts them.
struct group_controller {
    static constexpr std::string_view name = "group";
    using reconciles = group;
    using owns = reconcile::kinds<item>;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto p = plan();
        auto const g = world.get<group>(k);
        if (!g || g->metadata.deleting()) return p;
        auto items = std::vector<reconcile::seen<item>>();
        for (auto const i : world.owned_by<item>(g))
            if (!i->metadata.deleting()) items.push_back(i);
        std::sort(items.begin(), items.end(),
                  [](auto a, auto b) { return a->metadata.name < b->metadata.name; });
        auto status = *g;
        status.status.count = static_cast<std::int32_t>(items.size());
        p.update_status(g, std::move(status));
        for (auto n = items.size(); n < static_cast<std::size_t>(g->spec.size); ++n) p.create(new_item(*g));
        for (auto n = items.size(); n > static_cast<std::size_t>(g->spec.size); --n) p.remove(items[n - 1]);
        for (std::size_t n = 0; n < std::min(items.size(), static_cast<std::size_t>(g->spec.size)); ++n) {
            auto painted = *items[n];
            painted.color = g->spec.color;
            p.update(items[n], std::move(painted));
        }
        return p;
    }

    static auto new_item(group const& g) -> item {
        auto i = make_item("", &g, g.spec.color);
        i.metadata.uid.clear();
        i.metadata.generate_name = g.metadata.name + "-";
        return i;
    }
};
static_assert(reconcile::controller<group_controller>);

/// Counts what a group wants ten seconds after it saw the group first.
struct patient {
    static constexpr std::string_view name = "patient";
    using reconciles = group;
    struct memory {
        time_point since; ///< zero: it has not seen it
        friend auto operator==(memory const&, memory const&) -> bool = default;
    };

    auto reconcile(snapshot const& world, key const& k, memory const& before) const
        -> reconcile::decision<memory> {
        auto out = reconcile::decision<memory>();
        auto const g = world.get<group>(k);
        if (!g) return out;
        out.memory.since = before == memory() ? world.now() : before.since;
        auto const left = out.memory.since + seconds(10) - world.now();
        auto counted = *g;
        counted.status.count = g->spec.size;
        if (left > duration{}) out.plan.look_again(left);
        else out.plan.update_status(g, std::move(counted));
        return out;
    }
};
static_assert(reconcile::controller<patient>);

} // namespace things
