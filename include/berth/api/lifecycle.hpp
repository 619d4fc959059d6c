#pragma once

/// \file
/// What happens to an object on its way into the store: pure functions of the object, the one before it, the
/// time and the draw (apiserver 1.36, `registry/rest/{create,update,delete}.go`).

#include <berth/api/errors.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/options.hpp>
#include <berth/core/config.hpp>
#include <berth/core/random.hpp>

#include <string>
#include <vector>

namespace berth::api {

inline constexpr std::string_view orphan_finalizer = "orphan";
inline constexpr std::string_view foreground_finalizer = "foregroundDeletion";

/// The greatest length of the part of a generated name that the client gives (63 less the random suffix).
inline constexpr std::size_t generated_base_length = 58;

namespace detail {

inline auto member(object::field_info const* field, void* object) -> void* { return field->in(object); }

inline auto keep(object::field_info const* field, void* object, void const* from) -> void {
    if (field != nullptr) field->type().assign(field->in(object), field->in(from));
}

inline auto differs(object::field_info const* field, void const* a, void const* b) -> bool {
    return field != nullptr && !field->type().equal(field->in(a), field->in(b));
}

} // namespace detail

/// Fills in what only the system sets on a new object, and draws its name if it is to be generated.
BERTH_DECL auto before_create(kind const& k, object::draft& object, time_point now, random_engine& draw)
    -> void;

/// Carries over what a write of the main resource may not change, and counts the generation.
BERTH_DECL auto before_update(kind const& k, object::draft& now, object::any_object const& before) -> void;

/// The object that a write through a subresource makes of `before`: for a part that is a member, such as the
/// status, that member and such metadata as the kind lets pass are the ones of `asked`.
[[nodiscard]] BERTH_DECL auto with_part(part const& p, object::any_object const& before,
                                        object::type_info const& type, void const* asked) -> object::draft;

/// Carries over what a write through a subresource may not change.
BERTH_DECL auto before_part_update(part const& p, object::draft& now, object::any_object const& before)
    -> void;

/// What a deletion does to an object.
struct deletion_step {
    enum class kind : std::uint8_t {
        remove,  ///< it goes away now; `object` is its last state
        update,  ///< it stays, marked: `object`
        nothing, ///< it is being deleted already
    };

    kind what = kind::remove;
    object::any_object object;
    bool marked = false; ///< `remove` of a graceful kind: watchers are told of the mark before the removal
};

namespace detail {

/// The finalizers with which garbage collection learns of the policy.
BERTH_DECL auto finalizers_for(kind const& k, delete_options const& o, std::vector<std::string> const& now)
    -> std::vector<std::string>;

/// Marks an object whose deletion must wait for finalizers.
BERTH_DECL auto mark_deleting(object::meta& m, time_point now) -> void;

} // namespace detail

/// Decides what a deletion does (apiserver 1.36, `registry/generic/registry/store.go`, `Delete`).
[[nodiscard]] BERTH_DECL auto plan_deletion(kind const& k, object::any_object const& before,
                                            delete_options const& o, time_point now) -> deletion_step;

/// Whether an update lets a waiting deletion happen: nothing holds the object any more.
[[nodiscard]] BERTH_DECL auto released(kind const& k, object::any_object const& now,
                                       object::any_object const& before) -> bool;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/lifecycle.ipp>
#endif
