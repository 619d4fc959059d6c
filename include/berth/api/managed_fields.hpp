#pragma once

/// \file
/// Managed fields: who owns which fields of an object, after each write and each apply (apimachinery 1.36,
/// `util/managedfields`; KEP-555).

#include <berth/api/field_write.hpp>
#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>
#include <berth/object/apply.hpp>

#include <boost/json/value.hpp>

namespace berth::api {

/// Notes in `after` who owns what of it, after a write by other means than apply. `before` is the object that
/// it was, null for a new one; `after` has the managed fields that the writer sent, which count if they are
/// any (and are an object's own: `[{}]` is to forget all). Objects without managed fields are not tracked. A
/// writer without a name owns nothing.
BERTH_DECL auto note_write(object::any_object const* before, object::draft& after, field_write const& w)
    -> void;

/// Applies a document, which must be an object, to an object in the name of a manager, and notes who owns
/// what of it. `before`: what was there, of which the object is a copy; null: it is a new one. Answers
/// whether the object is another now, but for who owns what. Errors: `bad_request` for the document,
/// `conflict` with the causes `FieldManagerConflict`. The object is unspecified then.
[[nodiscard]] BERTH_DECL auto apply_to(object::draft& object, object::any_object const* before,
                                       boost::json::value const& document, field_write const& w, bool force)
    -> result<bool>;

/// Whether two lists of managed fields differ in nothing but times.
[[nodiscard]] BERTH_DECL auto same_but_times(managed_entries const& a, managed_entries const& b) -> bool;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/managed_fields.ipp>
#endif
