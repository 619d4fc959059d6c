#pragma once

/// \file
/// The managed fields of an object as owners of its fields, while a write is noted (apimachinery 1.36,
/// `util/managedfields/internal`).

#include <berth/api/errors.hpp>
#include <berth/api/field_write.hpp>
#include <berth/core/config.hpp>
#include <berth/object/apply.hpp>
#include <berth/object/meta.hpp>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace berth::api::detail {

inline constexpr std::string_view updates = "Update";
inline constexpr std::string_view applies = "Apply";

/// The entry that a write makes of its manager.
[[nodiscard]] BERTH_DECL auto entry_of(field_write const& w, std::string_view operation)
    -> object::managed_fields_entry;

/// The entries of an object as owners of its fields, while a write is noted.
class ledger {
public:
    ledger(managed_entries entries, fields_pool& pool);

    [[nodiscard]] auto empty() const -> bool { return owners_.empty(); }
    auto owners() -> std::vector<object::field_owner>& { return owners_; }
    [[nodiscard]] auto entry(std::size_t n) const -> object::managed_fields_entry const& {
        return entries_[n];
    }

    /// The owner that a write makes of its manager.
    [[nodiscard]] static auto owner_of(object::managed_fields_entry const& e) -> object::field_owner;
    /// Where an owner is; it is added if there is none.
    auto place(object::managed_fields_entry const& who) -> std::size_t;
    auto touch(std::size_t n, std::optional<object::timestamp> at) -> void { entries_[n].time = at; }

    /// Joins the oldest updates where there are too many (`capManagersManager`).
    auto cap() -> void;
    /// The entries in their order; those that own nothing are left out.
    auto finish() && -> managed_entries;

private:
    /// Joins what some owners of a version have.
    auto fill_bucket(std::string const& version, std::vector<std::size_t> const& from,
                     std::optional<object::timestamp> time) -> void;

    managed_entries entries_;
    std::vector<object::field_owner> owners_;
    fields_pool& pool_;
};

/// Takes what no manager owns: what says which object it is, and what the system counts (`stripMetaManager`).
[[nodiscard]] BERTH_DECL auto stripped_fields() -> object::field_set const&;

/// Entries that can be understood, as `DecodeManagedFields` does.
[[nodiscard]] BERTH_DECL auto well_formed(managed_entries const& entries) -> bool;

/// The refusal of an apply (`NewApplyConflict`).
[[nodiscard]] BERTH_DECL auto refuse_conflicts(ledger const& book,
                                               std::vector<object::field_conflict> const& conflicts)
    -> std::unexpected<error>;

/// A text that a document says on its top; empty if none.
[[nodiscard]] BERTH_DECL auto text_member(boost::json::value const& document, std::string_view name)
    -> std::string;

/// What must be said of a document that is applied as a kind. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto check_document(boost::json::value const& document,
                                             object::resource_name const& r) -> result<void>;

/// The refusal of a document, in the words of the real server; its own code for that is 500.
[[nodiscard]] BERTH_DECL auto refuse_document(error const& why, boost::json::value const& document,
                                              object::resource_name const& r) -> std::unexpected<error>;

/// The refusal of an object that is there and is not what its type says.
[[nodiscard]] BERTH_DECL auto refuse_live(error const& why, boost::json::value const& document,
                                          object::resource_name const& r) -> std::unexpected<error>;

} // namespace berth::api::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/detail/field_ledger.ipp>
#endif
