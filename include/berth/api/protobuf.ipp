#pragma once

/// \file
/// The bodies of `berth/api/protobuf.hpp`.

#include <berth/api/protobuf.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <functional>

namespace berth::api::detail {

/// The deepest nesting of messages that is read.
inline constexpr int protobuf_depth = 100;

inline auto malformed_protobuf() -> std::unexpected<error> {
    return bad_request("error decoding from protobuf: unexpected end or malformed field");
}

/// Whether a field says no more than its absence.
inline auto says_nothing(wire_field const& f, object::field_info const& member) -> bool {
    if (!member.zero_is_absent || member.required || f.value != 0 || !f.bytes.empty()) return false;
    auto const form = member.type().element().form;
    return form < object::shape::raw;
}

BERTH_DECL auto protobuf_decoder::read_fields(std::string_view message, std::uint32_t outer,
                                              object::type_info const& type, void* into, int depth)
    -> result<void> {
    if (depth > protobuf_depth) return malformed_protobuf();
    auto reader = wire_reader(message);
    auto entries = std::vector<map_entry>();
    while (!reader.empty()) {
        auto const f = reader.next();
        if (!f) return malformed_protobuf();
        if (f->number >= embedding) continue;
        auto const wanted = outer * embedding + f->number;
        auto embeds = false;
        for (auto const& member : type.members) {
            auto const number = static_cast<std::uint32_t>(member.number);
            embeds = embeds || number / embedding == wanted || number / embedding / embedding == wanted;
            if (number != wanted || says_nothing(*f, member)) continue;
            if (member.type().form == object::shape::map)
                entries.push_back({&member, find(f->bytes, 1).bytes, f->bytes});
            else if (auto ok = read(*f, member.type(), member.in(into), depth); !ok) return ok;
        }
        if (embeds)
            if (auto ok = read_fields(f->bytes, wanted, type, into, depth + 1); !ok) return ok;
    }
    return read_entries(std::move(entries), into, depth);
}

BERTH_DECL auto protobuf_decoder::read(wire_field const& f, object::type_info const& type, void* into,
                                       int depth) -> result<void> {
    using object::shape;
    switch (type.form) {
    case shape::boolean: *static_cast<bool*>(into) = f.value != 0; return {};
    case shape::int32: *static_cast<std::int32_t*>(into) = static_cast<std::int32_t>(f.value); return {};
    case shape::int64: *static_cast<std::int64_t*>(into) = static_cast<std::int64_t>(f.value); return {};
    case shape::number: *static_cast<double*>(into) = std::bit_cast<double>(f.value); return {};
    case shape::text: type.set_text(into, f.bytes); return {};
    case shape::scalar: return read_scalar(f, type, into);
    case shape::raw: static_cast<object::raw_json*>(into)->text = text_field(f.bytes, 1); return {};
    case shape::optional:
        if (auto const paid = budget_.spend(type.element()); !paid) return paid;
        return read(f, type.element(), type.add(into, {}), depth);
    case shape::record: return read_message(f.bytes, type, into, depth + 1);
    case shape::list: return read_element(f, type, into, depth);
    case shape::map: return read_entry(f.bytes, find(f.bytes, 1).bytes, type, into, depth);
    }
    return {};
}

BERTH_DECL auto protobuf_decoder::read_element(wire_field f, object::type_info const& type, void* into,
                                               int depth) -> result<void> {
    auto const& element = type.element();
    auto const number = element.form == object::shape::int32 || element.form == object::shape::int64;
    if (auto const paid = budget_.spend(element); !paid) return paid;
    if (!number || f.form != 2) return read(f, element, type.add(into, {}), depth);
    auto packed = wire_reader(f.bytes);
    while (!packed.empty()) {
        auto const value = packed.varint();
        if (!value) return malformed_protobuf();
        f.value = *value;
        if (auto ok = read(f, element, type.add(into, {}), depth); !ok) return ok;
    }
    return {};
}

BERTH_DECL auto protobuf_decoder::read_entries(std::vector<map_entry> entries, void* into, int depth)
    -> result<void> {
    std::sort(entries.begin(), entries.end(), [](map_entry const& a, map_entry const& b) {
        auto const order = a.key.compare(b.key);
        return order != 0 ? order < 0 : std::less<>()(a.bytes.data(), b.bytes.data());
    });
    for (auto const& e : entries)
        if (auto ok = read_entry(e.bytes, e.key, e.member->type(), e.member->in(into), depth); !ok) return ok;
    return {};
}

BERTH_DECL auto protobuf_decoder::read_entry(std::string_view entry, std::string_view key,
                                             object::type_info const& type, void* into, int depth)
    -> result<void> {
    if (auto const paid = budget_.spend(type.element()); !paid) return paid;
    auto* const value = type.add(into, key);
    auto reader = wire_reader(entry);
    while (!reader.empty()) {
        auto const f = reader.next();
        if (!f) return malformed_protobuf();
        if (f->number == 2)
            if (auto ok = read(*f, type.element(), value, depth); !ok) return ok;
    }
    return {};
}

BERTH_DECL auto protobuf_decoder::read_scalar(wire_field const& f, object::type_info const& type, void* into)
    -> result<void> {
    auto token = object::scalar_token{};
    auto text = std::string();
    auto const is = [&](std::string_view name) { return type.name.ends_with(name); };
    if (type.schema_format == "byte") text = base64_encode(f.bytes);
    else if (is(".Quantity")) text = text_field(f.bytes, 1);
    else if (is(".FieldsV1")) {
        text = text_field(f.bytes, 1);
        token.type = text.empty() ? object::scalar_token::kind::null : object::scalar_token::kind::compound;
        token.text = text;
        return type.read(into, token);
    } else if (is("Time")) text = time_text(f.bytes, is(".MicroTime"));
    else if (number_field(f.bytes, 1) == 1) text = text_field(f.bytes, 3);
    else {
        token.type = object::scalar_token::kind::integer;
        token.integer = static_cast<std::int32_t>(number_field(f.bytes, 2));
        return type.read(into, token);
    }
    auto const nothing = text.empty() && is("Time");
    token.type = nothing ? object::scalar_token::kind::null : object::scalar_token::kind::text;
    token.text = text;
    return type.read(into, token);
}

BERTH_DECL auto protobuf_decoder::time_text(std::string_view message, bool micro) -> std::string {
    if (message.empty()) return {};
    auto const s = static_cast<std::int64_t>(number_field(message, 1));
    constexpr auto most = std::int64_t{9'000'000'000}; // what fits; the year 1 is no time at all
    if (s < -most || s > most) return {};
    auto const at =
        time_point{s * 1'000'000'000 + static_cast<std::int64_t>(number_field(message, 2) % 1'000'000'000)};
    return micro ? object::micro_timestamp(at).to_string() : object::timestamp(at).to_string();
}

BERTH_DECL auto protobuf_decoder::find(std::string_view message, std::uint32_t number) -> wire_field {
    auto reader = wire_reader(message);
    while (!reader.empty()) {
        auto const f = reader.next();
        if (!f) break;
        if (f->number == number) return *f;
    }
    return {};
}

/// The type of what is written to a subresource, if it is another than the object's.
inline auto body_of(subresource const& s) -> object::type_info const* {
    if (auto const* const a = std::get_if<action>(&s.does)) return a->body;
    if (auto const* const p = std::get_if<projection>(&s.does)) return p->type;
    return nullptr;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto protobuf_to_json(registry const& kinds, std::string_view body,
                                 std::span<object::type_info const* const> others) -> result<std::string> {
    constexpr auto magic = std::string_view("k8s\0", 4);
    if (!body.starts_with(magic))
        return bad_request(
            "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    body.remove_prefix(magic.size());
    using decoder = detail::protobuf_decoder;
    auto const meta = decoder::text_field(body, 1);
    auto const version = decoder::text_field(meta, 1);
    auto const name = decoder::text_field(meta, 2);
    auto const slash = version.find('/');
    auto const group = slash == std::string::npos ? std::string() : version.substr(0, slash);
    auto const* type = static_cast<object::type_info const*>(nullptr);
    if (auto const* k =
            kinds.find_kind(group, version.substr(slash == std::string::npos ? 0 : slash + 1), name))
        type = k->type;
    for (auto const& k : kinds.kinds())
        for (auto const& s : k.subresources)
            if (auto const* const taken = detail::body_of(s);
                type == nullptr && taken != nullptr && taken->resource->kind == name)
                type = taken;
    for (auto const* other : others)
        if (type == nullptr && other->name.ends_with("." + name)) type = other;
    if (type == nullptr)
        return bad_request("no kind \"" + name + "\" is registered for version \"" + version + "\"");
    auto* const value = type->make();
    auto const read = decoder(body.size()).read_message(decoder::text_field(body, 2), *type, value);
    auto out = std::string();
    if (read && type->resource != nullptr) object::append_document(out, *type, value, 0);
    else if (read) object::append_json(out, *type, value);
    type->destroy(value);
    if (!read) return std::unexpected(read.error());
    return out;
}

} // namespace berth::api
