#pragma once

/// \file
/// The bodies of `berth/object/detail/field_walk.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/field_walk.hpp>

#include <algorithm>
#include <utility>

namespace berth::object::detail {

BERTH_DECL auto field_walk::add(field_set& out, path_element e, slot const& at, view const& v, bool always,
                                field_set const* except) -> void {
    auto const* const gone = except == nullptr ? nullptr : except->find(e);
    if (gone != nullptr && gone->member) return;
    auto below = fields(at, v, gone == nullptr ? nullptr : &gone->below);
    auto const leaf = at.how == relation::leaf || (at.how == relation::deduced && !look_.is_map(at, v));
    auto const nothing = v.is_null() || (look_.is_map(at, v) && below.empty());
    out.add(std::move(e), always || leaf || nothing, std::move(below));
}

BERTH_DECL auto field_walk::fields(slot const& at, view const& v, field_set const* except) -> field_set {
    auto out = field_set();
    if (at.how == relation::leaf) return out;
    if (look_.is_map(at, v)) {
        for (auto& m : look_.members(at, v))
            add(out, path_element::field(m.name), m.at, m.value, !at.declares(m.name), except);
    } else if (at.how != relation::deduced) {
        auto const inner = at.element();
        auto names = std::vector<path_element>();
        auto where = std::vector<std::size_t>();
        for (std::size_t n = 0, size = look_.size(at, v); n < size; ++n) {
            auto name = look_.element_name(at, look_.element(at, v, n));
            if (!name) continue;
            names.push_back(*std::move(name));
            where.push_back(n);
        }
        auto const index = element_index(std::move(names));
        for (std::size_t n = 0; n < where.size(); ++n) {
            if (!index.repeats(n))
                add(out, index.names()[n], inner, look_.element(at, v, where[n]), true, except);
            else if (index.is_first(n)) out.add(index.names()[n], true, {});
        }
    }
    out.finish();
    return out;
}

BERTH_DECL auto compare_walk::finish(comparison& c) -> void {
    c.added.finish();
    c.modified.finish();
    c.removed.finish();
}

BERTH_DECL auto compare_walk::compare(slot const& at, view const& a, view const& b) -> comparison {
    auto out = comparison{};
    walk(at, a, b, out);
    return out;
}

BERTH_DECL auto compare_walk::leaf(slot const& at, view const& a, view const& b) -> verdict {
    if (a.is_absent()) return verdict::added;
    if (b.is_absent()) return verdict::removed;
    return look_.equal(at, a, b) ? verdict::same : verdict::modified;
}

BERTH_DECL auto compare_walk::walk(slot const& at, view const& a, view const& b, comparison& below)
    -> verdict {
    auto const map = look_.is_map(at, a) || look_.is_map(at, b);
    auto const nothing = look_.is_empty(at, a) && look_.is_empty(at, b);
    if (at.how == relation::leaf || nothing || (at.how == relation::deduced && !map)) return leaf(at, a, b);
    auto changed = verdict::same;
    if (at.how == relation::deduced) { // what is no map on one side is another value as a whole
        auto const other = [&](view const& v) {
            return !v.is_absent() && !v.is_null() && !look_.is_map(at, v);
        };
        if (other(a) || other(b)) changed = leaf(at, a, b);
    }
    if (at.is_record() && a.memory != nullptr && b.memory != nullptr)
        visit_records(*at.type, a.memory, b.memory, below);
    else if (map) visit_members(at, a, b, below);
    else visit_elements(at, a, b, below);
    finish(below);
    if (a.is_absent()) return verdict::added;
    return b.is_absent() ? verdict::removed : changed;
}

BERTH_DECL auto compare_walk::visit(step e, slot const& at, view const& a, view const& b, comparison& out)
    -> void {
    if (b.is_absent() && stated_) return;
    auto const described = a.memory != nullptr && b.memory != nullptr;
    if (described && at.type->equal(a.memory, b.memory)) return;
    auto below = comparison{};
    auto const changed = walk(at, a, b, below);
    if (changed == verdict::same && below.same()) return;
    out.added.add(e.path(), changed == verdict::added, std::move(below.added));
    out.modified.add(e.path(), changed == verdict::modified, std::move(below.modified));
    out.removed.add(e.path(), changed == verdict::removed, std::move(below.removed));
}

BERTH_DECL auto compare_walk::visit_records(type_info const& type, void const* a, void const* b,
                                            comparison& out) -> void {
    auto const seen = [&](field_info const& f, void const* record) {
        auto const* const value = f.in(record);
        return f.always || !f.type().is_zero(value) ? look_.look(f.type(), value) : view{};
    };
    for (auto const& f : type.fields)
        if (!f.type().equal(f.in(a), f.in(b)))
            visit({f.name}, slot_of(f.type(), &f), seen(f, a), seen(f, b), out);
    if (type.unknown_at == type_info::no_unknown || type_of_unknown().equal(type.unknown(a), type.unknown(b)))
        return;
    auto const& left = *type.unknown(a);
    auto const& right = *type.unknown(b);
    auto const kept = [&](unknown_fields const& all, std::string_view name) {
        auto const* const found = all ? all->find(name) : nullptr;
        return found == nullptr ? view{} : look_.look(type_of<raw_json>(), found);
    };
    auto names = std::vector<std::string_view>();
    for (auto const* all : {&left, &right})
        if (*all)
            for (auto const& [name, json] : **all) names.push_back(name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (auto const name : names) visit({name}, {}, kept(left, name), kept(right, name), out);
}

BERTH_DECL auto compare_walk::visit_members(slot const& at, view const& a, view const& b, comparison& out)
    -> void {
    auto const document = stated_ && (at.kind || (at.is_record() && at.type->resource != nullptr));
    if (look_.is_map(at, b))
        for (auto const& m : look_.members(at, b))
            if (!document || (m.name != "apiVersion" && m.name != "kind"))
                visit({m.name}, m.at, look_.member(at, a, m.name), m.value, out);
    if (stated_ || !look_.is_map(at, a)) return;
    for (auto const& m : look_.members(at, a))
        if (look_.member(at, b, m.name).is_absent()) visit({m.name}, m.at, m.value, {}, out);
}

BERTH_DECL auto compare_walk::names_of(slot const& at, view const& v) -> element_index {
    auto names = std::vector<path_element>();
    for (std::size_t n = 0, size = look_.size(at, v); n < size; ++n) {
        auto name = look_.element_name(at, look_.element(at, v, n));
        // What has no name of its own is told apart by its place alone.
        names.push_back(name ? *std::move(name) : path_element::index(n));
    }
    return element_index(std::move(names));
}

BERTH_DECL auto compare_walk::is_aligned(slot const& at, view const& a, view const& b) -> bool {
    auto const size = look_.size(at, a);
    if (size != look_.size(at, b)) return false;
    auto const inner = at.element();
    auto const keys = at.keys();
    for (std::size_t n = 0; n < size; ++n) {
        auto const one = look_.element(at, a, n);
        auto const other = look_.element(at, b, n);
        if (one.is_null() || other.is_null()) return false;
        if (at.how != relation::keyed) {
            if (!look_.equal(inner, one, other)) return false;
            continue;
        }
        if (!look_.is_map(inner, one) || !look_.is_map(inner, other)) return false;
        for (auto const key : keys) {
            auto const left = look_.member(inner, one, key);
            auto const right = look_.member(inner, other, key);
            if (left.is_absent() || right.is_absent() || !look_.equal(inner.member(key), left, right))
                return false;
        }
    }
    return true;
}

BERTH_DECL auto compare_walk::visit_aligned(slot const& at, view const& a, view const& b, comparison& out)
    -> bool {
    auto const inner = at.element();
    auto const index = names_of(at, b);
    for (std::size_t n = 0; n < index.names().size(); ++n)
        if (index.repeats(n)) return false;
    for (std::size_t n = 0; n < index.names().size(); ++n) {
        auto const& name = index.names()[n];
        if (!name.text.starts_with("i:"))
            visit({{}, &name}, inner, look_.element(at, a, n), look_.element(at, b, n), out);
    }
    return true;
}

BERTH_DECL auto compare_walk::visit_elements(slot const& at, view const& a, view const& b, comparison& out)
    -> void {
    if (is_aligned(at, a, b) && visit_aligned(at, a, b, out)) return; // nearly always
    auto const inner = at.element();
    auto const before = names_of(at, a);
    auto const after = names_of(at, b);
    auto const all_of = [&](view const& v, element_index const& index, path_element const& name) {
        auto found = std::vector<view>();
        for (auto const n : index.all(name)) found.push_back(look_.element(at, v, n));
        return found;
    };
    auto const both = [&](path_element const& name) {
        if (name.text.starts_with("i:")) return;
        visit_repeated(name, inner, all_of(a, before, name), all_of(b, after, name), out);
    };
    for (std::size_t n = 0; n < after.names().size(); ++n)
        if (after.is_first(n)) both(after.names()[n]);
    if (stated_) {
        auto last = std::size_t{0};
        for (auto const& name : after.names()) {
            auto const place = before.find(name);
            if (place == element_index::none) continue;
            reordered_ = reordered_ || place < last;
            last = place;
        }
        return;
    }
    for (std::size_t n = 0; n < before.names().size(); ++n)
        if (before.is_first(n) && after.find(before.names()[n]) == element_index::none)
            both(before.names()[n]);
}

BERTH_DECL auto compare_walk::visit_repeated(path_element const& name, slot const& at,
                                             std::vector<view> const& a, std::vector<view> const& b,
                                             comparison& out) -> void {
    auto const one = [](std::vector<view> const& all) { return all.empty() ? view{} : all.front(); };
    if (a.size() <= 1 && b.size() <= 1) return visit({{}, &name}, at, one(a), one(b), out);
    if (a.size() > 1 && b.size() > 1) {
        auto const same = std::equal(a.begin(), a.end(), b.begin(), b.end(),
                                     [&](view const& x, view const& y) { return look_.equal(at, x, y); });
        out.modified.add(name, !same, {});
    } else if (a.size() > 1) {
        if (!b.empty()) visit({{}, &name}, at, {}, b.front(), out);
        out.removed.add(name, true, {});
    } else {
        if (!a.empty()) visit({{}, &name}, at, a.front(), {}, out);
        out.added.add(name, true, {});
    }
}

} // namespace berth::object::detail
