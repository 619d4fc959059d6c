#pragma once

/// \file
/// Server-side apply on any described type: what a document states, how it is merged into an object, what it
/// no longer states and so takes away, and whom that concerns (structured-merge-diff v6, `typed`, `merge`;
/// KEP-555).

#include <berth/core/config.hpp>
#include <berth/object/field_set.hpp>
#include <berth/object/schema.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object {

/// The fields that a document states, which must be an object, as in all that follows. Elements of sets and
/// keyed lists, and entries of maps, are fields themselves; a record is one only where it is empty. Members
/// named `apiVersion` and `kind` are left alone if the type is a kind's. Errors: `invalid` for what the type
/// does not allow, in the words of structured-merge-diff.
[[nodiscard]] BERTH_DECL auto stated_fields(type_info const& type, boost::json::value const& document)
    -> result<field_set>;

/// Whether a value is of the form that its type says, as all are but documents that are kept as they come.
/// Errors: `invalid`, in the words of structured-merge-diff.
[[nodiscard]] BERTH_DECL auto check_typed(type_info const& type, void const* value) -> result<void>;

/// The fields that are there in a value.
[[nodiscard]] BERTH_DECL auto fields_in(type_info const& type, void const* value) -> field_set;

/// Compares two values of a type.
[[nodiscard]] BERTH_DECL auto compare_fields(type_info const& type, void const* before, void const* after)
    -> comparison;

/// What merging a document would add to a value, and modify in it.
[[nodiscard]] BERTH_DECL auto compare_stated(type_info const& type, void const* before,
                                             boost::json::value const& document) -> comparison;

/// Merges a document into a value: what it states is so afterwards, all else stays. Elements of lists that
/// were there keep their order as far as the document says no other. Errors: `bad_request` for what cannot be
/// read.
[[nodiscard]] BERTH_DECL auto merge_stated(type_info const& type, void* value,
                                           boost::json::value const& document) -> result<void>;

/// Takes fields out of a value, with all that is below them.
BERTH_DECL auto remove_fields(type_info const& type, void* value, field_set const& fields) -> void;

/// Leaves only those fields of a value, what they are in, and the keys of the elements that they are in.
BERTH_DECL auto extract_fields(type_info const& type, void* value, field_set const& fields) -> void;

/// Whoever owns fields of an object.
struct field_owner {
    std::string name;                        ///< whatever tells owners apart
    std::string version;                     ///< the version of the type in whose words the fields are told
    bool applies = false;                    ///< owns what it applied last, not what it changed
    std::shared_ptr<field_set const> fields; ///< never null
};

/// That a change concerns a field which somebody else owns.
struct field_conflict {
    std::size_t owner = 0; ///< which of the owners
    field_path_elements path;
};

/// What an apply comes to.
struct applied {
    bool changed = false;                  ///< the object is another now
    std::vector<field_conflict> conflicts; ///< if there are any, nothing was done
};

/// Applies a document to an object in the name of `owners[who]`, which is added if it is beyond the last:
/// merges it, takes away what that owner stated before, does not state now and nobody else owns, and notes
/// who owns what. Fields that others own and the document would change are conflicts, or theirs no longer if
/// `force`. Owners that are left with nothing stay, with an empty set. Fields in `ignored` and below are
/// neither owned nor compared; those in `never_owned` themselves are not owned. On errors and conflicts,
/// object and owners are unspecified, as copies should be. Errors: those of `stated_fields` and
/// `merge_stated`.
[[nodiscard]] BERTH_DECL auto apply_document(type_info const& type, void* object,
                                             boost::json::value const& document,
                                             std::vector<field_owner>& owners, field_owner who, bool force,
                                             field_set const& ignored = {}, field_set const& never_owned = {})
    -> result<applied>;

/// Notes that somebody changed an object by other means than apply: what was added or modified is theirs and
/// nobody else's, what was removed is nobody's. `who` as above.
BERTH_DECL auto note_change(comparison const& change, std::vector<field_owner>& owners, field_owner who,
                            field_set const& ignored = {}) -> void;

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/apply.ipp>
#endif
