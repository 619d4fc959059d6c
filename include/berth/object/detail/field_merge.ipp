#pragma once

/// \file
/// The bodies of `berth/object/detail/field_merge.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/field_merge.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object::detail {

/// What is in an optional, made if absent.
inline auto inside_optional(type_info const*& type, void* value) -> void* {
    while (type->form == shape::optional) {
        value = type->add(value, {});
        type = &type->element();
    }
    return value;
}

inline auto is_container(type_info const& type) -> bool {
    return type.form == shape::list || type.form == shape::map || type.form == shape::record;
}

/// Ends a value on the heap.
struct value_owner {
    type_info const& type;
    void* value;

    value_owner(type_info const& t, void* v) : type(t), value(v) {}
    value_owner(value_owner const&) = delete;
    auto operator=(value_owner const&) -> value_owner& = delete;
    ~value_owner() { type.destroy(value); }
};

/// JSON that is kept as text; none, or a malformed one, is null.
inline auto kept_json(std::string const& text) -> boost::json::value {
    auto read = parse_document(text);
    return read ? std::move(read->value) : nullptr;
}

/// Merges JSON of no described type: objects member by member, all else as a whole.
inline auto merge_json(boost::json::value& into, boost::json::value const& stated) -> void {
    auto* const there = into.if_object();
    auto const nothing = stated.is_null() || (stated.is_object() && stated.get_object().empty());
    if (there != nullptr && !there->empty() && nothing) return;
    if (there == nullptr || !stated.is_object()) {
        into = stated;
        return;
    }
    for (auto const& m : stated.get_object()) merge_json((*there)[m.key()], m.value());
}

BERTH_DECL auto rearrange(type_info const& list_type, void* list, std::vector<std::size_t> const& order)
    -> void {
    auto const before = value_owner{list_type, list_type.clone(list)};
    list_type.reset(list);
    for (auto const n : order) {
        auto* const made = list_type.add(list, {});
        if (n != element_index::none) list_type.element().assign(made, list_type.at(before.value, n));
    }
}

BERTH_DECL auto field_merge::replace(type_info const& type, void* to, boost::json::value const& json)
    -> result<void> {
    if (is_container(type) || type.form == shape::raw || json.is_null()) type.reset(to);
    auto d = decoder({.unknown = unknown_members::keep, .words = decoder_words::converter});
    return d.decode(json, type, to);
}

BERTH_DECL auto field_merge::merge(type_info const& type, field_info const* field, void* to,
                                   boost::json::value const& json, field_set const* changed) -> result<void> {
    auto const at = slot_of(type, field);
    auto const parts = at.how != relation::leaf;
    if (json.is_null()) {
        if (parts && !look_.is_empty(at, look_.look(type, to))) return {}; // it says nothing of what is in it
        type.reset(to);
        if (field != nullptr && field->nullable) type.add(to, {});
        return {};
    }
    auto const* inner = &type;
    to = inside_optional(inner, to);
    if (!parts) return replace(*inner, to, json);
    if (at.how == relation::granular && json.is_object())
        return merge_members(at, to, json.get_object(), false, changed);
    if (at.how == relation::deduced) {
        auto& text = static_cast<raw_json*>(to)->text;
        auto now = kept_json(text);
        merge_json(now, json);
        text = boost::json::serialize(now);
        return {};
    }
    if (json.is_array()) return merge_list(at, to, json.get_array(), changed);
    return replace(*inner, to, json);
}

BERTH_DECL auto is_changed(field_set const* changed, path_element const& e, field_set const*& below) -> bool {
    below = nullptr;
    if (changed == nullptr) return true;
    auto const* const n = changed->find(e);
    if (n != nullptr && !n->member) below = &n->below;
    return n != nullptr;
}

BERTH_DECL auto field_merge::names_of(std::vector<entry> const& entries) -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    for (auto const& e : entries) out.push_back(e.name);
    return out;
}

/// Gives a map these keys besides its own in one pass: one by one, each would move all behind it.
inline auto add_keys(type_info const& map, void* to, std::vector<std::string_view> keys) -> void {
    constexpr auto few = std::size_t{8};
    if (keys.size() < few) return;
    std::sort(keys.begin(), keys.end());
    auto const before = value_owner{map, map.clone(to)};
    map.reset(to);
    auto const take = [&](std::size_t n) {
        map.element().assign(map.add(to, map.key(before.value, n)), map.at(before.value, n));
    };
    auto n = std::size_t{0};
    auto const there = map.size(before.value);
    for (auto const key : keys) {
        for (; n < there && map.key(before.value, n) <= key; ++n) take(n);
        map.add(to, key);
    }
    for (; n < there; ++n) take(n);
}

BERTH_DECL auto field_merge::merge_members(slot const& at, void* to, boost::json::object const& json,
                                           bool document, field_set const* changed) -> result<void> {
    auto entries = std::vector<entry>(); // of a map, or what a record does not describe
    auto const map = at.type->form == shape::map;
    for (auto const& m : json) {
        auto const name = text_view(m.key());
        if (document && (name == "apiVersion" || name == "kind")) continue;
        field_set const* below = nullptr;
        if (!is_changed(changed, path_element::field(name), below)) continue;
        auto const* const f = map ? nullptr : at.type->field(name);
        if (f == nullptr) entries.push_back({name, &m.value(), below});
        else if (auto done = merge(f->type(), f, f->in(to), m.value(), below); !done) return done;
    }
    if (map) return merge_entries(*at.type, to, entries);
    merge_unknown(*at.type, to, entries);
    return {};
}

BERTH_DECL auto field_merge::merge_entries(type_info const& map, void* to, std::vector<entry> const& entries)
    -> result<void> {
    add_keys(map, to, names_of(entries));
    for (auto const& e : entries)
        if (auto done = merge(map.element(), nullptr, map.add(to, e.name), *e.value, e.below); !done)
            return done;
    return {};
}

BERTH_DECL auto field_merge::merge_unknown(type_info const& type, void* record,
                                           std::vector<entry> const& entries) -> void {
    auto* const unknown = type.unknown(record);
    if (unknown == nullptr || entries.empty()) return;
    auto& kept = unknown->engage();
    add_keys(type_of<dictionary<raw_json>>(), &kept, names_of(entries));
    for (auto const& e : entries) {
        auto& text = kept[e.name].text;
        auto now = kept_json(text);
        merge_json(now, *e.value);
        text = boost::json::serialize(now);
    }
}

BERTH_DECL auto merged_order(element_index const& before, element_index const& stated)
    -> std::vector<merged_element> {
    constexpr auto none = element_index::none;
    auto shared = std::vector<std::size_t>(); // places in the document of what was there, last one first
    for (auto n = stated.names().size(); n-- > 0;)
        if (before.find(stated.names()[n]) != none) shared.push_back(n);
    auto out = std::vector<merged_element>();
    auto taken = std::vector<bool>(stated.names().size());
    auto left = std::size_t{0};
    auto right = std::size_t{0};
    auto const take_stated = [&] {
        auto const& name = stated.names()[right];
        auto const partner = before.find(name);
        out.push_back({partner != none && before.repeats(partner) ? none : partner, right});
        taken[right] = true;
        if (!shared.empty() && shared.back() == right) shared.pop_back();
        ++right;
    };
    while (left < before.names().size() || right < stated.names().size()) {
        if (left == before.names().size()) {
            take_stated();
            continue;
        }
        auto const partner = stated.find(before.names()[left]);
        if (partner == none) {
            out.push_back({left++, none});
        } else if (taken[partner]) {
            ++left; // already merged with what the document states
        } else if (partner == right) {
            take_stated();
            ++left;
        } else if (!shared.empty() && shared.back() != partner) {
            ++left; // not the one that is next in the document
        } else {
            take_stated();
        }
    }
    return out;
}

BERTH_DECL auto field_merge::merge_list(slot const& at, void* to, boost::json::array const& stated,
                                        field_set const* changed) -> result<void> {
    if (stated.empty()) return {};
    auto const names = [&](auto const& elements) -> result<element_index> {
        auto out = std::vector<path_element>();
        for (auto const& e : elements) {
            auto name = look_.element_name(at, e);
            if (!name) return std::unexpected(std::move(name).error());
            out.push_back(*std::move(name));
        }
        return element_index(std::move(out));
    };
    auto there = std::vector<view>();
    for (std::size_t n = 0, size = at.type->size(to); n < size; ++n)
        there.push_back(look_.look(at.type->element(), at.type->at(to, n)));
    auto asked = std::vector<view>();
    for (auto const& e : stated) asked.push_back(view::of(e));
    auto const before = names(there);
    if (!before) return std::unexpected(before.error());
    auto const after = names(asked);
    if (!after) return std::unexpected(after.error());
    auto const order = merged_order(*before, *after);
    auto places = std::vector<std::size_t>();
    for (auto const& p : order) places.push_back(p.before);
    auto as_they_are = places.size() >= there.size();
    for (std::size_t n = 0; n < places.size() && as_they_are; ++n)
        as_they_are = places[n] == (n < there.size() ? n : element_index::none);
    if (!as_they_are) rearrange(*at.type, to, places);
    else
        for (auto n = there.size(); n < places.size(); ++n) at.type->add(to, {});
    auto const& element = at.type->element();
    for (std::size_t n = 0; n < order.size(); ++n) {
        if (order[n].stated == element_index::none) continue;
        field_set const* below = nullptr;
        if (!is_changed(changed, after->names()[order[n].stated], below)) continue;
        auto* const into = at.type->reach(to, n);
        if (auto done = merge(element, nullptr, into, stated[order[n].stated], below); !done) return done;
    }
    return {};
}

BERTH_DECL auto field_removal::remove(slot const& at, void* value, field_set const& fields) -> void {
    if (fields.empty() || at.type == nullptr) return;
    if (at.is_record()) remove_from_record(*at.type, value, fields);
    else if (at.type->form == shape::map) remove_from_map(*at.type, value, fields);
    else if (at.is_list()) remove_from_list(at, value, fields);
}

BERTH_DECL auto field_removal::remove_member(type_info const& type, field_info const* field, void* value,
                                             field_set const& below) -> void {
    auto const at = slot_of(type, field);
    auto const* inner = &type;
    auto* into = value;
    while (inner->form == shape::optional) {
        if (inner->size(into) == 0) return;
        into = inner->reach(into, 0);
        inner = &inner->element();
    }
    if (inner->form == shape::raw) return remove_from_text(*static_cast<raw_json*>(into), below);
    if (at.how == relation::leaf) {
        if (is_container(*inner)) type.reset(value);
        return;
    }
    remove(at, into, below);
    if (look_.is_empty(at, {view::source::memory, into, nullptr})) type.reset(value);
}

BERTH_DECL auto field_removal::remove_from_record(type_info const& type, void* record,
                                                  field_set const& fields) -> void {
    for (auto const& n : fields.nodes()) {
        if (!n.element.is_field()) continue;
        auto const name = n.element.name();
        if (auto const* const f = type.field(name)) {
            if (n.member) f->type().reset(f->in(record));
            else remove_member(f->type(), f, f->in(record), n.below);
            continue;
        }
        auto* const unknown = type.unknown(record);
        auto* const kept = unknown == nullptr || !*unknown ? nullptr : (**unknown).find(name);
        if (kept == nullptr) continue;
        if (!n.member) remove_from_text(*kept, n.below);
        else (**unknown).erase(name);
        if ((**unknown).empty()) unknown->reset();
    }
}

BERTH_DECL auto field_removal::remove_from_map(type_info const& type, void* map, field_set const& fields)
    -> void {
    // Made anew in one pass, however many go.
    auto& entries = as<erased_list>(map);
    auto kept = std::size_t{0};
    for (std::size_t n = 0, size = entries.size; n < size; ++n) {
        auto const* const found = fields.find(path_element::field(key_at(*type.entry, entries, n)));
        if (found != nullptr && found->member) continue;
        if (found != nullptr)
            remove_member(type.element(), nullptr, type.reach(map, n), found->below);
        entries.swap_elements(*type.entry, kept++, n);
    }
    entries.truncate(*type.entry, kept);
}

BERTH_DECL auto field_removal::remove_from_list(slot const& at, void* list, field_set const& fields) -> void {
    auto const& type = *at.type;
    auto kept = std::vector<std::size_t>();
    auto const size = type.size(list);
    for (std::size_t n = 0; n < size; ++n) {
        auto* const element = type.reach(list, n);
        auto const name = look_.element_name(at, look_.look(type.element(), element));
        auto const* const found = name ? fields.find(*name) : nullptr;
        if (found != nullptr && found->member) continue;
        kept.push_back(n);
        if (found != nullptr) remove_member(type.element(), nullptr, element, found->below);
    }
    if (kept.size() < size) rearrange(type, list, kept);
}

BERTH_DECL auto field_removal::remove_from_json(boost::json::value& value, field_set const& fields) -> void {
    auto* const object = value.if_object();
    if (object == nullptr) return;
    for (auto const& n : fields.nodes()) {
        if (!n.element.is_field()) continue;
        auto const at = object->find(n.element.name());
        if (at == object->end()) continue;
        if (n.member) object->erase(at);
        else remove_from_json(at->value(), n.below);
    }
    if (object->empty()) value = nullptr;
}

BERTH_DECL auto field_removal::remove_from_text(raw_json& json, field_set const& fields) -> void {
    auto value = kept_json(json.text);
    remove_from_json(value, fields);
    json.text = value.is_null() ? std::string() : boost::json::serialize(value);
}

} // namespace berth::object::detail
