#pragma once

/// \file
/// The `JSONSchemaProps` of a CustomResourceDefinition as JSON: read as strictly as Kubernetes reads it, and
/// looked at keyword by keyword.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/told_paths.hpp>

#include <boost/json/fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Drops from a schema what is no keyword, telling the paths, and what says nothing (`omitempty`). `at`: the
/// path of the schema. Linear; the depth is bounded by that of the parsed text. Errors: `bad_request`, where
/// a keyword has a value of the wrong form.
[[nodiscard]] BERTH_DECL auto normalize_schema(boost::json::value& schema, std::string const& at,
                                               object::told_paths& unknown) -> result<void>;

/// Whether a member at a path inside a schema is read strictly, so that it is told if it occurs twice: not
/// below what has a decoder of its own in Go (`items`, `additionalProperties`, `default` and the like).
[[nodiscard]] BERTH_DECL auto is_strict_in_schema(std::string_view path) -> bool;

/// A schema, or a part of one, as it was normalized. A view: the JSON must outlive it.
class json_schema {
public:
    explicit json_schema(boost::json::object const& json) : json_(&json) {}

    [[nodiscard]] auto json() const -> boost::json::object const& { return *json_; }
    [[nodiscard]] auto has(std::string_view keyword) const -> bool { return find(keyword) != nullptr; }
    [[nodiscard]] auto find(std::string_view keyword) const -> boost::json::value const*;
    /// A text; empty if there is none.
    [[nodiscard]] auto text(std::string_view keyword) const -> std::string_view;
    [[nodiscard]] auto flag(std::string_view keyword) const -> bool;
    [[nodiscard]] auto texts(std::string_view keyword) const -> std::vector<std::string>;
    /// A keyword that is a schema; nothing if it is absent, or a truth value or a list.
    [[nodiscard]] auto schema(std::string_view keyword) const -> std::optional<json_schema>;
    /// The schemas of a list (`allOf`) or of a map (`properties`), with their names.
    [[nodiscard]] auto list(std::string_view keyword) const -> std::vector<json_schema>;
    [[nodiscard]] auto map(std::string_view keyword) const
        -> std::vector<std::pair<std::string_view, json_schema>>;
    [[nodiscard]] auto property(std::string_view name) const -> std::optional<json_schema>;
    [[nodiscard]] auto type() const -> std::string_view { return text("type"); }

    /// Whether this schema, or one in it, has something.
    template <class Has> [[nodiscard]] auto any(Has const& has) const -> bool {
        if (has(*this)) return true;
        for (auto const& inner : inside())
            if (inner.any(has)) return true;
        return false;
    }

private:
    /// All schemas directly inside.
    [[nodiscard]] auto inside() const -> std::vector<json_schema>;

    boost::json::object const* json_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/json_schema.ipp>
#endif
