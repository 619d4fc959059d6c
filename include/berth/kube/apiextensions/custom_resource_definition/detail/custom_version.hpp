#pragma once

/// \file
/// A version of a custom kind at work: how its documents are read, checked and shown.

#include <berth/api/kind.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>
#include <berth/object/document_schema.hpp>
#include <berth/object/json_path.hpp>
#include <berth/object/runtime_schema.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube::detail {

/// Where the replicas of an object are, step by step.
struct custom_scale_paths {
    std::string spec_text;
    std::string status_text;
    std::string selector_text; ///< empty: there is none
    std::vector<std::string> spec;
    std::vector<std::string> status;
    std::vector<std::string> selector;
};

/// A column of a version.
struct custom_column {
    std::string name;
    std::string type;
    std::string format;
    std::string description;
    int priority = 0;
    object::json_path path;
};

/// A field of a version that selectors may name.
struct custom_field {
    std::string label;
    std::vector<std::string> path;
};

/// See the file's comment.
struct custom_version {
    std::string name;
    bool served = false;
    bool has_status = false;
    std::string deprecation; ///< warns who uses it; empty: it is not deprecated
    std::string openapi;     ///< the schema of its objects
    std::shared_ptr<object::document_schema const> schema;
    std::shared_ptr<object::runtime_schema const> types;
    object::type_info const* type = nullptr;
    std::vector<custom_column> columns;
    std::vector<custom_field> fields;
    std::optional<custom_scale_paths> scale;

    /// An object as the document that it is.
    [[nodiscard]] auto document_of(void const* object) const -> boost::json::value;
    /// A document as an object of this version; it is kept as it is.
    [[nodiscard]] auto object_of(boost::json::object const& document) const -> result<object::draft>;

    /// Makes a document that comes in fit; see `api::document_rules`.
    auto admit(boost::json::object& document) const -> result<std::vector<std::string>>;

    auto validate(void const* object, api::field_errors& errors) const -> void;
    auto validate_update(void const* now, void const* before, api::field_errors& errors) const -> void;
    auto validate_status(void const* now, void const* before, api::field_errors& errors) const -> void;

    [[nodiscard]] auto cell_of(custom_column const& c, void const* object, time_point now) const -> api::cell;
    [[nodiscard]] auto field_of(custom_field const& f, void const* object) const -> std::string;

    [[nodiscard]] auto scale_of(void const* object) const -> result<object::any_object>;
    auto write_scale(void* object, void const* asked) const -> void;

private:
    auto check_scale(boost::json::value const& document, bool spec, bool status,
                     api::field_errors& errors) const -> void;
};

/// A version of a definition, made ready. Nothing if its schema cannot be read.
[[nodiscard]] BERTH_DECL auto make_custom_version(custom_resource_definition const& d,
                                                  custom_resource_version const& v)
    -> std::optional<custom_version>;

/// All versions of a definition, and the texts that its kinds refer to.
struct custom_versions {
    std::deque<custom_version> all;
    custom_version const* stored = nullptr;
    custom_resource_names names;
    std::string storage_hash; ///< of the version that is stored (apiserver `discovery.StorageVersionHash`)

    [[nodiscard]] auto find(std::string_view version) const -> custom_version const*;

    /// What a document loses as a version reads it; see `api::document_rules`.
    [[nodiscard]] auto lost(std::string_view version, boost::json::object const& document) const
        -> std::vector<std::string>;

    /// A stored object of any version as one of a version: pruned and with the defaults of the version that
    /// it was stored as, then converted.
    [[nodiscard]] auto converted(object::any_object const& from, custom_version const& to) const
        -> result<object::any_object>;
};

} // namespace berth::kube::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/detail/custom_version.ipp>
#endif
