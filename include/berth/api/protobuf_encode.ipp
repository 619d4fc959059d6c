#pragma once

/// \file
/// The bodies of `berth/api/protobuf_encode.hpp`.

#include <berth/api/protobuf_encode.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api::detail {

BERTH_DECL auto protobuf_encoder::write_record(object::type_info const& type, void const* record,
                                               object::revision rev) -> void {
    write_members(places_of(type), 0, type, record, rev);
}

BERTH_DECL auto protobuf_encoder::write_members(std::span<place const> members, std::size_t level,
                                                object::type_info const& type, void const* record,
                                                object::revision rev) -> void {
    while (!members.empty()) {
        auto const& first = members.front();
        auto const number = first.numbers[level];
        auto count = std::size_t{1};
        if (first.numbers.size() == level + 1) {
            write_member(type, *first.member, number, record, level == 0 ? rev : 0);
        } else {
            while (count < members.size() && members[count].numbers[level] == number) ++count;
            wire_writer(out_).message(number, [&](wire_writer&) {
                write_members(members.first(count), level + 1, type, record, rev);
            });
        }
        members = members.subspan(count);
    }
}

BERTH_DECL auto protobuf_encoder::place_of(object::field_info const& f) -> place {
    constexpr auto embedding = 1000;
    auto out = place{&f, {}};
    for (auto rest = f.number; rest != 0; rest /= embedding)
        out.numbers.insert(out.numbers.begin(), static_cast<unsigned>(rest % embedding));
    return out;
}

BERTH_DECL auto protobuf_encoder::places_of(object::type_info const& type) -> std::vector<place> {
    auto out = std::vector<place>();
    for (auto const& f : type.members)
        if (f.number != 0) out.push_back(place_of(f));
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.numbers < b.numbers; });
    return out;
}

BERTH_DECL auto protobuf_encoder::write_member(object::type_info const& type, object::field_info const& f,
                                               unsigned number, void const* record, object::revision rev)
    -> void {
    auto const* const value = f.in(record);
    if (f.zero_is_absent && f.type().form == object::shape::optional && f.type().size(value) == 0)
        return write_zero(number, f.type().element());
    if (rev == 0 || type.resource == nullptr || f.offset != type.metadata)
        return write(number, f.type(), value);
    auto versioned = *static_cast<object::meta const*>(value);
    versioned.resource_version = std::to_string(rev);
    write(number, f.type(), &versioned);
}

BERTH_DECL auto protobuf_encoder::write(unsigned number, object::type_info const& type, void const* value)
    -> void {
    using object::shape;
    auto wire = wire_writer(out_);
    switch (type.form) {
    case shape::boolean: return wire.number(number, *static_cast<bool const*>(value) ? 1 : 0);
    case shape::int32:
        return wire.number(
            number, static_cast<std::uint64_t>(std::int64_t{*static_cast<std::int32_t const*>(value)}));
    case shape::int64:
        return wire.number(number, static_cast<std::uint64_t>(*static_cast<std::int64_t const*>(value)));
    case shape::number:
        return wire.fixed(number, std::bit_cast<std::uint64_t>(*static_cast<double const*>(value)));
    case shape::text: return wire.text(number, type.text(value));
    case shape::scalar: return write_scalar(number, type, value);
    case shape::raw: return write_raw(number, *static_cast<object::raw_json const*>(value));
    case shape::record: return wire.message(number, [&](wire_writer&) { write_record(type, value); });
    case shape::map: return write_entries(number, type, value);
    case shape::list:
    case shape::optional:
        for (std::size_t i = 0, n = type.size(value); i < n; ++i)
            write(number, type.element(), type.at(value, i));
    }
}

BERTH_DECL auto protobuf_encoder::write_zero(unsigned number, object::type_info const& type) -> void {
    constexpr auto deepest = 32; // a type that contains itself without a pointer has no end
    if (type.form == object::shape::raw || zeros_ == deepest) return;
    ++zeros_;
    auto* const zero = type.make();
    write(number, type, zero);
    type.destroy(zero);
    --zeros_;
}

BERTH_DECL auto protobuf_encoder::write_entries(unsigned number, object::type_info const& type,
                                                void const* value) -> void {
    for (std::size_t i = 0, n = type.size(value); i < n; ++i)
        wire_writer(out_).message(number, [&](wire_writer& entry) {
            entry.text(1, type.key(value, i));
            write(2, type.element(), type.at(value, i));
        });
}

BERTH_DECL auto protobuf_encoder::write_raw(unsigned number, object::raw_json const& raw) -> void {
    wire_writer(out_).message(number, [&](wire_writer& inner) {
        if (!raw.text.empty()) inner.text(1, raw.text);
    });
}

BERTH_DECL auto protobuf_encoder::write_scalar(unsigned number, object::type_info const& type,
                                               void const* value) -> void {
    auto wire = wire_writer(out_);
    auto const is = [&](object::type_info const& t) { return &type == &t; };
    if (is(object::type_of<object::bytes>()))
        return wire.text(number, static_cast<object::bytes const*>(value)->data);
    wire.message(number, [&](wire_writer& inner) {
        if (is(object::type_of<object::timestamp>()))
            write_time(inner, *static_cast<object::timestamp const*>(value));
        else if (is(object::type_of<object::micro_timestamp>()))
            write_time(inner, *static_cast<object::micro_timestamp const*>(value));
        else if (is(object::type_of<object::shared_fields>()))
            inner.text(1, static_cast<object::shared_fields const*>(value)->text());
        else if (is(object::type_of<object::quantity>())) {
            auto text = std::string();
            static_cast<object::quantity const*>(value)->append_to(text);
            inner.text(1, text);
        } else if (is(object::type_of<object::int_or_string>()))
            write_mixed(inner, *static_cast<object::int_or_string const*>(value));
    });
}

BERTH_DECL auto protobuf_encoder::write_mixed(wire_writer& out, object::int_or_string const& value) -> void {
    out.number(1, value.is_number() ? 0 : 1);
    out.number(2, static_cast<std::uint64_t>(std::int64_t{value.number()}));
    out.text(3, value.text());
}

/// The member `metadata` of an object, with its revision.
inline auto write_metadata(wire_writer& wire, std::string& out, object::object_ref const& ref) -> void {
    auto versioned = ref->metadata();
    if (ref.rev != 0) versioned.resource_version = std::to_string(ref.rev);
    wire.message(1, [&](wire_writer&) {
        protobuf_encoder(out).write_record(object::type_of<object::meta>(), &versioned);
    });
}

/// A list: its metadata, then each item as a message that `write_item(wire_writer&, item)` fills.
inline auto write_list(wire_writer& wire, list_facts const& facts, std::span<object::object_ref const> items,
                       auto const& write_item) -> void {
    wire.message(1, [&](wire_writer& meta) {
        meta.text(1, "");
        meta.text(2, std::to_string(facts.rev));
        meta.text(3, facts.continue_token);
        if (facts.remaining) meta.number(4, static_cast<std::uint64_t>(*facts.remaining));
    });
    for (auto const& item : items) wire.message(2, [&](wire_writer& one) { write_item(one, item); });
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto has_protobuf(object::type_info const& type) -> bool {
    auto const* const metadata = type.field("metadata");
    return metadata != nullptr && metadata->number != 0;
}

BERTH_DECL auto append_protobuf(std::string& out, object::type_info const& type, void const* object,
                                object::revision rev) -> void {
    append_enveloped(out, api_version(*type.resource), type.resource->kind, [&](detail::wire_writer&) {
        detail::protobuf_encoder(out).write_record(type, object, rev);
    });
}

BERTH_DECL auto append_partial_protobuf(std::string& out, object::object_ref const& ref,
                                        std::string_view version) -> void {
    append_enveloped(out, version, "PartialObjectMetadata",
                     [&](detail::wire_writer& wire) { detail::write_metadata(wire, out, ref); });
}

BERTH_DECL auto append_protobuf_list(std::string& out, object::resource_name const& r,
                                     list_facts const& facts, std::span<object::object_ref const> items)
    -> void {
    append_enveloped(out, api_version(r), std::string(r.kind) + "List", [&](detail::wire_writer& wire) {
        detail::write_list(wire, facts, items, [&](detail::wire_writer&, object::object_ref const& ref) {
            detail::protobuf_encoder(out).write_record(ref->type(), ref->data(), ref.rev);
        });
    });
}

BERTH_DECL auto append_partial_protobuf_list(std::string& out, list_facts const& facts,
                                             std::span<object::object_ref const> items,
                                             std::string_view version) -> void {
    append_enveloped(out, version, "PartialObjectMetadataList", [&](detail::wire_writer& wire) {
        detail::write_list(wire, facts, items, [&](detail::wire_writer& item, object::object_ref const& ref) {
            detail::write_metadata(item, out, ref);
        });
    });
}

} // namespace berth::api
