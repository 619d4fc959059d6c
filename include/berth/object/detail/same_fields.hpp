#pragma once

/// \file
/// Whether two values have the same fields, whatever they hold: who made both owns the same of them.

#include <berth/core/config.hpp>
#include <berth/object/detail/typed_view.hpp>

namespace berth::object::detail {

/// Compares values field by field, without writing any path down.
class same_fields_walk {
public:
    /// Whether two described values have the same fields: members that are not zero, entries of the same
    /// keys, elements of the same names in the same order. May answer no where it would cost much to know.
    [[nodiscard]] auto same(type_info const& type, void const* a, void const* b) -> bool;

private:
    auto below(slot const& at, view const& a, view const& b) -> bool;
    auto in_records(type_info const& type, void const* a, void const* b) -> bool;
    auto in_maps(slot const& at, view const& a, view const& b) -> bool;
    auto in_lists(slot const& at, view const& a, view const& b) -> bool;
    auto same_name(slot const& list, slot const& element, view const& a, view const& b) -> bool;

    viewer look_;
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/same_fields.ipp>
#endif
