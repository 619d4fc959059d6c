#pragma once

/// \file
/// Kubernetes objects in protobuf: how typed clients write them (apimachinery 1.36, `serializer/protobuf`).
/// The field numbers come from the descriptions of the kinds; the objects are turned into JSON, which
/// everything else reads.

#include <berth/api/errors.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/scale.hpp>
#include <berth/core/base64.hpp>
#include <berth/core/config.hpp>
#include <berth/core/detail/wire_reader.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/memory_budget.hpp>
#include <berth/object/scalars.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api {

namespace detail {

using berth::detail::wire_field;
using berth::detail::wire_reader;

/// Reads messages into described values. Two bytes can stand for an empty struct of a kilobyte: what all
/// elements and optional values take is bounded by the size of the body.
class protobuf_decoder {
public:
    /// `body`: how many bytes there are to be read.
    explicit protobuf_decoder(std::size_t body) : budget_(body) {}

    auto read_message(std::string_view message, object::type_info const& type, void* into, int depth = 0)
        -> result<void> {
        return read_fields(message, 0, type, into, depth);
    }

private:
    /// The members of a message that Go embeds are described as members of the outer one, numbered
    /// `outer * 1000 + inner`.
    static constexpr std::uint32_t embedding = 1000;

    /// The fields of a message, or of one that is embedded in it by the number `outer`.
    auto read_fields(std::string_view message, std::uint32_t outer, object::type_info const& type, void* into,
                     int depth) -> result<void>;

    auto read(wire_field const& f, object::type_info const& type, void* into, int depth) -> result<void>;

    /// An element of a list; numbers may come several in one field.
    auto read_element(wire_field f, object::type_info const& type, void* into, int depth) -> result<void>;

    /// An entry of a map that is still to be read.
    struct map_entry {
        object::field_info const* member;
        std::string_view key;
        std::string_view bytes;
    };

    /// Reads entries in the order of their keys: maps take those at their end, and others would cost
    /// quadratic time.
    auto read_entries(std::vector<map_entry> entries, void* into, int depth) -> result<void>;

    /// An entry of a map: a message of a key and a value.
    auto read_entry(std::string_view entry, std::string_view key, object::type_info const& type, void* into,
                    int depth) -> result<void>;

    /// A leaf with a form of its own: bytes, or a message for quantities, times and numbers that may be
    /// texts.
    static auto read_scalar(wire_field const& f, object::type_info const& type, void* into) -> result<void>;

    static auto time_text(std::string_view message, bool micro) -> std::string;

    static auto find(std::string_view message, std::uint32_t number) -> wire_field;

public:
    /// The text of a field of a message; empty if there is none.
    static auto text_field(std::string_view message, std::uint32_t number) -> std::string {
        return std::string(find(message, number).bytes);
    }
    /// The number of a field of a message; 0 if there is none.
    static auto number_field(std::string_view message, std::uint32_t number) -> std::uint64_t {
        return find(message, number).value;
    }

private:
    object::memory_budget budget_;
};

} // namespace detail

/// The JSON of an object in protobuf: the bytes `k8s\0`, then `runtime.Unknown` with the kind and the
/// message. Kinds are those of the registry, what its subresources take, and `others`, types whose
/// schema names end in the kind's. Errors: `bad_request` for what is malformed, and for a kind that is not
/// known; `request_too_large` for one that would take much more memory than its body.
[[nodiscard]] BERTH_DECL auto protobuf_to_json(registry const& kinds, std::string_view body,
                                               std::span<object::type_info const* const> others = {})
    -> result<std::string>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/protobuf.ipp>
#endif
