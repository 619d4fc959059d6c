#pragma once

/// \file
/// The schema as data: what is known of a type and of each of its members, in one model for structs that were
/// described when the program was compiled (`reflect.hpp`) and for types that are only known while it runs
/// (`runtime_schema.hpp`). Copying, comparing, JSON, patches, OpenAPI and protobuf walk this data.

#include <berth/core/error.hpp>
#include <berth/object/detail/erased_list.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace berth::object {

/// JSON text that is kept as it came.
struct raw_json {
    std::string text; ///< one JSON value; empty means absent

    friend auto operator==(raw_json const&, raw_json const&) -> bool = default;
};

/// The members of a JSON object that its struct does not describe; written back as they came. Absent: 8
/// bytes.
using unknown_fields = boxed<dictionary<raw_json>>;

/// A kind of object in an API: what `apiVersion`, `kind` and the path of its requests are made of.
struct resource_name {
    std::string_view group;    ///< `apps`; empty for the core group
    std::string_view version;  ///< `v1`
    std::string_view kind;     ///< `Deployment`
    std::string_view plural;   ///< `deployments`
    std::string_view singular; ///< `deployment`
    bool namespaced = true;

    friend constexpr auto operator==(resource_name const&, resource_name const&) -> bool = default;
};

/// A JSON scalar on its way into a member; `compound`: a list or an object, which is none. Its JSON is the
/// `text` if the type is one of objects.
struct scalar_token {
    enum class kind : std::uint8_t { null, boolean, integer, real, text, compound };

    kind type = kind::null;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text;
};

/// How a member looks in JSON.
enum class shape : std::uint8_t {
    boolean,
    int32,
    int64,
    number,
    text,
    scalar,   ///< a leaf with its own form: a quantity, a time, bytes
    raw,      ///< any JSON
    list,     ///< `list`, `std::vector`
    map,      ///< `dictionary`
    optional, ///< `boxed`, `std::optional`
    record,   ///< a described struct
};

/// How a value lies in memory, and so what has to be done to copy, compare and destroy it.
enum class storage : std::uint8_t {
    plain,  ///< bytes that mean nothing but themselves: `bool`, integers
    text,   ///< a `std::string`, alone or as the only member of a struct
    list,   ///< a `list`
    map,    ///< a `dictionary`
    boxed,  ///< a `boxed`, or a `rare_text`, which is a text in one
    record, ///< the members one after another
    native, ///< only the type itself knows how: see `value_ops`
};

/// How strategic merge patch treats a list or map (apimachinery `patchStrategy`; several may hold).
enum class patch_strategy : std::uint8_t {
    atomic = 0,
    merge = 1,
    replace = 2,
    retain_keys = 4,
    merge_retain_keys = 5
};

/// How server-side apply merges a list, a map or a struct (`x-kubernetes-list-type`, `-map-type`).
enum class merge_topology : std::uint8_t {
    unsaid,   ///< a list is atomic, a map and a struct are granular
    atomic,   ///< replaced as a whole
    set,      ///< a list of scalars, each once
    map,      ///< a list whose elements are told apart by the members in `list_keys`
    granular, ///< a map or struct whose members are owned one by one
};

/// What few members say of themselves; all of it constant.
struct field_details {
    std::string_view merge_key = {}; ///< key by which strategic merge patch joins the elements of the list
    std::string_view list_keys = {}; ///< keys of a `merge_topology::map`, separated by commas
    /// Those that are allowed (in a list: for its elements), in the order in which refusals tell them; empty:
    /// any.
    std::span<std::string_view const> values = {};
    std::string_view fallback = {}; ///< the default, as JSON text; empty: none
    /// What a text must contain: a POSIX extended expression, or one with `\d` and `(?:`.
    std::string_view pattern = {};
    std::string_view text = {};                                      ///< what it means, for `explain`
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min(); ///< of a number, inclusive
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    std::int64_t min_size = 0; ///< of a text in characters, of a list or map in elements
    std::int64_t max_size = std::numeric_limits<std::int64_t>::max();
};

/// The details of a member that says none.
inline constexpr field_details no_details = {};

struct type_info;

/// One member of a described type.
struct field_info {
    std::string_view name; ///< in JSON
    type_info const* of = nullptr;
    field_details const* details = &no_details;
    std::uint32_t offset = 0;
    /// The protobuf field number; 0: not known. Of a member of a message that Go embeds, which is described
    /// as one of the outer message: `outer * 1000 + inner`, and so on.
    std::int32_t number = 0;
    bool required = false;  ///< the schema says that it must be there
    bool always = false;    ///< it is written even when it is zero
    bool immutable = false; ///< an update may not change it
    bool inlined = false;   ///< its members stand in JSON in its place
    bool nullable = false;  ///< JSON `null` is a value of its own: an optional of an optional
    bool quiet = false;     ///< OpenAPI does not tell its `values`
    patch_strategy patch = patch_strategy::atomic;
    merge_topology topology = merge_topology::unsaid;
    /// Of an optional with a number: protobuf does not tell zero from absent (no pointer in Go).
    bool zero_is_absent = false;

    [[nodiscard]] constexpr auto type() const -> type_info const& { return *of; }
    auto in(void const* object) const -> void const* { return static_cast<char const*>(object) + offset; }
    auto in(void* object) const -> void* { return static_cast<char*>(object) + offset; }
};

/// What a type can do with its values where no one else knows how (`storage::native`). Moving and destroying
/// never throw.
struct value_ops {
    auto (*construct)(void* raw) -> void;
    auto (*copy)(void* raw, void const* from) -> void;
    auto (*move)(void* raw, void* from) -> void;
    auto (*destroy)(void*) -> void;
    auto (*equal)(void const*, void const*) -> bool;
    auto (*is_zero)(void const*) -> bool;
};

/// How to walk a native list or optional, such as `std::vector` and `std::optional`.
struct range_ops {
    auto (*size)(void const*) -> std::size_t;
    auto (*at)(void const*, std::size_t) -> void const*;
    auto (*add)(void*) -> void*;
};

/// How a scalar is written and read.
struct scalar_ops {
    auto (*write)(void const*, std::string& json) -> void;
    auto (*read)(void*, scalar_token const&) -> result<void>;
};

/// Owns descriptions that were made at run time (`any_object.hpp`).
struct type_owner;

struct document_schema;

/// The description of a type. It is constant data, or lives as long as the `runtime_schema` that made it and
/// the objects of the type.
struct type_info {
    shape form = shape::record;
    storage layout = storage::record;
    bool trivial = false;          ///< copied by its bytes, destroyed by nothing
    bool preserves_unknown = true; ///< a record that keeps what it does not describe
    bool open = false;             ///< a record that may be given what it does not describe
    merge_topology topology = merge_topology::unsaid; ///< of a record, wherever it stands
    std::uint32_t bytes = 0;
    std::uint32_t alignment = 1;
    std::string_view name; ///< schema name of a record or scalar, e.g. `io.k8s.api.core.v1.Pod`, `quantity`
    std::string_view schema_type; ///< `string`, `integer`, ... in OpenAPI; several, with commas: one of them
    std::string_view schema_format; ///< `date-time`, `int-or-string`, ...

    value_ops const* values = nullptr;   ///< of a native value
    range_ops const* ranges = nullptr;   ///< of a native list or optional
    scalar_ops const* scalars = nullptr; ///< of a scalar

    type_info const* contained = nullptr; ///< of a list, map, optional: what is in it
    type_info const* entry = nullptr;     ///< of a map: the record of a key and a value

    /// The parts of a record as they lie in it, and as JSON shows them: those of inlined ones in their place.
    std::span<field_info const> members;
    std::span<field_info const> fields;
    std::span<std::uint16_t const> by_name;  ///< indexes of `fields` sorted by name, where there are many
    std::uint32_t unknown_at = no_unknown;   ///< offset of a record's unknown members
    std::uint32_t metadata = 0;              ///< offset of a kind's `metadata`
    resource_name const* resource = nullptr; ///< of a record that is a kind
    type_owner const* owner = nullptr;       ///< of a type that was made at run time
    auto (*initial)(void* raw)
        -> void = nullptr; ///< constructs a record whose members begin otherwise than zero
    /// Of a record that keeps a document as it comes: what the document should hold.
    document_schema const* documented = nullptr;

    static constexpr std::uint32_t no_unknown = 0xffffffff;

    // values

    [[nodiscard]] auto is_zero(void const* value) const -> bool;
    [[nodiscard]] auto equal(void const* a, void const* b) const -> bool;
    auto assign(void* to, void const* from) const -> void;
    auto reset(void* value) const -> void;
    /// On the heap; see `destroy`.
    [[nodiscard]] auto make() const -> void*;
    [[nodiscard]] auto clone(void const* from) const -> void*;
    /// Ends what `make` or `clone` made; null is nothing.
    auto destroy(void const* value) const -> void;

    // lists, maps, optionals

    [[nodiscard]] constexpr auto element() const -> type_info const& { return *contained; }
    [[nodiscard]] auto size(void const* value) const -> std::size_t;
    [[nodiscard]] auto at(void const* value, std::size_t n) const -> void const*;
    /// The same, to be written to: nobody else has it then.
    [[nodiscard]] auto reach(void* value, std::size_t n) const -> void*;
    /// The n-th key of a map.
    [[nodiscard]] auto key(void const* value, std::size_t n) const -> std::string_view;
    /// Adds an element (of a map: finds or adds the key's; of an optional: engages it) and answers where it
    /// is.
    auto add(void* value, std::string_view key) const -> void*;

    // texts

    [[nodiscard]] auto text(void const* value) const -> std::string const&;
    auto set_text(void* value, std::string_view text) const -> void;

    // scalars

    auto write(void const* value, std::string& json) const -> void { scalars->write(value, json); }
    auto read(void* value, scalar_token const& t) const -> result<void> { return scalars->read(value, t); }

    // records

    /// The member with this JSON name, or null.
    [[nodiscard]] auto field(std::string_view name_in_json) const -> field_info const*;
    /// The members that the type does not describe, or null if it keeps none.
    [[nodiscard]] auto unknown(void const* record) const -> unknown_fields const* {
        if (unknown_at == no_unknown) return nullptr;
        return reinterpret_cast<unknown_fields const*>(static_cast<char const*>(record) + unknown_at);
    }
    [[nodiscard]] auto unknown(void* record) const -> unknown_fields* {
        return const_cast<unknown_fields*>(unknown(static_cast<void const*>(record)));
    }
};

} // namespace berth::object
