#pragma once

/// \file
/// Merges a document into a described value, and takes fields out of one (structured-merge-diff v6,
/// `typed/merge.go`, `typed/remove.go`).

#include <berth/core/config.hpp>
#include <berth/object/detail/typed_view.hpp>

#include <boost/json/array.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace berth::object::detail {

/// An element of a merged list: where it is in the list before and in the document.
struct merged_element {
    std::size_t before = element_index::none;
    std::size_t stated = element_index::none;
};

/// The order of a merged list: that of the document for what it states, with all else where it was.
[[nodiscard]] BERTH_DECL auto merged_order(element_index const& before, element_index const& stated)
    -> std::vector<merged_element>;

/// What is to be looked at below a step: nothing at all (`false`), or these fields (null: all).
[[nodiscard]] BERTH_DECL auto is_changed(field_set const* changed, path_element const& e,
                                         field_set const*& below) -> bool;

/// See `merge_stated`.
class field_merge {
public:
    /// `changed`: the fields to look at; null: all.
    auto merge(type_info const& type, field_info const* field, void* to, boost::json::value const& json,
               field_set const* changed = nullptr) -> result<void>;
    auto merge_members(slot const& at, void* to, boost::json::object const& json, bool document,
                       field_set const* changed = nullptr) -> result<void>;

private:
    /// What a document states of a member that has no description of its own, and what of that to look at.
    struct entry {
        std::string_view name;
        boost::json::value const* value;
        field_set const* below;
    };

    static auto replace(type_info const& type, void* to, boost::json::value const& json) -> result<void>;
    static auto names_of(std::vector<entry> const& entries) -> std::vector<std::string_view>;
    auto merge_entries(type_info const& map, void* to, std::vector<entry> const& entries) -> result<void>;
    static auto merge_unknown(type_info const& type, void* record, std::vector<entry> const& entries) -> void;
    auto merge_list(slot const& at, void* to, boost::json::array const& stated, field_set const* changed)
        -> result<void>;

    viewer look_;
};

/// Takes fields out of a value.
class field_removal {
public:
    auto remove(slot const& at, void* value, field_set const& fields) -> void;

private:
    auto remove_member(type_info const& type, field_info const* field, void* value, field_set const& below)
        -> void;
    auto remove_from_record(type_info const& type, void* record, field_set const& fields) -> void;
    auto remove_from_map(type_info const& type, void* map, field_set const& fields) -> void;
    auto remove_from_list(slot const& at, void* list, field_set const& fields) -> void;
    static auto remove_from_json(boost::json::value& value, field_set const& fields) -> void;
    static auto remove_from_text(raw_json& json, field_set const& fields) -> void;

    viewer look_;
};

/// Leaves the elements of a list at these places, in this order; `none` stands for a fresh one.
BERTH_DECL auto rearrange(type_info const& list_type, void* list, std::vector<std::size_t> const& order)
    -> void;

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/field_merge.ipp>
#endif
