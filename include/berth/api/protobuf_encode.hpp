#pragma once

/// \file
/// Objects as Kubernetes writes them in protobuf (apimachinery 1.36, `serializer/protobuf` and the generated
/// `Marshal`): fields in the order of their numbers, maps sorted by key, values that are no pointer in Go
/// written even when they are zero. What no field number is known for, and what the schema does not describe,
/// is left out, as it is there. `protobuf.hpp` reads it.

#include <berth/api/detail/wire_writer.hpp>
#include <berth/object/any_object.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/quantity.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

namespace detail {

/// Writes described values as messages.
class protobuf_encoder {
public:
    explicit protobuf_encoder(std::string& out) : out_(out) {}

    /// The fields of a record, in the order of their numbers. `rev`, unless 0, becomes the `resourceVersion`
    /// of a kind's metadata.
    auto write_record(object::type_info const& type, void const* record, object::revision rev = 0) -> void {
        auto const members = numbered(type);
        for (std::size_t i = 0; i < members.size();) {
            auto const outer = members[i]->number / embedding;
            if (outer == 0) {
                write_member(type, *members[i], static_cast<unsigned>(members[i]->number), record, rev);
                ++i;
                continue;
            }
            wire_writer(out_).message(static_cast<unsigned>(outer), [&](wire_writer&) {
                for (; i < members.size() && members[i]->number / embedding == outer; ++i)
                    write_member(type, *members[i], static_cast<unsigned>(members[i]->number % embedding),
                                 record, 0);
            });
        }
    }

private:
    /// The members of a message that Go embeds are described as members of the outer one, numbered
    /// `outer * 1000 + inner`.
    static constexpr std::int32_t embedding = 1000;

    /// Members by number, those of an embedded message where it stands.
    static auto numbered(object::type_info const& type) -> std::vector<object::field_info const*> {
        auto out = std::vector<object::field_info const*>();
        for (auto const& f : type.members)
            if (f.number != 0) out.push_back(&f);
        auto const place = [](object::field_info const* f) {
            return f->number < embedding ? f->number * embedding : f->number;
        };
        std::sort(out.begin(), out.end(), [&](auto const* a, auto const* b) { return place(a) < place(b); });
        return out;
    }

    auto write_member(object::type_info const& type, object::field_info const& f, unsigned number,
                      void const* record, object::revision rev) -> void {
        auto const* const value = f.in(record);
        if (rev == 0 || type.resource == nullptr || f.offset != type.metadata)
            return write(number, f.type(), value);
        auto versioned = *static_cast<object::meta const*>(value);
        versioned.resource_version = std::to_string(rev);
        write(number, f.type(), &versioned);
    }

    auto write(unsigned number, object::type_info const& type, void const* value) -> void {
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
        case shape::text: return wire.text(number, *static_cast<std::string const*>(value));
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

    auto write_entries(unsigned number, object::type_info const& type, void const* value) -> void {
        for (std::size_t i = 0, n = type.size(value); i < n; ++i)
            wire_writer(out_).message(number, [&](wire_writer& entry) {
                entry.text(1, type.key(value, i));
                write(2, type.element(), type.at(value, i));
            });
    }

    auto write_raw(unsigned number, object::raw_json const& raw) -> void {
        wire_writer(out_).message(number, [&](wire_writer& inner) {
            if (!raw.text.empty()) inner.text(1, raw.text);
        });
    }

    /// A leaf with a form of its own: bytes, or a message for quantities, times and numbers that may be
    /// texts.
    auto write_scalar(unsigned number, object::type_info const& type, void const* value) -> void {
        auto wire = wire_writer(out_);
        auto const is = [&](object::type_info const& t) { return &type == &t; };
        if (is(object::type_of<object::bytes>()))
            return wire.text(number, static_cast<object::bytes const*>(value)->data);
        wire.message(number, [&](wire_writer& inner) {
            if (is(object::type_of<object::timestamp>()))
                write_time(inner, *static_cast<object::timestamp const*>(value));
            else if (is(object::type_of<object::micro_timestamp>()))
                write_time(inner, *static_cast<object::micro_timestamp const*>(value));
            else if (is(object::type_of<object::quantity>())) {
                auto text = std::string();
                static_cast<object::quantity const*>(value)->append_to(text);
                inner.text(1, text);
            } else if (is(object::type_of<object::int_or_string>()))
                write_mixed(inner, *static_cast<object::int_or_string const*>(value));
        });
    }

    /// A zero time is an empty message; so is what cannot be told in seconds.
    template <class Time> static auto write_time(wire_writer& out, Time const& t) -> void {
        if (t.is_zero()) return;
        constexpr auto second = std::int64_t{1'000'000'000};
        auto const at = t.time().nanoseconds;
        auto const part = (at % second + second) % second;
        out.number(1, static_cast<std::uint64_t>((at - part) / second));
        out.number(2, static_cast<std::uint64_t>(part));
    }

    static auto write_mixed(wire_writer& out, object::int_or_string const& value) -> void {
        out.number(1, value.is_number() ? 0 : 1);
        out.number(2, static_cast<std::uint64_t>(std::int64_t{value.number()}));
        out.text(3, value.text());
    }

    std::string& out_;
};

} // namespace detail

/// Appends an object of a kind in protobuf: the bytes `k8s\0`, then `runtime.Unknown` with the kind and the
/// message. The metadata has a `resourceVersion` when `rev` is not 0.
inline auto append_protobuf(std::string& out, object::type_info const& type, void const* object,
                            object::revision rev) -> void {
    auto const& r = *type.resource;
    out += std::string_view("k8s\0", 4);
    auto wire = detail::wire_writer(out);
    wire.message(1, [&](detail::wire_writer& meta) {
        meta.text(1, r.group.empty() ? std::string(r.version)
                                     : std::string(r.group) + "/" + std::string(r.version));
        meta.text(2, r.kind);
    });
    wire.message(
        2, [&](detail::wire_writer&) { detail::protobuf_encoder(out).write_record(type, object, rev); });
    wire.text(3, "");
    wire.text(4, "");
}

} // namespace berth::api
