#pragma once

/// \file
/// What the writes of a batch have in common: who asks, when, of which kinds, past which admission.

#include <berth/api/admission.hpp>
#include <berth/api/check_schema.hpp>
#include <berth/api/clock_function.hpp>
#include <berth/api/detail/last_made.hpp>
#include <berth/api/encoding.hpp>
#include <berth/api/lifecycle.hpp>
#include <berth/api/managed_fields.hpp>
#include <berth/api/preconditions.hpp>
#include <berth/api/project.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/storage.hpp>
#include <berth/core/config.hpp>
#include <berth/core/random.hpp>

#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace berth::api {

namespace detail {

[[nodiscard]] inline auto no_such_kind() -> std::unexpected<error> {
    return berth::fail(error_code::not_found, "the server could not find the requested resource");
}

/// Draws uids and names; for several threads.
struct shared_draw {
    explicit shared_draw(std::uint64_t seed) : draw(seed) {}

    std::mutex mutex;
    random_engine draw;
};

/// How a write is noted in the managed fields.
struct write_note {
    bool applied = false;           ///< that was done with the apply
    bool untouched = false;         ///< and the object is as it is there, but for who owns what
    std::string_view subresource{}; ///< through which it is written
};

/// See the file's comment. Everything in it outlives the batch.
struct write_context {
    using warnings = std::vector<std::string>;

    registry const& kinds;
    admission_chain const& chain;
    admission_world const& world;
    identity const& who;
    shared_draw& draw;
    clock_function const& clock;
    time_point now;
    fields_pool& fields;
    last_made& recent;
    storage const& objects;
    std::set<std::string>& silent; ///< see `admission_request`

    [[nodiscard]] auto may_go_on() const -> bool;
    /// Until when a write that begins to wait now may do so.
    [[nodiscard]] auto latest_end() const -> time_point;
    [[nodiscard]] auto about(bool dry_run, object::revision seen = 0) const -> action_context {
        return {world, who, now, dry_run, seen};
    }

    [[nodiscard]] auto request(admission_request::operation op, target const& t, object::draft* object,
                               object::object_ref before, bool dry_run, warnings& notes) const
        -> admission_request {
        return {op,
                *t.of,
                t.namespace_,
                t.name,
                t.subresource,
                object,
                std::move(before.object),
                dry_run,
                notes,
                who,
                before.rev,
                &kinds,
                {},
                {},
                &silent,
                {},
                {}};
    }
    auto admit(admission_request& r, admission_step admission::* phase) const -> result<void>;
    auto admit(admission_request& r) const -> result<void>;
    /// The mutating steps before a link once more, but for those that call out.
    auto repeat(admission_request& r, admission const& before) const -> result<void>;

    auto check_new(kind const& k, object::draft const& object, warnings& notes) const -> result<void>;

    /// A new object: defaults, admission, what only the system sets, validation.
    auto make_new(kind const& k, object::draft object, write_options const& o, warnings& notes,
                  write_note how = {}) const -> result<object::any_object>;

    /// A changed object: defaults, admission, what may not change, validation. `p`: the part that is written,
    /// or null.
    auto make_update(target const& t, part const* p, object::draft object, object::object_ref const& there,
                     write_options const& o, warnings& notes, write_note how = {}) const -> result<change>;

    /// Applies a document to an object, which is the one that is there or a fresh one; whether that changed
    /// it but for who owns what.
    auto apply(kind const& k, object::draft& object, object::object_ref const& there,
               boost::json::value const& document, patch_options const& o) const -> result<bool>;

    /// A changed object is written, an unchanged one is not, and one that nothing holds any more goes away.
    /// `untouched`: nobody wrote the object anew, so that what is equal is written alike, too.
    auto finish_update(target const& t, object::draft object, object::object_ref const& there,
                       bool untouched = false) const -> result<change>;

private:
    [[nodiscard]] auto manager(write_options const& o) const -> std::string_view {
        return o.field_manager.empty() ? who.field_manager : o.field_manager;
    }
    [[nodiscard]] auto written_by(kind const& k, write_options const& o, std::string_view subresource,
                                  object::field_set const& ignored) const -> field_write {
        return {manager(o), subresource, k.resource, now, &fields, &ignored};
    }
};

} // namespace detail

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/write_context.ipp>
#endif
