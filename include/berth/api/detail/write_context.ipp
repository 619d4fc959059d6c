#pragma once

/// \file
/// The bodies of `berth/api/detail/write_context.hpp`.

#include <berth/api/detail/write_context.hpp>
#include <berth/api/preconditions.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/document_value.hpp>
#include <berth/object/detail/sharing.hpp>
#include <berth/object/document_schema.hpp>

#include <algorithm>
#include <utility>

namespace berth::api::detail {

BERTH_DECL auto write_context::may_go_on() const -> bool {
    return who.deadline == duration{} || clock() - now < who.deadline;
}

BERTH_DECL auto write_context::latest_end() const -> time_point {
    auto const out = clock() + longest_admission;
    return who.deadline == duration{} ? out : std::min(out, now + who.deadline);
}

BERTH_DECL auto write_context::admit(admission_request& r, admission_step admission::* phase) const
    -> result<void> {
    for (auto const& link : chain) {
        if (!(link.*phase)) continue;
        if (link.waits) {
            r.again = [&] { return repeat(r, link); };
            if (r.clock == nullptr) r.until = latest_end();
            r.clock = &clock;
        }
        auto ok = (link.*phase)(r, world);
        r.again = {};
        if (!ok) return ok;
    }
    return {};
}

BERTH_DECL auto write_context::repeat(admission_request& r, admission const& before) const -> result<void> {
    for (auto const& link : chain) {
        if (&link == &before) break;
        if (!link.mutate || link.waits) continue;
        if (auto ok = link.mutate(r, world); !ok) return ok;
    }
    return {};
}

BERTH_DECL auto write_context::admit(admission_request& r) const -> result<void> {
    if (auto ok = admit(r, &admission::mutate); !ok) return ok;
    return admit(r, &admission::validate);
}

BERTH_DECL auto write_context::check_new(kind const& k, object::draft const& object, warnings& notes) const
    -> result<void> {
    auto errors = field_errors();
    auto const& name = object.metadata().name;
    auto const check_metadata = [&] {
        if (k.stored()) validate_object_meta(object.metadata(), k.resource->namespaced, k.metadata, errors);
    };
    if (!k.metadata.last) check_metadata();
    if (k.validate) k.validate(object.data(), errors);
    else check_schema(*k.type, object.data(), field_path(""), errors);
    if (k.metadata.last && errors.empty()) check_metadata();
    if (!errors.empty()) return errors.refuse(k.resource->group, k.resource->kind, name);
    if (k.warnings)
        for (auto& w : k.warnings(object.data(), nullptr)) notes.push_back(std::move(w));
    return {};
}

/// What a write cannot change: of a kind's object the status, of a part all but the part. (The real
/// strategies say the same in `GetResetFields`.)
inline auto fields_beyond(kind const& k, part const* p) -> object::field_set {
    auto out = object::field_set();
    if (p == nullptr && k.status != nullptr) out.add(object::path_element::field(k.status->name), true, {});
    if (p != nullptr && p->member != nullptr)
        for (auto const& f : k.type->fields)
            if (&f != p->member && f.name != "metadata")
                out.add(object::path_element::field(f.name), true, {});
    if (p != nullptr && p->member != nullptr && k.type->documented != nullptr)
        for (auto const& [name, schema] : k.type->documented->properties)
            if (name != p->member->name && name != "metadata" && name != "apiVersion" && name != "kind")
                out.add(object::path_element::field(name), true, {});
    out.finish();
    return out;
}

BERTH_DECL auto write_context::make_new(kind const& k, object::draft object, write_options const& o,
                                        warnings& notes, write_note how) const -> result<object::any_object> {
    auto& m = object.metadata();
    if (k.set_defaults) k.set_defaults(object.data());
    if (!how.applied) note_write(nullptr, object, written_by(k, o, {}, fields_beyond(k, nullptr)));
    auto r = request(admission_request::operation::create, {&k, m.namespace_, m.name, {}}, &object, {},
                     o.dry_run, notes);
    if (auto ok = admit(r, &admission::mutate); !ok) return std::unexpected(std::move(ok).error());
    // What was asked of everybody is asked for this namespace; nobody moves the object to another one.
    if (auto ok = settle_namespace(k, r.namespace_, m); !ok) return std::unexpected(std::move(ok).error());
    {
        auto const lock = std::scoped_lock(draw.mutex);
        before_create(k, object, now, draw.draw);
    }
    r.name = m.name;
    if (auto ok = check_new(k, object, notes); !ok) return std::unexpected(std::move(ok).error());
    if (auto ok = admit(r, &admission::validate); !ok) return std::unexpected(std::move(ok).error());
    return recent.finish(std::move(object));
}

BERTH_DECL auto write_context::make_update(target const& t, part const* p, object::draft object,
                                           object::object_ref const& there, write_options const& o,
                                           warnings& notes, write_note how) const -> result<change> {
    auto const& k = *t.of;
    if (k.set_defaults) k.set_defaults(object.data());
    auto const note = [&] {
        note_write(&there.object, object, written_by(k, o, how.subresource, fields_beyond(k, p)));
    };
    if (!how.applied && p == nullptr) note();
    auto r = request(admission_request::operation::update, t, &object, there, o.dry_run, notes);
    if (t.subresource.empty()) r.through = how.subresource;
    if (auto ok = admit(r, &admission::mutate); !ok) return std::unexpected(std::move(ok).error());
    p == nullptr ? before_update(k, object, there.object) : before_part_update(*p, object, there.object);
    if (!how.applied && p != nullptr) note(); // what the part may not change is as it was
    auto errors = field_errors();
    validate_metadata_change(object.metadata(), there->metadata(), k.resource->namespaced, k.metadata,
                             p != nullptr, errors);
    auto const& check = p == nullptr ? k.validate_update : p->validate;
    if (check) check(object.data(), there.object.data(), errors);
    else if (!k.validate)
        check_schema_update(*k.type, object.data(), there.object.data(), field_path(""), errors);
    if (!errors.empty()) return errors.refuse(k.resource->group, k.resource->kind, t.name);
    if (k.warnings && p == nullptr)
        for (auto& w : k.warnings(object.data(), there.object.data())) notes.push_back(std::move(w));
    if (auto ok = admit(r, &admission::validate); !ok) return std::unexpected(std::move(ok).error());
    return finish_update(t, std::move(object), there, how.untouched);
}

/// Makes an object that a document was applied to as fit as one that came in. What it loses is not told: the
/// types of apply know no less than the schema.
inline auto fit_applied(kind const& k, object::draft& object) -> result<void> {
    auto managed = std::exchange(object.metadata().managed_fields, {});
    auto document = object::detail::document_in(*k.type, object.data());
    if (auto gone = k.documents.admit(document.get_object()); !gone)
        return std::unexpected(std::move(gone).error());
    if (auto ok = object::detail::put_document(*k.type, object.data(), document); !ok) return ok;
    object.metadata().managed_fields = std::move(managed);
    return {};
}

BERTH_DECL auto write_context::apply(kind const& k, object::draft& object, object::object_ref const& there,
                                     boost::json::value const& document, patch_options const& o) const
    -> result<bool> {
    auto const beyond = fields_beyond(k, k.find<part>(o.subresource));
    auto const writer = written_by(k, o, o.subresource, beyond);
    auto done = apply_to(object, there ? &there.object : nullptr, document, writer, o.force);
    if (!done || !k.documents.open) return done;
    if (auto ok = fit_applied(k, object); !ok) return std::unexpected(std::move(ok).error());
    return true; // its document was written anew
}

BERTH_DECL auto write_context::finish_update(target const& t, object::draft object,
                                             object::object_ref const& there, bool untouched) const
    -> result<change> {
    auto& owned = object.metadata().managed_fields;
    auto before = there->metadata().managed_fields;
    if (auto const times_alone = same_but_times(owned, before); times_alone) {
        std::swap(owned, before);
        auto const& type = object.type(); // who wrote it anew may have written what is equal otherwise
        auto const same = untouched ? type.equal(object.data(), there->data())
                                    : object::detail::is_same(type, object.data(), there->data());
        if (same) return change{change::kind::nothing, there.object};
        std::swap(owned, before);
    }
    object.share_with(there.object);
    auto changed = recent.finish(std::move(object));
    auto const what = released(*t.of, changed, there.object) ? change::kind::erase : change::kind::put;
    return change{what, std::move(changed)};
}

} // namespace berth::api::detail
