#pragma once

/// \file
/// The bodies of `berth/api/lifecycle.hpp`.

#include <berth/api/lifecycle.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api {

BERTH_DECL auto before_create(kind const& k, object::draft& object, time_point now, random_engine& draw)
    -> void {
    auto& m = object.metadata();
    m.self_link.clear();
    m.deletion_timestamp.reset();
    m.deletion_grace_period_seconds.reset();
    m.uid = draw.uuid();
    m.creation_timestamp = object::timestamp(now);
    m.generation = k.generation == generation_rule::none ? 0 : 1;
    if (k.status != nullptr && !k.keeps_status)
        k.status->type().reset(detail::member(k.status, object.data()));
    if (m.name.empty() && !m.generate_name.empty())
        m.name = m.generate_name.str().substr(0, generated_base_length) + draw.suffix(5);
    if (k.prepare_create) k.prepare_create(object.data());
}

} // namespace berth::api

namespace berth::api::detail {

/// Metadata that an update cannot change or remove; what it may not change to is left for validation to tell.
inline auto carry_metadata(object::meta& now, object::meta const& before) -> void {
    now.generation = before.generation;
    now.self_link.clear();
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

/// Whether two objects differ in more than their metadata and status.
inline auto content_differs(kind const& k, void const* now, void const* before) -> bool {
    for (auto const& f : k.type->fields)
        if (f.offset != k.type->metadata && &f != k.status && differs(&f, now, before)) return true;
    auto const* const a = k.type->unknown(now);
    auto const* const b = k.type->unknown(before);
    return a != nullptr && b != nullptr && !(*a == *b);
}

/// Whether a write of the main resource makes a new generation.
inline auto new_generation(kind const& k, void const* now, void const* before) -> bool {
    if (k.generation == generation_rule::none || k.generation == generation_rule::first) return false;
    if (k.generation == generation_rule::content) return content_differs(k, now, before);
    if (differs(k.spec, now, before)) return true;
    auto const annotations = [&](void const* o) -> auto const& {
        return reinterpret_cast<object::meta const*>(static_cast<char const*>(o) + k.type->metadata)
            ->annotations;
    };
    return k.generation == generation_rule::spec_and_annotations && annotations(now) != annotations(before);
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto before_update(kind const& k, object::draft& now, object::any_object const& before) -> void {
    detail::carry_metadata(now.metadata(), before.metadata());
    detail::keep(k.status, now.data(), before.data());
    if (k.prepare_update) k.prepare_update(now.data(), before.data());
    if (detail::new_generation(k, now.data(), before.data())) ++now.metadata().generation;
}

BERTH_DECL auto with_part(part const& p, object::any_object const& before, object::type_info const& type,
                          void const* asked) -> object::draft {
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

BERTH_DECL auto before_part_update(part const& p, object::draft& now, object::any_object const& before)
    -> void {
    detail::carry_metadata(now.metadata(), before.metadata());
    if (p.prepare) p.prepare(now.data(), before.data());
}

} // namespace berth::api

namespace berth::api::detail {

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

BERTH_DECL auto finalizers_for(kind const& k, delete_options const& o, std::vector<std::string> const& now)
    -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& f : now)
        if (f != orphan_finalizer && f != foreground_finalizer) out.push_back(f);
    if (wants_orphans(k, o, now)) out.emplace_back(orphan_finalizer);
    if (wants_foreground(o, now)) out.emplace_back(foreground_finalizer);
    auto const same = out.size() == now.size() && std::is_permutation(out.begin(), out.end(), now.begin());
    return same ? now : out;
}

BERTH_DECL auto mark_deleting(object::meta& m, time_point now) -> void {
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

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto plan_deletion(kind const& k, object::any_object const& before, delete_options const& o,
                              time_point now) -> deletion_step {
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

BERTH_DECL auto released(kind const& k, object::any_object const& now, object::any_object const& before)
    -> bool {
    auto const& m = now.metadata();
    if (!before.metadata().deletion_timestamp || !m.finalizers.empty()) return false;
    if (k.held) return !k.held(now.data());
    auto const& grace = before.metadata().deletion_grace_period_seconds;
    return grace && *grace == 0;
}

} // namespace berth::api
