#pragma once

/// \file
/// Merges a document into another, and takes fields out of one, as `field_merge.hpp` does with described
/// values (structured-merge-diff v6, `typed/merge.go`, `typed/remove.go`).

#include <berth/core/config.hpp>
#include <berth/object/detail/typed_view.hpp>

#include <boost/json/value.hpp>

namespace berth::object::detail {

/// See `merge_stated`.
class document_merge {
public:
    /// `changed`: the fields to look at; null: all. Errors: `invalid` for lists whose elements have no names.
    auto merge_members(slot const& at, boost::json::object& to, boost::json::object const& stated,
                       field_set const* changed = nullptr) -> result<void>;

private:
    auto merge(slot const& at, boost::json::value& to, boost::json::value const& stated,
               field_set const* changed) -> result<void>;
    auto merge_list(slot const& at, boost::json::array& to, boost::json::array const& stated,
                    field_set const* changed) -> result<void>;
    auto names_of(slot const& at, boost::json::array const& elements) -> result<element_index>;

    viewer look_;
};

/// See `remove_fields`.
class document_removal {
public:
    auto remove(slot const& at, boost::json::value& value, field_set const& fields) -> void;

private:
    auto remove_from_list(slot const& at, boost::json::array& list, field_set const& fields) -> void;

    viewer look_;
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/document_merge.ipp>
#endif
