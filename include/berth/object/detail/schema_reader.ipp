#pragma once

/// \file
/// The bodies of `berth/object/detail/schema_reader.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/schema_reader.hpp>

#include <algorithm>

namespace berth::object::detail {

/// The plural that Kubernetes takes for a kind's as long as nobody says another (apimachinery 1.36,
/// `meta.UnsafeGuessKindToResource`).
inline auto guessed_plural(std::string singular) -> std::string {
    if (singular.ends_with("endpoints")) return singular;
    if (singular.ends_with('s')) return singular + "es";
    if (!singular.ends_with('y')) return singular + "s";
    singular.pop_back();
    return singular + "ies";
}

/// The whole document.
inline constexpr auto root_place = schema_place{};

BERTH_DECL schema_reader::schema_reader(runtime_schema_options const& options) : options_(options) {
    for (auto const* t : {&type_of<meta>(), &type_of<timestamp>(), &type_of<micro_timestamp>(),
                          &type_of<quantity>(), &type_of<int_or_string>()})
        known_.emplace(t->name, t);
    for (auto const* t : options.known) known_.insert_or_assign(t->name, t);
}

BERTH_DECL auto schema_reader::read_document(boost::json::value const& document) -> outcome {
    auto const* const root = document.if_object();
    if (root == nullptr) return bad_schema(root_place, "an OpenAPI document must be an object");
    auto const* components = root->if_contains("components");
    if (components != nullptr && components->is_object())
        components = components->get_object().if_contains("schemas");
    if (components == nullptr) components = root->if_contains("definitions");
    if (components == nullptr || !components->is_object())
        return bad_schema(root_place, "an OpenAPI document must have an object components.schemas");
    components_ = &components->get_object();
    for (auto const& k : options_.kinds) kinds_.emplace(k.schema, &k.resource);
    for (auto const& member : *components_)
        if (auto const t = resolve(text_of(member.key()), root_place); !t) return std::unexpected(t.error());
    return finish();
}

BERTH_DECL auto schema_reader::read_kind(boost::json::value const& schema, std::string_view name,
                                         resource_name const& kind) -> outcome {
    auto const& at = step(nullptr, "openAPIV3Schema");
    auto const* const object = schema.if_object();
    if (object == nullptr) return bad_schema(at, "must be an object");
    auto keywords = keyword_reader(*object, at);
    if (keywords.text("type") != "object") return bad_schema(at, "the type of a kind must be object");
    auto& t = record(*object, at);
    t.name = tables_->keep(name);
    t.resource = tables_->keep(kind);
    tables_->documented = options_.documented;
    t.documented = tables_->documented.get();
    tables_->named.emplace(t.name, &t);
    return finish();
}

BERTH_DECL auto schema_reader::step(schema_place const& from, std::string_view name) -> schema_place const& {
    return places_.emplace_back(schema_place{&from, name, from.depth + 1});
}

BERTH_DECL auto schema_reader::step(std::nullptr_t, std::string_view name) -> schema_place const& {
    return places_.emplace_back(schema_place{nullptr, name, 0});
}

BERTH_DECL auto schema_reader::finish() -> outcome {
    for (; !tasks_.empty(); tasks_.pop_front())
        if (auto const done = fill(tasks_.front()); !done) return std::unexpected(done.error());
    // All sizes are known now.
    for (auto* const entry : entries_) {
        auto const& value = entry->members[1];
        entry->alignment = std::max<std::uint32_t>(alignof(std::string), value.of->alignment);
        entry->bytes = rounded_up(value.offset + value.of->bytes, entry->alignment);
    }
    for (auto& t : tables_->types) t.owner = tables_.get();
    return std::move(tables_);
}

BERTH_DECL auto schema_reader::reference_in(json_object const& schema, schema_place const& at)
    -> result<std::optional<std::string_view>> {
    auto const* target = schema.if_contains("$ref");
    if (target == nullptr) {
        auto const* const all = schema.if_contains("allOf");
        auto const* const parts = all == nullptr ? nullptr : all->if_array();
        if (parts == nullptr || parts->size() != 1 || !parts->front().is_object()) return std::nullopt;
        target = parts->front().get_object().if_contains("$ref");
    }
    if (target == nullptr) return std::nullopt;
    if (!target->is_string()) return bad_schema(at, "$ref must be a string");
    auto const text = schema_text(target->get_string());
    for (auto const prefix : {std::string_view("#/components/schemas/"), std::string_view("#/definitions/")})
        if (text.starts_with(prefix)) return text.substr(prefix.size());
    return bad_schema(at, "$ref must point into #/components/schemas/, and not to " + std::string(text));
}

BERTH_DECL auto schema_reader::resolve(std::string_view name, schema_place const& from)
    -> result<type_info const*> {
    constexpr auto most = 16;
    auto const first = name;
    for (auto hops = 0; hops < most; ++hops) {
        if (auto const found = known_.find(name); found != known_.end()) return named(first, found->second);
        if (auto const found = tables_->named.find(name); found != tables_->named.end())
            return named(first, found->second);
        auto const* const schema =
            components_ == nullptr ? nullptr : components_->if_contains({name.data(), name.size()});
        if (schema == nullptr) return bad_schema(from, "there is no schema " + std::string(name));
        auto const& at = step(nullptr, name);
        if (!schema->is_object()) return bad_schema(at, "a schema must be an object");
        auto const next = reference_in(schema->get_object(), at);
        if (!next) return std::unexpected(next.error());
        if (!*next) {
            auto const made = make_named(name, schema->get_object(), at);
            return made ? named(first, *made) : made;
        }
        name = **next;
    }
    return bad_schema(from, "the references from " + std::string(first) + " go in a circle");
}

BERTH_DECL auto schema_reader::named(std::string_view name, type_info const* t) -> type_info const* {
    if (!tables_->named.contains(name)) tables_->named.emplace(tables_->keep(name), t);
    return t;
}

BERTH_DECL auto schema_reader::make_named(std::string_view name, json_object const& schema,
                                          schema_place const& at) -> result<type_info const*> {
    auto const made = make(schema, at);
    if (!made || (*made)->form != shape::record) return made;
    auto& t = tables_->types.back(); // the one that was made
    t.name = tables_->keep(name);
    if (auto const kind = kinds_.find(name); kind != kinds_.end()) t.resource = tables_->keep(*kind->second);
    else t.resource = kind_of(schema);
    return made;
}

BERTH_DECL auto schema_reader::kind_of(json_object const& schema) -> resource_name const* {
    auto const text = [](boost::json::value const& kind, char const* name) {
        auto const* const object = kind.if_object();
        auto const* const value = object == nullptr ? nullptr : object->if_contains(name);
        return value == nullptr || !value->is_string() ? std::string_view()
                                                       : schema_text(value->get_string());
    };
    auto const* const kinds = schema.if_contains("x-kubernetes-group-version-kind");
    if (kinds == nullptr || !kinds->is_array() || kinds->get_array().size() != 1) return nullptr;
    auto const& said = kinds->get_array().front();
    auto const kind = text(said, "kind");
    if (kind.empty() || !has_object_meta(schema)) return nullptr;
    auto singular = std::string(kind);
    for (auto& c : singular) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    auto const plural = guessed_plural(singular);
    return tables_->keep(
        resource_name{text(said, "group"), text(said, "version"), kind, plural, singular, true});
}

BERTH_DECL auto schema_reader::has_object_meta(json_object const& schema) -> bool {
    auto const* const properties = schema.if_contains("properties");
    auto const* const metadata = properties == nullptr || !properties->is_object()
                                     ? nullptr
                                     : properties->get_object().if_contains("metadata");
    if (metadata == nullptr || !metadata->is_object()) return false;
    auto const target = reference_in(metadata->get_object(), root_place);
    return target && *target && **target == type_of<meta>().name;
}

BERTH_DECL auto schema_reader::type_for(boost::json::value const& schema, schema_place const& at)
    -> result<type_info const*> {
    if (!schema.is_object()) return bad_schema(at, "a schema must be an object");
    if (at.depth > options_.depth) return bad_schema(at, "it is nested too deeply");
    auto const name = reference_in(schema.get_object(), at);
    if (!name) return std::unexpected(name.error());
    return *name ? resolve(**name, at) : make(schema.get_object(), at);
}

BERTH_DECL auto schema_reader::make(json_object const& schema, schema_place const& at)
    -> result<type_info const*> {
    auto k = keyword_reader(schema, at);
    auto const type = k.text("type");
    auto const format = k.text("format");
    auto const mixed = k.flag("x-kubernetes-int-or-string") || format == "int-or-string";
    if (auto const ok = k.checked(); !ok) return std::unexpected(ok.error());
    if (mixed) return &type_of<int_or_string>();
    if (type == "object" || (type.empty() && schema.contains("properties"))) return make_object(schema, at);
    if (type.empty()) return &type_of<raw_json>();
    if (type == "boolean") return &type_of<bool>();
    if (type == "number") return &type_of<double>();
    if (type == "integer") return format == "int32" ? &type_of<std::int32_t>() : &type_of<std::int64_t>();
    if (type == "string") return format == "byte" ? &type_of<bytes>() : text_type(format);
    if (type != "array")
        return bad_schema(at, "type must be array, boolean, integer, number, object or string, and not " +
                                  std::string(type));
    if (!schema.contains("items")) return bad_schema(at, "an array must have items");
    return composite(shape::list, storage::list, sizeof(erased_list), schema, at);
}

BERTH_DECL auto schema_reader::make_object(json_object const& schema, schema_place const& at)
    -> result<type_info const*> {
    auto const* const properties = schema.if_contains("properties");
    auto const* const additional = schema.if_contains("additionalProperties");
    auto const is_map = additional != nullptr && *additional != boost::json::value(false);
    if (is_map && properties != nullptr)
        return bad_schema(at, "properties and additionalProperties exclude each other");
    if (is_map) return composite(shape::map, storage::map, sizeof(erased_list), schema, at);
    auto const keeps = keeps_unknown(schema, at);
    if (!keeps) return std::unexpected(keeps.error());
    if (properties == nullptr && *keeps) return &type_of<raw_json>();
    return &record(schema, at);
}

BERTH_DECL auto schema_reader::keeps_unknown(json_object const& schema, schema_place const& at) const
    -> result<bool> {
    auto k = keyword_reader(schema, at);
    auto const said =
        k.flag("x-kubernetes-preserve-unknown-fields") || k.flag("x-kubernetes-embedded-resource");
    if (auto const ok = k.checked(); !ok) return std::unexpected(ok.error());
    return said || options_.keep_unknown;
}

BERTH_DECL auto schema_reader::composite(shape form, storage layout, std::size_t bytes,
                                         json_object const& schema, schema_place const& at) -> type_info* {
    auto& t = tables_->add(form, layout, bytes);
    tasks_.push_back({&t, &schema, &at});
    return &t;
}

BERTH_DECL auto schema_reader::text_type(std::string_view format) -> type_info const* {
    if (format.empty()) return &type_of<std::string>();
    auto& made = formats_[format];
    if (made == nullptr) {
        auto& t = tables_->types.emplace_back(type_of<std::string>());
        t.schema_format = tables_->keep(format);
        made = &t;
    }
    return made;
}

BERTH_DECL auto schema_reader::box_of(type_info const* contained) -> type_info const* {
    auto& made = boxes_[contained];
    if (made == nullptr) {
        auto& t = tables_->add(shape::optional, storage::boxed, sizeof(void*));
        t.contained = contained;
        made = &t;
    }
    return made;
}

BERTH_DECL auto schema_reader::fill(task const& t) -> result<void> {
    switch (t.type->form) {
    case shape::list: return fill_list(t);
    case shape::map: return fill_map(t);
    default: return fill_record(t);
    }
}

BERTH_DECL auto schema_reader::fill_list(task const& t) -> result<void> {
    auto const element = type_for(*t.schema->if_contains("items"), step(*t.at, "items"));
    if (!element) return std::unexpected(element.error());
    t.type->contained = *element;
    return {};
}

BERTH_DECL auto schema_reader::fill_map(task const& t) -> result<void> {
    auto const& schema = *t.schema->if_contains("additionalProperties");
    auto element = result<type_info const*>(&type_of<raw_json>());
    if (schema != boost::json::value(true)) element = type_for(schema, step(*t.at, "additionalProperties"));
    if (!element) return std::unexpected(element.error());
    auto& entry = tables_->add(shape::record, storage::record, 0);
    auto& members = tables_->members.emplace_back(2);
    members[0].name = "key";
    members[0].of = &type_of<std::string>();
    members[1].name = "value";
    members[1].of = *element;
    members[1].offset = rounded_up(sizeof(std::string), (*element)->alignment);
    entry.members = members;
    entry.fields = members;
    entries_.push_back(&entry);
    t.type->contained = *element;
    t.type->entry = &entry;
    return {};
}

BERTH_DECL auto schema_reader::fill_record(task const& t) -> result<void> {
    auto& type = *t.type;
    type.schema_type = "object";
    auto& members = tables_->members.emplace_back();
    if (auto const done = read_properties(t, members); !done) return done;
    auto const keeps = keeps_unknown(*t.schema, *t.at);
    if (!keeps) return std::unexpected(keeps.error());
    auto size = std::size_t{0};
    for (auto& f : members) {
        f.offset = static_cast<std::uint32_t>(size);
        if (f.of == &type_of<meta>()) type.metadata = f.offset;
        size += f.of->bytes;
    }
    type.preserves_unknown = *keeps;
    type.open = *keeps;
    type.unknown_at = *keeps ? static_cast<std::uint32_t>(size) : type_info::no_unknown;
    type.bytes = rounded_up(std::max(size + (*keeps ? sizeof(unknown_fields) : 0), sizeof(void*)), 8);
    type.members = members;
    type.fields = members;
    sort_by_name(type);
    auto k = keyword_reader(*t.schema, *t.at);
    type.topology = topology_named(k);
    if (auto const ok = k.checked(); !ok) return ok;
    return read_required(t, members);
}

BERTH_DECL auto schema_reader::read_properties(task const& t, std::vector<field_info>& members)
    -> result<void> {
    constexpr auto most = std::size_t{0xffff};
    auto k = keyword_reader(*t.schema, *t.at);
    auto const* const properties = k.object("properties");
    if (auto const ok = k.checked(); !ok) return ok;
    auto const kind = t.type->resource != nullptr;
    if (properties != nullptr) {
        if (properties->size() > most) return bad_schema(*t.at, "it has more than 65535 properties");
        auto const& inside = step(*t.at, "properties");
        members.reserve(properties->size() + 1);
        for (auto const& member : *properties) {
            auto const name = text_of(member.key());
            if (kind && (name == "apiVersion" || name == "kind")) continue;
            auto f = read_member(name, member.value(), step(inside, name), kind);
            if (!f) return std::unexpected(std::move(f).error());
            members.push_back(*f);
        }
    }
    auto const is_metadata = [](field_info const& f) { return f.name == "metadata"; };
    if (kind && std::none_of(members.begin(), members.end(), is_metadata))
        members.insert(members.begin(), {.name = "metadata", .of = &type_of<meta>(), .always = true});
    return {};
}

/// A number as deep in embedded messages as numbers may be (see `field_info::number`).
inline constexpr std::int64_t most_number = 999'999'999;

BERTH_DECL auto schema_reader::read_member(std::string_view name, boost::json::value const& schema,
                                           schema_place const& at, bool of_kind) -> result<field_info> {
    if (!schema.is_object()) return bad_schema(at, "a schema must be an object");
    auto f = field_info{};
    f.name = tables_->keep(name);
    auto const type =
        of_kind && name == "metadata" ? result<type_info const*>(&type_of<meta>()) : type_for(schema, at);
    if (!type) return std::unexpected(type.error());
    auto k = keyword_reader(schema.get_object(), at);
    f.nullable = k.flag("nullable");
    f.patch = patch_strategy_named(k);
    f.topology = topology_named(k);
    f.number = static_cast<std::int32_t>(std::clamp<std::int64_t>(
        k.bound("x-protobuf-number", 0, [](double x) { return x; }), 0, most_number));
    f.zero_is_absent = f.number != 0 && !k.flag("x-protobuf-presence");
    auto const* const items = schema.get_object().if_contains("items");
    auto const of_elements = (*type)->form == shape::list && items != nullptr && items->is_object();
    auto values = keyword_reader(of_elements ? items->get_object() : schema.get_object(), at);
    f.details = read_details(k, values, *tables_, (*type)->form == shape::number);
    for (auto const* const reader : {&k, &values})
        if (auto const ok = reader->checked(); !ok) return std::unexpected(ok.error());
    f.of = of_kind && name == "metadata" ? *type : box_of(*type);
    f.always = f.of == *type;
    if (f.nullable && !f.always) f.of = box_of(f.of);
    return f;
}

BERTH_DECL auto schema_reader::read_required(task const& t, std::vector<field_info>& members)
    -> result<void> {
    auto k = keyword_reader(*t.schema, *t.at);
    auto const* const required = k.array("required");
    if (auto const ok = k.checked(); !ok) return ok;
    if (required == nullptr) return {};
    for (auto const& name : *required) {
        if (!name.is_string()) return bad_schema(*t.at, "required must be a list of names");
        if (auto const* const f = t.type->field(schema_text(name.get_string())))
            members[static_cast<std::size_t>(f - members.data())].required = true;
    }
    return {};
}

BERTH_DECL auto schema_reader::sort_by_name(type_info& type) -> void {
    constexpr auto few = std::size_t{12}; // looked through one by one
    if (type.fields.size() <= few) return;
    auto& order = tables_->orders.emplace_back(type.fields.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint16_t>(i);
    std::sort(order.begin(), order.end(),
              [&](std::uint16_t a, std::uint16_t b) { return type.fields[a].name < type.fields[b].name; });
    type.by_name = order;
}

} // namespace berth::object::detail
