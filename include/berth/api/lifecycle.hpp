#pragma once

/// \file
/// What happens to an object on its way into the store: pure functions of the object, the one before it, the
/// time and the draw (apiserver 1.36, `registry/rest/{create,update,delete}.go`).

#include <berth/api/errors.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/options.hpp>
#include <berth/core/random.hpp>

#include <algorithm>
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
inline auto before_create(kind const& k, object::draft& object, time_point now, random& draw) -> void {
    auto& m = object.metadata();
    m.self_link.clear();
    m.deletion_timestamp.reset();
    m.deletion_grace_period_seconds.reset();
    m.managed_fields.clear();
    m.uid = draw.uuid();
    m.creation_timestamp = object::timestamp(now);
    m.generation = k.generation == generation_rule::none ? 0 : 1;
    if (k.status != nullptr) k.status->type().reset(detail::member(k.status, object.data()));
    if (m.name.empty() && !m.generate_name.empty())
        m.name = m.generate_name.substr(0, generated_base_length) + draw.suffix(5);
    if (k.prepare_create) k.prepare_create(object.data());
}

namespace detail {

/// Metadata that an update cannot change or remove; what it may not change to is left for validation to tell.
inline auto carry_metadata(object::meta& now, object::meta const& before) -> void {
    now.generation = before.generation;
    now.self_link.clear();
    now.managed_fields = before.managed_fields;
    if (now.uid.empty()) now.uid = before.uid;
    if (now.creation_timestamp.is_zero()) now.creation_timestamp = before.creation_timestamp;
    if (now.generate_name.empty()) now.generate_name = before.generate_name;
    if (before.deletion_timestamp) {
        if (!now.deletion_timestamp) now.deletion_timestamp = before.deletion_timestamp;
        if (!now.deletion_grace_period_seconds)
            now.deletion_grace_period_seconds = before.deletion_grace_period_seconds;
    } else {
        now.deletion_timestamp.reset();
        now.deletion_grace_period_seconds.reset();
    }
}

/// Whether a write of the main resource makes a new generation.
inline auto new_generation(kind const& k, void const* now, void const* before) -> bool {
    if (k.generation == generation_rule::none || k.generation == generation_rule::first) return false;
    if (differs(k.spec, now, before)) return true;
    auto const annotations = [&](void const* o) -> auto const& {
        return reinterpret_cast<object::meta const*>(static_cast<char const*>(o) + k.type->metadata)
            ->annotations;
    };
    return k.generation == generation_rule::spec_and_annotations && annotations(now) != annotations(before);
}

} // namespace detail

/// Carries over what a write of the main resource may not change, and counts the generation.
inline auto before_update(kind const& k, object::draft& now, object::any_object const& before) -> void {
    detail::carry_metadata(now.metadata(), before.metadata());
    detail::keep(k.status, now.data(), before.data());
    if (k.prepare_update) k.prepare_update(now.data(), before.data());
    if (detail::new_generation(k, now.data(), before.data())) ++now.metadata().generation;
}

/// The object that a write through a subresource makes of `before`: for a part that is a member, such as the
/// status, that member and such metadata as the kind lets pass are the ones of `asked`.
[[nodiscard]] inline auto with_part(part const& p, object::any_object const& before,
                                    object::type_info const& type, void const* asked) -> object::draft {
    if (p.member == nullptr) {
        auto out = object::draft(type);
        type.assign(out.data(), asked);
        return out;
    }
    auto out = object::draft(before);
    detail::keep(p.member, out.data(), asked);
    out.metadata() = *reinterpret_cast<object::meta const*>(static_cast<char const*>(asked) + type.metadata);
    return out;
}

/// Carries over what a write through a subresource may not change.
inline auto before_part_update(part const& p, object::draft& now, object::any_object const& before) -> void {
    detail::carry_metadata(now.metadata(), before.metadata());
    if (p.prepare) p.prepare(now.data(), before.data());
}

/// Notes who wrote an object last, and how (apimachinery 1.36, `managedfields`; which fields they set is not
/// noted yet). Nobody is noted who has no name.
inline auto note_manager(object::meta& m, std::string_view manager, object::resource_name const& r,
                         std::string_view subresource, time_point now) -> void {
    if (manager.empty()) return;
    auto const version =
        r.group.empty() ? std::string(r.version) : std::string(r.group) + "/" + std::string(r.version);
    for (auto& e : m.managed_fields) {
        if (e.manager != manager || e.operation != "Update" || e.subresource != subresource ||
            e.api_version != version)
            continue;
        e.time = object::timestamp(now);
        return;
    }
    auto& e = m.managed_fields.emplace_back();
    e.manager = manager;
    e.operation = "Update";
    e.api_version = version;
    e.time = object::timestamp(now);
    e.subresource = subresource;
}

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

inline auto wants_orphans(kind const& k, delete_options const& o, std::vector<std::string> const& finalizers)
    -> bool {
    if (o.policy) return *o.policy == propagation::orphan;
    for (auto const& f : finalizers) {
        if (f == orphan_finalizer) return true;
        if (f == foreground_finalizer) return false;
    }
    return k.propagation == default_propagation::orphan;
}

inline auto wants_foreground(delete_options const& o, std::vector<std::string> const& finalizers) -> bool {
    if (o.policy) return *o.policy == propagation::foreground;
    for (auto const& f : finalizers) {
        if (f == foreground_finalizer) return true;
        if (f == orphan_finalizer) return false;
    }
    return false;
}

/// The finalizers with which garbage collection learns of the policy.
inline auto finalizers_for(kind const& k, delete_options const& o, std::vector<std::string> const& now)
    -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& f : now)
        if (f != orphan_finalizer && f != foreground_finalizer) out.push_back(f);
    if (wants_orphans(k, o, now)) out.emplace_back(orphan_finalizer);
    if (wants_foreground(o, now)) out.emplace_back(foreground_finalizer);
    auto const same = out.size() == now.size() && std::is_permutation(out.begin(), out.end(), now.begin());
    return same ? now : out;
}

/// Marks an object whose deletion must wait for finalizers.
inline auto mark_deleting(object::meta& m, time_point now) -> void {
    if (!m.deletion_timestamp && m.generation > 0) ++m.generation;
    auto const at = object::timestamp(now);
    if (!m.deletion_timestamp || *m.deletion_timestamp > at) m.deletion_timestamp = at;
    m.deletion_grace_period_seconds = 0;
}

enum class grace_state : std::uint8_t { none, begun, pending };

/// The graceful part of a deletion: the first request sets the time, later ones may only shorten it.
inline auto apply_grace(kind const& k, object::draft& object, delete_options const& o, time_point now)
    -> grace_state {
    if (!k.grace) return grace_state::none;
    auto& m = object.metadata();
    if (m.deletion_timestamp) {
        // A grace of 0 that is still there: the removal after the mark did not come about; it does now.
        if (m.deletion_grace_period_seconds.value_or(0) == 0) return grace_state::none;
        auto const running = *m.deletion_grace_period_seconds;
        if (!o.grace_period_seconds || *o.grace_period_seconds >= running) return grace_state::pending;
        auto const asked = std::max<std::int64_t>(*o.grace_period_seconds, 0);
        m.deletion_timestamp =
            object::timestamp(m.deletion_timestamp->time() + (seconds(asked) - seconds(running)));
        m.deletion_grace_period_seconds = asked;
        return grace_state::begun;
    }
    auto const period = k.grace(object.data(), o.grace_period_seconds);
    if (!period) return grace_state::none;
    m.deletion_timestamp = object::timestamp(now + seconds(*period));
    m.deletion_grace_period_seconds = *period;
    if (m.generation > 0) ++m.generation;
    return grace_state::begun;
}

} // namespace detail

/// Decides what a deletion does (apiserver 1.36, `registry/generic/registry/store.go`, `Delete`).
[[nodiscard]] inline auto plan_deletion(kind const& k, object::any_object const& before,
                                        delete_options const& o, time_point now) -> deletion_step {
    auto object = object::draft(before);
    auto& m = object.metadata();
    if (k.held && k.held(before.data())) {
        if (m.deletion_timestamp) return {deletion_step::kind::nothing, before};
        m.deletion_timestamp = object::timestamp(now);
        if (k.mark_deleting) k.mark_deleting(object.data());
        m.finalizers = detail::finalizers_for(k, o, m.finalizers);
        return {deletion_step::kind::update, std::move(object).finish()};
    }
    auto const grace = detail::apply_grace(k, object, o, now);
    if (grace == detail::grace_state::pending) return {deletion_step::kind::nothing, before};
    m.finalizers = detail::finalizers_for(k, o, m.finalizers);
    if (grace == detail::grace_state::none && !m.finalizers.empty()) detail::mark_deleting(m, now);
    auto const waits = !m.finalizers.empty() ||
                       (grace == detail::grace_state::begun && *m.deletion_grace_period_seconds > 0);
    auto const what = waits ? deletion_step::kind::update : deletion_step::kind::remove;
    return {what, std::move(object).finish(), grace == detail::grace_state::begun};
}

/// Whether an update lets a waiting deletion happen: nothing holds the object any more.
[[nodiscard]] inline auto released(kind const& k, object::any_object const& now,
                                   object::any_object const& before) -> bool {
    auto const& m = now.metadata();
    if (!before.metadata().deletion_timestamp || !m.finalizers.empty()) return false;
    if (k.held) return !k.held(now.data());
    auto const& grace = before.metadata().deletion_grace_period_seconds;
    return grace && *grace == 0;
}

} // namespace berth::api
