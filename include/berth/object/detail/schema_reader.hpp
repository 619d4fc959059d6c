#pragma once

/// \file
/// Makes descriptions of the schemas of a document. Nothing here calls itself: what is still to be described
/// waits in a queue, so that a type may contain itself and no document is too deep.

#include <berth/core/config.hpp>
#include <berth/object/detail/schema_details.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/meta.hpp>
#include <berth/object/quantity.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::object {

/// A type of a document that is a kind.
struct schema_kind {
    std::string_view schema; ///< its name in the document
    resource_name resource;
};

/// How schemas are read.
struct runtime_schema_options {
    std::span<type_info const* const> known = {}; ///< types that stand for the schemas of their names
    std::span<schema_kind const> kinds = {};      ///< what the document does not say of its kinds
    bool keep_unknown = false; ///< every record keeps what it does not describe, not only those that say so
    std::size_t depth = 64;    ///< how many schemas may stand one inside another
    /// Of a structural schema's kind, whose objects keep their documents as they come: what these should
    /// hold.
    std::shared_ptr<document_schema const> documented = {};
};

namespace detail {

/// Reads one document. Use an object of this once.
class schema_reader {
public:
    using outcome = result<std::unique_ptr<schema_tables>>;

    explicit schema_reader(runtime_schema_options const& options);

    auto read_document(boost::json::value const& document) -> outcome;

    auto read_kind(boost::json::value const& schema, std::string_view name, resource_name const& kind)
        -> outcome;

private:
    using json_object = boost::json::object;

    /// A description whose parts are still to be found.
    struct task {
        type_info* type;
        json_object const* schema;
        schema_place const* at;
    };

    static auto text_of(boost::json::string_view text) -> std::string_view {
        return {text.data(), text.size()};
    }
    auto step(schema_place const& from, std::string_view name) -> schema_place const&;
    auto step(std::nullptr_t, std::string_view name) -> schema_place const&;

    auto finish() -> outcome;
    static auto rounded_up(std::size_t bytes, std::size_t unit) -> std::uint32_t {
        return static_cast<std::uint32_t>((bytes + unit - 1) / unit * unit);
    }

    // --- which type a schema is of -------------------------------------------------------------------------

    /// The name that a schema refers to: `$ref`, or the only one of `allOf`, which leaves room for a
    /// description beside it.
    static auto reference_in(json_object const& schema, schema_place const& at)
        -> result<std::optional<std::string_view>>;

    /// The type of a name. Names that only refer to other ones are followed.
    auto resolve(std::string_view name, schema_place const& from) -> result<type_info const*>;
    auto named(std::string_view name, type_info const* t) -> type_info const*;

    auto make_named(std::string_view name, json_object const& schema, schema_place const& at)
        -> result<type_info const*>;

    /// What the document says of a kind.
    auto kind_of(json_object const& schema) -> resource_name const*;
    static auto has_object_meta(json_object const& schema) -> bool;

    /// The type of a schema in some place.
    auto type_for(boost::json::value const& schema, schema_place const& at) -> result<type_info const*>;

    /// The type of a schema that is no reference; what it contains is found later.
    auto make(json_object const& schema, schema_place const& at) -> result<type_info const*>;

    auto make_object(json_object const& schema, schema_place const& at) -> result<type_info const*>;
    auto keeps_unknown(json_object const& schema, schema_place const& at) const -> result<bool>;
    auto record(json_object const& schema, schema_place const& at) -> type_info& {
        return *composite(shape::record, storage::record, 0, schema, at);
    }
    auto composite(shape form, storage layout, std::size_t bytes, json_object const& schema,
                   schema_place const& at) -> type_info*;

    /// A text of a format.
    auto text_type(std::string_view format) -> type_info const*;
    /// The box of a type.
    auto box_of(type_info const* contained) -> type_info const*;

    // --- what a type contains ------------------------------------------------------------------------------

    auto fill(task const& t) -> result<void>;

    auto fill_list(task const& t) -> result<void>;

    auto fill_map(task const& t) -> result<void>;

    auto fill_record(task const& t) -> result<void>;

    auto read_properties(task const& t, std::vector<field_info>& members) -> result<void>;

    auto read_member(std::string_view name, boost::json::value const& schema, schema_place const& at,
                     bool of_kind) -> result<field_info>;

    /// Marks the members that must be there. Members that nobody described cannot be asked for.
    static auto read_required(task const& t, std::vector<field_info>& members) -> result<void>;

    auto sort_by_name(type_info& type) -> void;

    runtime_schema_options const& options_;
    json_object const* components_ = nullptr;
    std::unique_ptr<schema_tables> tables_ = std::make_unique<schema_tables>();
    std::unordered_map<std::string_view, type_info const*> known_;
    std::unordered_map<std::string_view, resource_name const*> kinds_;
    std::unordered_map<std::string_view, type_info const*> formats_;
    std::unordered_map<type_info const*, type_info const*> boxes_;
    std::deque<schema_place> places_;
    std::deque<task> tasks_;
    std::vector<type_info*> entries_;
};

} // namespace detail

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/schema_reader.ipp>
#endif
