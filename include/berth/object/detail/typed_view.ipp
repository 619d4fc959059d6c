#pragma once

/// \file
/// The bodies of `berth/object/detail/typed_view.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/document_value.hpp>
#include <berth/object/detail/go_text.hpp>
#include <berth/object/detail/optional_type.hpp>
#include <berth/object/detail/typed_view.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/parse.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <numeric>

namespace berth::object::detail {

inline auto relation_of(type_info const& type, merge_topology topology) -> relation {
    using enum merge_topology;
    switch (type.form) {
    case shape::list:
        return topology == set ? relation::set : topology == map ? relation::keyed : relation::leaf;
    case shape::map: return topology == atomic ? relation::leaf : relation::granular;
    case shape::record: {
        auto const said = topology == unsaid ? type.topology : topology;
        return said == atomic ? relation::leaf : relation::granular;
    }
    case shape::raw: return relation::deduced;
    default: return relation::leaf;
    }
}

BERTH_DECL auto slot_of(type_info const& type, field_info const* field) -> slot {
    auto const& inner = without_optional(type);
    if (inner.documented != nullptr) return slot_of(*inner.documented, false);
    auto const topology = field == nullptr ? merge_topology::unsaid : field->topology;
    auto const how = relation_of(inner, topology);
    return {how == relation::deduced ? nullptr : &inner, field, how, nullptr, false, false};
}

BERTH_DECL auto whole_slot(type_info const& type) -> slot {
    auto out = slot_of(type);
    out.kind = type.resource != nullptr;
    return out;
}

/// What a document may hold where a schema says so (kube-openapi, `schemaconv`).
inline auto content_of(document_schema const& s) -> content {
    if (s.int_or_string || s.types.size() != 1) return content::any;
    auto const& type = s.types.front();
    if (type == "object") return content::map;
    if (type == "array") return content::list;
    if (type == "integer" || type == "number") return content::number;
    if (type == "boolean") return content::boolean;
    return type == "string" ? content::text : content::any;
}

inline auto relation_of(document_schema const& s) -> relation {
    using enum merge_topology;
    switch (content_of(s)) {
    case content::any: return relation::deduced;
    case content::map: return s.topology == atomic ? relation::leaf : relation::granular;
    case content::list:
        return s.topology == set ? relation::set : s.topology == map ? relation::keyed : relation::leaf;
    default: return relation::leaf;
    }
}

BERTH_DECL auto slot_of(document_schema const& schema, bool keeps) -> slot {
    return {nullptr, nullptr, relation_of(schema), &schema, false, keeps || schema.preserves_unknown};
}

BERTH_DECL auto slot::is_object() const -> bool { return schema != nullptr && (kind || schema->embedded); }

BERTH_DECL auto slot::holds() const -> content {
    if (type == nullptr) return schema == nullptr ? content::any : content_of(*schema);
    switch (type->form) {
    case shape::list: return content::list;
    case shape::map:
    case shape::record: return content::map;
    case shape::int32:
    case shape::int64:
    case shape::number: return content::number;
    case shape::boolean: return content::boolean;
    case shape::text: return content::text;
    default: return type->schema_format == "byte" ? content::text : content::any;
    }
}

BERTH_DECL auto slot::member(std::string_view name) const -> slot {
    if (schema != nullptr) {
        if (is_object() && name == "metadata") return slot_of(type_of<meta>());
        if (is_object() && (name == "apiVersion" || name == "kind")) return slot_of(type_of<std::string>());
        if (auto const* const property = schema->property(name)) return slot_of(*property, keeps);
        return schema->additional == nullptr ? slot{} : slot_of(*schema->additional, keeps);
    }
    if (type == nullptr) return {};
    if (type->form == shape::map || type->form == shape::list) return slot_of(type->element());
    auto const* const f = type->field(name);
    return f == nullptr ? slot{} : slot_of(f->type(), f);
}

BERTH_DECL auto slot::element() const -> slot {
    if (schema != nullptr) return schema->items == nullptr ? slot{} : slot_of(*schema->items, keeps);
    auto const holds_elements = type != nullptr && type->contained != nullptr;
    return holds_elements ? slot_of(type->element()) : slot{};
}

BERTH_DECL auto slot::declares(std::string_view name) const -> bool {
    if (schema == nullptr) return is_record() && type->field(name) != nullptr;
    if (is_object() && (name == "metadata" || name == "apiVersion" || name == "kind")) return true;
    return schema->property(name) != nullptr;
}

BERTH_DECL auto slot::takes(std::string_view name) const -> bool {
    if (declares(name)) return true;
    if (schema == nullptr) return !is_record() || type->open;
    if (schema->additional != nullptr) return true;
    auto const free_form = schema->properties.empty() && !is_object();
    return schema->allows_additional.value_or(keeps || free_form);
}

BERTH_DECL auto slot::keys() const -> std::vector<std::string_view> {
    auto out = std::vector<std::string_view>();
    if (schema != nullptr) {
        out.assign(schema->list_keys.begin(), schema->list_keys.end());
        return out;
    }
    if (field == nullptr) return out;
    for (auto rest = field->details->list_keys; !rest.empty();) {
        auto const end = std::min(rest.find(','), rest.size());
        out.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

BERTH_DECL auto slot::fallback_of(std::string_view name) const -> std::string {
    if (schema != nullptr) {
        auto const* const property = schema->property(name);
        return property == nullptr || !property->fallback ? std::string()
                                                          : boost::json::serialize(*property->fallback);
    }
    auto const* const f = is_record() ? type->field(name) : nullptr;
    return f == nullptr ? std::string() : std::string(f->details->fallback);
}

BERTH_DECL auto viewer::look(type_info const& type, void const* value) -> view {
    if (type.documented != nullptr) return view::of(parsed_.emplace_back(document_in(type, value)));
    auto const* t = &type;
    while (t->form == shape::optional) {
        if (t->size(value) == 0) return {view::source::null, nullptr, nullptr};
        value = t->at(value, 0);
        t = &t->element();
    }
    auto const optional = t != &type;
    if (t->form == shape::raw) {
        auto const& text = static_cast<raw_json const*>(value)->text;
        return text.empty() ? view{view::source::null, nullptr, nullptr} : view::of(parse(text));
    }
    auto const nothing = (t->form == shape::list || t->form == shape::map) && t->size(value) == 0;
    if (nothing && !optional) return {view::source::null, nullptr, nullptr};
    return {view::source::memory, value, nullptr};
}

BERTH_DECL auto viewer::parse(std::string_view text) -> boost::json::value const& {
    auto read = parse_document(text);
    return parsed_.emplace_back(read ? std::move(read->value) : nullptr);
}

BERTH_DECL auto viewer::is_list(slot const& at, view const& v) const -> bool {
    return v.json != nullptr ? v.json->is_array() : v.memory != nullptr && at.is_list();
}

BERTH_DECL auto viewer::is_map(slot const& at, view const& v) const -> bool {
    if (v.json != nullptr) return v.json->is_object();
    return v.memory != nullptr && at.holds() == content::map;
}

BERTH_DECL auto viewer::is_empty(slot const& at, view const& v) const -> bool {
    if (v.is_absent() || v.is_null()) return true;
    if (v.json != nullptr)
        return (v.json->is_array() && v.json->get_array().empty()) ||
               (v.json->is_object() && v.json->get_object().empty());
    if (!at.is_record()) return is_list(at, v) || is_map(at, v) ? at.type->size(v.memory) == 0 : false;
    for (auto const& f : at.type->fields)
        if (f.always || !f.type().is_zero(f.in(v.memory))) return false;
    auto const* const unknown = at.type->unknown(v.memory);
    return unknown == nullptr || !*unknown;
}

BERTH_DECL auto viewer::record_members(slot const& at, void const* record, std::vector<part>& out) -> void {
    for (auto const& f : at.type->fields) {
        auto const* const value = f.in(record);
        if (!f.always && f.type().is_zero(value)) continue;
        out.push_back({f.name, slot_of(f.type(), &f), look(f.type(), value)});
    }
    auto const* const unknown = at.type->unknown(record);
    if (unknown == nullptr || !*unknown) return;
    for (auto const& [name, json] : **unknown) out.push_back({name, slot{}, view::of(parse(json.text))});
}

BERTH_DECL auto viewer::members(slot const& at, view const& v) -> std::vector<part> {
    auto out = std::vector<part>();
    if (v.json != nullptr && v.json->is_object()) {
        out.reserve(v.json->get_object().size());
        for (auto const& m : v.json->get_object()) {
            auto const name = std::string_view(m.key().data(), m.key().size());
            out.push_back({name, at.member(name), view::of(m.value())});
        }
    } else if (v.memory != nullptr && at.is_record()) {
        record_members(at, v.memory, out);
    } else if (v.memory != nullptr) {
        auto const inner = slot_of(at.type->element());
        for (std::size_t i = 0, n = at.type->size(v.memory); i < n; ++i)
            out.push_back(
                {at.type->key(v.memory, i), inner, look(at.type->element(), at.type->at(v.memory, i))});
    }
    return out;
}

BERTH_DECL auto viewer::member(slot const& at, view const& v, std::string_view name) -> view {
    if (v.json != nullptr) {
        auto const* const object = v.json->if_object();
        auto const* const found = object == nullptr ? nullptr : object->if_contains(name);
        return found == nullptr ? view{} : view::of(*found);
    }
    if (v.memory == nullptr) return {};
    if (at.is_record()) {
        if (auto const* const f = at.type->field(name)) {
            auto const* const value = f->in(v.memory);
            if (!f->always && f->type().is_zero(value)) return {};
            return look(f->type(), value);
        }
        auto const* const unknown = at.type->unknown(v.memory);
        auto const* const kept = unknown == nullptr || !*unknown ? nullptr : (**unknown).find(name);
        return kept == nullptr ? view{} : view::of(parse(kept->text));
    }
    auto const& entries = as<erased_list>(v.memory);
    auto const n = key_position(*at.type->entry, entries, name.data(), name.size());
    if (!has_key(*at.type->entry, entries, n, name.data(), name.size())) return {};
    return look(at.type->element(), at.type->at(v.memory, n));
}

BERTH_DECL auto viewer::size(slot const& at, view const& v) const -> std::size_t {
    if (v.json != nullptr) return v.json->is_array() ? v.json->get_array().size() : 0;
    return v.memory != nullptr && at.is_list() ? at.type->size(v.memory) : 0;
}

BERTH_DECL auto viewer::element(slot const& at, view const& v, std::size_t n) -> view {
    if (v.json != nullptr) return view::of(v.json->get_array()[n]);
    return look(at.type->element(), at.type->at(v.memory, n));
}

BERTH_DECL auto viewer::text_of(slot const& at, view const& v, std::string& out) -> void {
    if (v.json == nullptr) {
        if (v.memory == nullptr) out += "null";
        else append_json(out, *at.type, v.memory);
    } else if (v.json->is_string()) {
        append_json_string(out, {v.json->get_string().data(), v.json->get_string().size()});
    } else {
        out += boost::json::serialize(*v.json);
    }
}

BERTH_DECL auto viewer::append_key(std::string& out, slot const& element, view const& v, std::string_view key)
    -> bool {
    auto const value = member(element, v, key);
    auto const fallback = value.is_absent() ? element.fallback_of(key) : std::string();
    if (value.is_absent() && fallback.empty()) return false;
    if (out.size() > 3) out += ',';
    append_json_string(out, key);
    out += ':';
    if (value.is_absent()) out += fallback;
    else text_of(element.member(key), value, out);
    return true;
}

BERTH_DECL auto viewer::element_name(slot const& list, view const& element) -> result<path_element> {
    auto const refuse = [](std::string why) { return fail(error_code::invalid, std::move(why)); };
    auto const inner = list.element();
    if (list.how == relation::set) {
        if (element.is_null())
            return refuse("associative list without keys has an element that's an explicit null");
        if (is_map(inner, element))
            return refuse("associative list without keys has an element that's a map type");
        if (is_list(inner, element)) return refuse("not supported: associative list with lists as elements");
        auto out = path_element{"v:"};
        text_of(inner, element, out.text);
        return out;
    }
    if (element.is_null()) return refuse("associative list with keys may not have a null element");
    if (!is_map(inner, element)) return refuse("associative list with keys may not have non-map elements");
    auto out = path_element{"k:{"};
    auto in_order = list.keys();
    std::sort(in_order.begin(), in_order.end());
    auto some = false;
    for (auto const key : in_order) some = append_key(out.text, inner, element, key) || some;
    out.text += '}';
    if (some) return out;
    auto told = std::string("associative list with keys has an element that omits all key fields [");
    for (auto const key : list.keys()) {
        if (told.back() != '[') told += ' ';
        told += go_quoted(key);
    }
    return refuse(told + "] (and doesn't have default values for any key fields)");
}

BERTH_DECL auto viewer::json_of(slot const& at, view const& v) -> boost::json::value const& {
    if (v.json != nullptr) return *v.json;
    if (v.memory == nullptr) return parsed_.emplace_back(nullptr);
    auto text = std::string();
    append_json(text, *at.type, v.memory);
    return parse(text);
}

BERTH_DECL auto viewer::equal(slot const& at, view const& a, view const& b) -> bool {
    if (a.is_null() || b.is_null()) return a.from == b.from;
    if (a.memory != nullptr && b.memory != nullptr) return at.type->equal(a.memory, b.memory);
    if (a.json != nullptr && b.json != nullptr) return *a.json == *b.json;
    auto const& json = a.json != nullptr ? *a.json : *b.json;
    auto const* const memory = a.json != nullptr ? b.memory : a.memory;
    if (at.type->form == shape::text)
        return json.is_string() && std::string_view(json.get_string()) == at.type->text(memory);
    if (at.type->form == shape::boolean) return json.is_bool() && json.get_bool() == as<bool>(memory);
    return json_of(at, a) == json_of(at, b);
}

BERTH_DECL element_index::element_index(std::vector<path_element> names)
    : names_(std::move(names)), sorted_(names_.size()) {
    std::iota(sorted_.begin(), sorted_.end(), std::size_t{0});
    std::sort(sorted_.begin(), sorted_.end(), [this](std::size_t a, std::size_t b) {
        auto const order = names_[a].text.compare(names_[b].text); // any order will do
        return order < 0 || (order == 0 && a < b);
    });
}

BERTH_DECL auto element_index::all(path_element const& name) const -> std::span<std::size_t const> {
    auto const first =
        std::lower_bound(sorted_.begin(), sorted_.end(), name,
                         [this](std::size_t n, path_element const& x) { return names_[n].text < x.text; });
    auto last = first;
    while (last != sorted_.end() && names_[*last] == name) ++last;
    return {first, last};
}

BERTH_DECL auto element_index::find(path_element const& name) const -> std::size_t {
    auto const found = all(name);
    return found.empty() ? none : found.front();
}

} // namespace berth::object::detail
