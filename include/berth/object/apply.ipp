#pragma once

/// \file
/// The bodies of `berth/object/apply.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/apply.hpp>
#include <berth/object/detail/document_merge.hpp>
#include <berth/object/detail/document_value.hpp>
#include <berth/object/detail/field_merge.hpp>
#include <berth/object/detail/field_walk.hpp>
#include <berth/object/detail/stated_reader.hpp>
#include <berth/object/told_paths.hpp>

#include <algorithm>
#include <utility>

namespace berth::object::detail {

/// With each member of a record that something below it is in. (Entries of maps and elements of lists are in
/// a set or not.)
inline auto with_named(field_set const& fields, slot const& at) -> field_set {
    auto out = field_set();
    for (auto const& n : fields.nodes()) {
        auto const list = at.is_list();
        auto const name = n.element.is_field() ? n.element.name() : std::string_view();
        auto const inner = n.element.is_field() == list ? slot{} : list ? at.element() : at.member(name);
        auto const named = n.element.is_field() && !n.below.empty() && at.declares(name);
        out.add(n.element, n.member || named, with_named(n.below, inner));
    }
    return out;
}

/// With each field that something below it is in, and the keys of list elements.
inline auto with_all_above(field_set const& fields, slot const& at) -> field_set {
    auto out = field_set();
    for (auto const& n : fields.nodes()) {
        auto const list = at.is_list();
        auto const name = n.element.is_field() ? n.element.name() : std::string_view();
        auto const inner = n.element.is_field() == list ? slot{} : list ? at.element() : at.member(name);
        auto below = with_all_above(n.below, inner);
        if (at.how == relation::keyed) {
            auto keys = field_set();
            for (auto const key : at.keys()) keys.add(path_element::field(key), true, {});
            keys.finish();
            below = below | keys;
        }
        out.add(n.element, true, std::move(below));
    }
    return out;
}

/// Merges a document into an object; see `merge_stated`.
inline auto merge_into(type_info const& type, void* object, boost::json::value const& document,
                       field_set const* changed = nullptr) -> result<void> {
    auto const at = whole_slot(type);
    auto const& stated = document.get_object();
    if (type.documented == nullptr) return field_merge().merge_members(at, object, stated, at.kind, changed);
    auto merged = document_in(type, object);
    if (auto done = document_merge().merge_members(at, merged.get_object(), stated, changed); !done)
        return done;
    return put_document(type, object, merged);
}

/// The fields of an object without some, which are taken out in thought only.
inline auto fields_without(type_info const& type, void const* object, field_set const& gone) -> field_set {
    auto walk = field_walk();
    return walk.fields(whole_slot(type), walk.look().look(type, object), &gone);
}

/// What goes away with what an owner stated before and does not state now (structured-merge-diff v6,
/// `prune`): not what somebody owns, and nothing that this owner did not own.
inline auto dropped_fields(type_info const& type, void const* merged, field_set const& last,
                           std::vector<field_owner> const& owners) -> field_set {
    auto const at = whole_slot(type);
    auto const owned = with_named(last, at);
    auto const all = with_named(fields_in(type, merged), at);
    auto kept = with_named(fields_without(type, merged, owned), at);
    for (auto const& o : owners) kept = kept | with_named(*o.fields, at);
    auto const back = with_named(fields_without(type, merged, all - kept), at);
    return (all - back) & owned;
}

inline auto share(field_set set) -> std::shared_ptr<field_set const> {
    return std::make_shared<field_set const>(std::move(set));
}

/// Takes fields from all owners but one.
inline auto take_from_others(std::vector<field_owner>& owners, std::size_t who, field_set const& fields)
    -> void {
    if (fields.empty()) return;
    for (std::size_t i = 0; i < owners.size(); ++i) {
        if (i == who || !owners[i].fields->intersects(fields)) continue;
        owners[i].fields = share(*owners[i].fields - fields);
    }
}

/// Whether a document states just what an owner stated last.
inline auto states_again(type_info const& type, boost::json::value const& document,
                         std::vector<field_owner> const& owners, std::string_view who,
                         field_set const& ignored, field_set const& never_owned) -> bool {
    auto const found =
        std::find_if(owners.begin(), owners.end(), [&](field_owner const& o) { return o.name == who; });
    if (found == owners.end() || !found->applies || found->fields == nullptr) return false;
    for (auto const& n : ignored.nodes())
        if (!n.element.is_field() || document.get_object().contains(n.element.name())) return false;
    return stated_reader().states(type, document.get_object(), *found->fields, never_owned);
}

inline auto place_of(std::vector<field_owner>& owners, field_owner who) -> std::size_t {
    for (std::size_t i = 0; i < owners.size(); ++i)
        if (owners[i].name == who.name) return i;
    if (who.fields == nullptr) who.fields = share({});
    owners.push_back(std::move(who));
    return owners.size() - 1;
}

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto stated_fields(type_info const& type, boost::json::value const& document)
    -> result<field_set> {
    auto reader = detail::stated_reader();
    auto out = reader.read_document(type, document.get_object());
    if (auto ok = reader.complaints(); !ok) return std::unexpected(std::move(ok).error());
    return out;
}

BERTH_DECL auto check_typed(type_info const& type, void const* value) -> result<void> {
    if (type.documented == nullptr) return {};
    auto reader = detail::stated_reader();
    reader.check(type, detail::document_in(type, value).get_object());
    return reader.complaints();
}

BERTH_DECL auto fields_in(type_info const& type, void const* value) -> field_set {
    auto walk = detail::field_walk();
    return walk.fields(detail::whole_slot(type), walk.look().look(type, value));
}

BERTH_DECL auto compare_fields(type_info const& type, void const* before, void const* after) -> comparison {
    if (type.equal(before, after)) return {};
    auto walk = detail::compare_walk(false);
    auto const was = walk.look().look(type, before);
    return walk.compare(detail::whole_slot(type), was, walk.look().look(type, after));
}

BERTH_DECL auto compare_stated(type_info const& type, void const* before, boost::json::value const& document)
    -> comparison {
    auto walk = detail::compare_walk(true);
    auto const was = walk.look().look(type, before);
    return walk.compare(detail::whole_slot(type), was, detail::view::of(document));
}

BERTH_DECL auto merge_stated(type_info const& type, void* value, boost::json::value const& document)
    -> result<void> {
    return detail::merge_into(type, value, document);
}

BERTH_DECL auto remove_fields(type_info const& type, void* value, field_set const& fields) -> void {
    auto const at = detail::whole_slot(type);
    if (type.documented == nullptr) return detail::field_removal().remove(at, value, fields);
    auto document = detail::document_in(type, value);
    detail::document_removal().remove(at, document, fields);
    (void)detail::put_document(type, value, document); // less than what was there can be read
}

BERTH_DECL auto extract_fields(type_info const& type, void* value, field_set const& fields) -> void {
    auto const at = detail::whole_slot(type);
    auto const all = detail::with_all_above(fields_in(type, value), at);
    remove_fields(type, value, all - detail::with_all_above(fields, at));
}

BERTH_DECL auto apply_document(type_info const& type, void* object, boost::json::value const& document,
                               std::vector<field_owner>& owners, field_owner who, bool force,
                               field_set const& ignored, field_set const& never_owned) -> result<applied> {
    auto const again = detail::states_again(type, document, owners, who.name, ignored, never_owned);
    auto stated = again ? result<field_set>() : stated_fields(type, document);
    if (!stated) return std::unexpected(std::move(stated).error());
    auto const at = detail::whole_slot(type);
    auto walk = detail::compare_walk(true);
    auto const change = walk.compare(at, walk.look().look(type, object), detail::view::of(document));
    auto const changed = change.added | change.modified;
    auto const taken = changed.without(ignored);
    auto const version = who.version;
    auto const self = detail::place_of(owners, std::move(who));
    auto const last = owners[self].fields;
    if (!again) {
        auto owned = ignored.empty() ? *std::move(stated) : stated->without(ignored);
        if (owned.intersects(never_owned)) owned = owned - never_owned;
        if (owned != *last) owners[self].fields = detail::share(std::move(owned));
    }
    owners[self].version = version;
    owners[self].applies = true;
    auto out = applied{.changed = !changed.empty() || walk.reordered(), .conflicts = {}};
    auto told = std::size_t{0};
    for (std::size_t i = 0; i < owners.size() && !force && !taken.empty(); ++i)
        if (i != self && owners[i].fields->intersects(taken))
            (*owners[i].fields & taken).each([&](field_path_elements const& p) {
                if (told < told_paths::most_text) out.conflicts.push_back({i, p});
                for (auto const& e : p) told += e.text.size();
            });
    if (!out.conflicts.empty()) return out;
    auto const* const where = walk.reordered() ? nullptr : &changed;
    if (auto done = detail::merge_into(type, object, document, where); !done)
        return std::unexpected(std::move(done).error());
    detail::take_from_others(owners, self, taken);
    if (last == owners[self].fields || (*last - *owners[self].fields).empty()) return out;
    auto const dropped = detail::dropped_fields(type, object, *last, owners);
    if (dropped.empty()) return out;
    auto const was = fields_in(type, object);
    remove_fields(type, object, dropped);
    detail::take_from_others(owners, self,
                             detail::with_named(was, at) - detail::with_named(fields_in(type, object), at));
    out.changed = true;
    return out;
}

BERTH_DECL auto note_change(comparison const& change, std::vector<field_owner>& owners, field_owner who,
                            field_set const& ignored) -> void {
    auto const taken = (change.added | change.modified).without(ignored);
    auto const removed = change.removed.without(ignored);
    auto const version = who.version;
    auto const self = detail::place_of(owners, std::move(who));
    detail::take_from_others(owners, self, taken | removed);
    auto const& own = *owners[self].fields;
    if (own.intersects(removed) || !(taken - own).empty())
        owners[self].fields = detail::share((own - removed) | taken);
    owners[self].version = version;
}

} // namespace berth::object
