#pragma once

/// \file
/// The pure core of the story: two kinds of objects of one's own, and a controller that looks after them.

#include <berth/reconcile/children.hpp>
#include <berth/reconcile/conditions.hpp>
#include <berth/reconcile/controller.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <range/v3/algorithm/count_if.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace story {

using namespace berth;
using reconcile::key;
using reconcile::plan;
using reconcile::seen;
using reconcile::snapshot;

/// What somebody wants: so many members, all of one version.
struct database_spec {
    std::int32_t members = 1;
    std::string version;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(database_spec, "", (members), (version))
};
struct database_status {
    object::list<object::condition> conditions;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(database_status, "", (conditions))
};
struct database {
    static constexpr object::resource_name resource{"example.org", "v1", "Database", "databases", "database"};
    object::meta metadata;
    database_spec spec;
    database_status status;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(database, "", (metadata), (spec), (status))
};

/// What there is.
struct member {
    static constexpr object::resource_name resource{"example.org", "v1", "Member", "members", "member"};
    object::meta metadata;
    std::string version;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(member, "", (metadata), (version))
};

/// Makes the members that are missing, removes those that are too many, and replaces outdated ones, one at a
/// time. A database goes after its members, and says whether it is ready.
struct database_controller {
    static constexpr std::string_view name = "database";
    static constexpr std::string_view finalizer = "example.org/members";
    using reconciles = database;
    using owns = reconcile::kinds<member>;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto const db = world.get<database>(k);
        if (!db) return {};
        auto const wanted = ranges::views::iota(0, db->spec.members) |
                            ranges::views::transform([&](int n) { return new_member(*db, n); });
        auto todo = reconcile::children(
            world, db, wanted, {.change = reconcile::changing::replace_one, .clean_up = true, .tell = true});
        todo.update_status(db, judged(world, db));
        if (!db->metadata.deleting()) add_finalizer(todo, db.ref(), finalizer);
        else if (world.owned_by<member>(db).empty()) remove_finalizer(todo, db.ref(), finalizer);
        return todo;
    }

    /// The database with the condition that it is in.
    static auto judged(snapshot const& world, seen<database> db) -> database {
        auto out = *db;
        auto const current = [&](auto m) { return m->version == db->spec.version; };
        auto const good = ranges::count_if(world.owned_by<member>(db), current);
        reconcile::set_condition(out.status.conditions, readiness(good == db->spec.members), world.now());
        return out;
    }

    static auto readiness(bool complete) -> reconcile::observation {
        if (complete) return {"Ready", "True", "Complete", "every member is there"};
        return {"Ready", "False", "Changing", "members are made or replaced"};
    }

    static auto new_member(database const& db, int n) -> member {
        auto m = member();
        m.metadata.name = db.metadata.name + "-" + std::to_string(n);
        m.version = db.spec.version;
        return m;
    }
};
static_assert(reconcile::controller<database_controller>);

} // namespace story
