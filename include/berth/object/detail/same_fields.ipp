#pragma once

/// \file
/// The bodies of `berth/object/detail/same_fields.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/same_fields.hpp>

#include <algorithm>

namespace berth::object::detail {

BERTH_DECL auto same_fields_walk::same(type_info const& type, void const* a, void const* b) -> bool {
    return below(whole_slot(type), look_.look(type, a), look_.look(type, b));
}

BERTH_DECL auto same_fields_walk::below(slot const& at, view const& a, view const& b) -> bool {
    if (at.how == relation::leaf) return true;
    if (at.type == nullptr || a.memory == nullptr || b.memory == nullptr) return false; // some document
    if (at.is_record()) return in_records(*at.type, a.memory, b.memory);
    if (at.type->equal(a.memory, b.memory)) return true;
    switch (at.how) {
    case relation::granular: return in_maps(at, a, b);
    case relation::keyed: return in_lists(at, a, b);
    default: return false; // the scalars of a set are its fields
    }
}

BERTH_DECL auto same_fields_walk::in_records(type_info const& type, void const* a, void const* b) -> bool {
    for (auto const& f : type.fields) {
        auto const& of = f.type();
        auto const none = of.is_zero(f.in(a));
        if (none != of.is_zero(f.in(b))) return false;
        if (!none && !below(slot_of(of, &f), look_.look(of, f.in(a)), look_.look(of, f.in(b)))) return false;
    }
    return type.unknown_at == type_info::no_unknown || (!*type.unknown(a) && !*type.unknown(b));
}

BERTH_DECL auto same_fields_walk::in_maps(slot const& at, view const& a, view const& b) -> bool {
    if (at.type->size(a.memory) != at.type->size(b.memory)) return false;
    auto const members = look_.members(at, a);
    return std::all_of(members.begin(), members.end(), [&](viewer::part const& m) {
        auto const other = look_.member(at, b, m.name);
        return !other.is_absent() && below(m.at, m.value, other);
    });
}

BERTH_DECL auto same_fields_walk::in_lists(slot const& at, view const& a, view const& b) -> bool {
    auto const size = look_.size(at, a);
    if (size != look_.size(at, b)) return false;
    auto const inner = at.element();
    for (std::size_t n = 0; n < size; ++n) {
        auto const one = look_.element(at, a, n);
        auto const other = look_.element(at, b, n);
        if (!same_name(at, inner, one, other) || !below(inner, one, other)) return false;
    }
    return true;
}

BERTH_DECL auto same_fields_walk::same_name(slot const& list, slot const& element, view const& a,
                                            view const& b) -> bool {
    auto const keys = list.keys();
    return std::all_of(keys.begin(), keys.end(), [&](std::string_view key) {
        auto const left = look_.member(element, a, key);
        auto const right = look_.member(element, b, key);
        if (left.is_absent() || right.is_absent()) return left.is_absent() == right.is_absent();
        return look_.equal(element.member(key), left, right);
    });
}

} // namespace berth::object::detail
