#pragma once

/// \file
/// The pure core of the story: two kinds of objects of one's own, and a controller that looks after them.

#include <berth/reconcile/controller.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace story {

using namespace berth;
using reconcile::key;
using reconcile::plan;
using reconcile::snapshot;

/// What somebody wants: so many members, all of one version.
struct database_spec {
    std::int32_t members = 1;
    std::string version;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(database_spec, "", (members), (version))
};
struct database {
    static constexpr object::resource_name resource{"example.org", "v1", "Database", "databases", "database"};
    object::meta metadata;
    database_spec spec;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(database, "", (metadata), (spec))
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
/// time.
struct database_controller {
    static constexpr std::string_view name = "database";
    using reconciles = database;
    using owns = reconcile::kinds<member>;

    auto reconcile(snapshot const& world, key const& k) const -> plan {
        auto todo = plan();
        auto const db = world.get<database>(k);
        if (!db) return todo;
        for (auto n = 0; n < db->spec.members; ++n)
            if (!world.get<member>({k.namespace_, member_name(*db, n)}))
                todo.create(new_member(*db, n)).tell(db, "Created", "{name}, version " + db->spec.version);
        for (auto const m : world.owned_by<member>(db))
            if (number_of(*m) >= db->spec.members) todo.remove(m).tell(db, "Removed", m->metadata.name);
        if (todo.empty())
            for (auto n = 0; n < db->spec.members && todo.empty(); ++n) {
                auto const m = world.get<member>({k.namespace_, member_name(*db, n)});
                if (m->version != db->spec.version)
                    todo.remove(m).tell(db, "Outdated", m->metadata.name + " has version " + m->version);
            }
        return todo;
    }

    static auto member_name(database const& db, int n) -> std::string {
        return db.metadata.name + "-" + std::to_string(n);
    }
    static auto number_of(member const& m) -> int {
        return std::stoi(m.metadata.name.substr(m.metadata.name.rfind('-') + 1));
    }
    static auto new_member(database const& db, int n) -> member {
        auto m = member();
        m.metadata.namespace_ = db.metadata.namespace_;
        m.metadata.name = member_name(db, n);
        m.metadata.owner_references = {
            {"example.org/v1", "Database", db.metadata.name, db.metadata.uid, true, true, {}}};
        m.version = db.spec.version;
        return m;
    }
};
static_assert(reconcile::controller<database_controller>);

} // namespace story
