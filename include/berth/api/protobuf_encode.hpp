#pragma once

/// \file
/// Objects as Kubernetes writes them in protobuf (apimachinery 1.36, `serializer/protobuf` and the generated
/// `Marshal`): fields in the order of their numbers, maps sorted by key, values that are no pointer in Go
/// written even when they are zero. What no field number is known for, and what the schema does not describe,
/// is left out, as it is there. `protobuf.hpp` reads it.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/core/detail/wire_writer.hpp>
#include <berth/object/any_object.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/quantity.hpp>

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

namespace detail {

using berth::detail::wire_writer;

/// Writes described values as messages.
class protobuf_encoder {
public:
    explicit protobuf_encoder(std::string& out) : out_(out) {}

    /// The fields of a record, in the order of their numbers. `rev`, unless 0, becomes the `resourceVersion`
    /// of a kind's metadata.
    auto write_record(object::type_info const& type, void const* record, object::revision rev = 0) -> void;

private:
    /// Where a member is written: its number, behind those of the messages that it is embedded in.
    struct place {
        object::field_info const* member;
        std::vector<unsigned> numbers;
    };
    static auto place_of(object::field_info const& f) -> place;
    /// The places of the members that have any, in their order.
    static auto places_of(object::type_info const& type) -> std::vector<place>;

    /// Writes members; the first `level` of their numbers are those of messages that are open.
    auto write_members(std::span<place const> members, std::size_t level, object::type_info const& type,
                       void const* record, object::revision rev) -> void;

    auto write_member(object::type_info const& type, object::field_info const& f, unsigned number,
                      void const* record, object::revision rev) -> void;

    auto write(unsigned number, object::type_info const& type, void const* value) -> void;

    /// What is absent, and is zero in Go.
    auto write_zero(unsigned number, object::type_info const& type) -> void;

    auto write_entries(unsigned number, object::type_info const& type, void const* value) -> void;

    auto write_raw(unsigned number, object::raw_json const& raw) -> void;

    /// A leaf with a form of its own: bytes, or a message for quantities, times and numbers that may be
    /// texts.
    auto write_scalar(unsigned number, object::type_info const& type, void const* value) -> void;

    /// A zero time is an empty message; so is what cannot be told in seconds.
    template <class Time> static auto write_time(wire_writer& out, Time const& t) -> void {
        if (t.is_zero()) return;
        constexpr auto second = std::int64_t{1'000'000'000};
        auto const at = t.time().nanoseconds;
        auto const part = (at % second + second) % second;
        out.number(1, static_cast<std::uint64_t>((at - part) / second));
        out.number(2, static_cast<std::uint64_t>(part));
    }

    static auto write_mixed(wire_writer& out, object::int_or_string const& value) -> void;

    std::string& out_;
    int zeros_ = 0; ///< values that are written as zero, one in the other
};

} // namespace detail

/// Whether objects of a type have numbers by which protobuf knows their members. (Types made at run time have
/// them where their schema says so; those of custom kinds never do, as in Kubernetes.)
[[nodiscard]] BERTH_DECL auto has_protobuf(object::type_info const& type) -> bool;

/// Appends the bytes `k8s\0`, then `runtime.Unknown` with what is said and the message that `fill`, a
/// function of a `detail::wire_writer`, writes.
auto append_enveloped(std::string& out, std::string_view api_version, std::string_view kind, auto const& fill)
    -> void {
    out += std::string_view("k8s\0", 4);
    auto wire = detail::wire_writer(out);
    wire.message(1, [&](detail::wire_writer& meta) {
        meta.text(1, api_version);
        meta.text(2, kind);
    });
    wire.message(2, fill);
    wire.text(3, "");
    wire.text(4, "");
}

/// Appends an object of a kind in protobuf, enveloped. The metadata has a `resourceVersion` when `rev` is not
/// 0.
BERTH_DECL auto append_protobuf(std::string& out, object::type_info const& type, void const* object,
                                object::revision rev) -> void;

/// Appends what all objects have in common, as an enveloped `PartialObjectMetadata` of a version.
BERTH_DECL auto append_partial_protobuf(std::string& out, object::object_ref const& ref,
                                        std::string_view version = "meta.k8s.io/v1") -> void;

/// What a list says of itself (`ListMeta`).
struct list_facts {
    object::revision rev = 0;
    std::string_view continue_token = {};
    std::optional<std::int64_t> remaining = {};
};

/// Appends a page of a list of the kind called `r`, enveloped.
BERTH_DECL auto append_protobuf_list(std::string& out, object::resource_name const& r,
                                     list_facts const& facts, std::span<object::object_ref const> items)
    -> void;

/// Appends a page of a list as an enveloped `PartialObjectMetadataList`.
BERTH_DECL auto append_partial_protobuf_list(std::string& out, list_facts const& facts,
                                             std::span<object::object_ref const> items,
                                             std::string_view version = "meta.k8s.io/v1") -> void;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/protobuf_encode.ipp>
#endif
