#pragma once

/// \file
/// OpenAPI v3 documents, one per group and version, generated from the descriptions of the kinds: what
/// kubectl needs for `create`, `apply` (merge keys, server-side field validation) and `explain`
/// (OpenAPI 3.0.0 with the `x-kubernetes-` extensions of kube-openapi, 1.36).

#include <berth/api/http/discovery.hpp>
#include <berth/api/scale.hpp>
#include <berth/core/config.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api::http {

namespace detail {

/// In which version of OpenAPI a schema is written.
enum class openapi_version : std::uint8_t { v2, v3 };

/// Appends the paths of kinds, comma-separated members of an object: which operations there are, what each is
/// called, which kind it is of, and the parameters that say how it is meant. With `lists`, also those of
/// documents that only hold others.
BERTH_DECL auto append_paths(std::string& out, std::span<kind const* const> kinds, bool lists,
                             openapi_version version) -> void;

/// Writes the schemas of types, and remembers which named types they mention.
class schema_writer {
public:
    explicit schema_writer(std::string& out, openapi_version version = openapi_version::v3)
        : out_(out), version_(version) {}

    /// Makes sure that a named type will be defined.
    auto mention(object::type_info const& type) -> void;

    /// Writes the definitions of all types mentioned, and of those that they mention.
    auto write_all() -> void;

    /// A schema for a value of a type: in place, or a reference.
    auto write(object::type_info const& type, object::field_info const* field) -> void;

private:
    auto write_reference(std::string_view name) -> void;

    auto write_type(object::type_info const& type) -> void;

    auto write_options(object::field_info const& field) -> void;

    auto write_values(object::field_info const& field) -> void;

    auto write_bounds(object::field_info const& field) -> void;

    auto write_topology(object::field_info const& field) -> void;

    static auto plain_type(object::type_info const& type) -> object::type_info const&;

    static auto strategy_name(object::patch_strategy s) -> std::string_view;

    auto write_scalar(object::type_info const& type) -> void;

    auto write_record(object::type_info const& type) -> void;

    auto write_kind(object::resource_name const& r, std::string_view suffix) -> void;

    auto write_properties(object::type_info const& type) -> void;

    std::string& out_;
    openapi_version version_;
    std::vector<object::type_info const*> named_;
};

} // namespace detail

/// The document of a group and version.
[[nodiscard]] BERTH_DECL auto openapi_text(registry const& kinds, std::string_view group,
                                           std::string_view version) -> std::string;

/// All OpenAPI documents of a registry, made once.
class openapi_documents {
public:
    struct document {
        std::string path; ///< `apis/apps/v1`
        std::string text;
        std::string hash;
    };

    explicit openapi_documents(registry const& kinds);

    /// The list of the documents and their addresses, for `/openapi/v3`.
    [[nodiscard]] auto index() const -> std::string const& { return index_; }

    /// The document of a group and version, or null.
    [[nodiscard]] auto find(std::string_view group, std::string_view version) const -> document const*;

private:
    std::vector<document> documents_;
    std::string index_;
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/openapi.ipp>
#endif
