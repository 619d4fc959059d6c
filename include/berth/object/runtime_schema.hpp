#pragma once

/// \file
/// Types that are only known while the program runs, described by an OpenAPI v3 document or by the schema of
/// a custom resource. They are described in the same way as structs with `BERTH_DESCRIBE`, so their values
/// have JSON, patches, diffs, tables and OpenAPI too.

#include <berth/core/config.hpp>
#include <berth/object/detail/schema_reader.hpp>

#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace berth::object {

/// Descriptions made from a schema. Copies share them; they live as long as one of the copies or an
/// `any_object` of a type; other values of the types must not live longer.
///
/// Each member of a record is a box: absent is not zero, and an explicit zero is kept. A type that the
/// program knows by the same name takes the place of the schema's: `ObjectMeta`, `Time`, `MicroTime`,
/// `Quantity`, `IntOrString`, and those of `runtime_schema_options::known`. The `metadata` of a kind is a
/// `meta`.
///
///     auto const schema = runtime_schema::from_structural(json, "example.v1.Ship",
///         {.group = "example.com", .version = "v1", .kind = "Ship", .plural = "ships"}).value();
///     auto ship = draft(*schema.find("example.v1.Ship"));
class runtime_schema {
public:
    /// All types of `components.schemas` (or `definitions`) of an OpenAPI document. A type is a kind if its
    /// `metadata` is an `ObjectMeta` and it has one `x-kubernetes-group-version-kind`, or if
    /// `runtime_schema_options::kinds` says so. Time and memory are linear in the document. Errors:
    /// `bad_request`, which says where in the document what is wrong.
    [[nodiscard]] static auto from_openapi(boost::json::value const& document,
                                           runtime_schema_options const& options = {})
        -> result<runtime_schema> {
        return finish(detail::schema_reader(options).read_document(document));
    }

    /// The type of one structural schema, such as a custom resource's `openAPIV3Schema`, which is a kind.
    [[nodiscard]] static auto from_structural(boost::json::value const& schema, std::string_view name,
                                              resource_name const& kind,
                                              runtime_schema_options const& options = {})
        -> result<runtime_schema> {
        return finish(detail::schema_reader(options).read_kind(schema, name, kind));
    }

    /// The type with a name, such as `io.k8s.api.core.v1.Pod`; null if the schema has none.
    [[nodiscard]] auto find(std::string_view name) const -> type_info const*;

    /// How many descriptions were made.
    [[nodiscard]] auto size() const -> std::size_t { return tables_->types.size(); }

private:
    using tables = std::unique_ptr<detail::schema_tables>;

    explicit runtime_schema(tables made) : tables_(std::move(made)) {}
    static auto finish(result<tables> made) -> result<runtime_schema>;

    std::shared_ptr<detail::schema_tables const> tables_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/runtime_schema.ipp>
#endif
