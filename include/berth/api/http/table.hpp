#pragma once

/// \file
/// Objects as rows of a `Table`, and as their metadata alone (apimachinery 1.36, `meta/v1`).

#include <berth/api/encoding.hpp>
#include <berth/api/http/accept.hpp>
#include <berth/core/config.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

/// What the `object` of a row is.
enum class row_object : std::uint8_t { metadata, whole, none };

/// Appends the metadata of an object as a `PartialObjectMetadata` document of a version.
BERTH_DECL auto append_metadata(std::string& out, object::object_ref const& ref,
                                std::string_view version = newest_transforms) -> void;

/// Builds the text of a `Table`, row by row.
class table {
public:
    /// A table for a kind's objects, or for what a subresource shows of them.
    table(kind const& of, time_point now, row_object what, std::string_view version = newest_transforms)
        : of_(of), now_(now), what_(what), version_(version) {}

    /// Appends the whole table: metadata (a JSON object), column definitions if wanted, and the rows.
    auto append(std::string& out, std::string_view metadata, std::span<object::object_ref const> rows,
                bool with_columns = true) const -> void;

private:
    /// The projection that an object is, or null for an object of the kind itself.
    auto projection_of(object::object_ref const& ref) const -> projection const*;

    static auto append_columns(std::string& out, std::span<column const> columns) -> void;

    auto append_row(std::string& out, std::span<column const> columns, object::object_ref const& ref) const
        -> void;

    kind const& of_;
    time_point now_;
    row_object what_;
    std::string_view version_;
};

/// The metadata of a list: its revision, and how to go on.
[[nodiscard]] BERTH_DECL auto list_metadata(object::revision rev, std::string_view continue_token,
                                            std::optional<std::int64_t> remaining) -> std::string;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/table.ipp>
#endif
