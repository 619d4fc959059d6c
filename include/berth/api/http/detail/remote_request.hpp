#pragma once

/// \file
/// Requests to an API server as text, and its answers as values.

#include <berth/api/options.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/write.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::api::http::detail {

/// A request without its connection's part.
struct remote_request {
    std::string_view method;
    std::string target;
    std::string body{};
    std::string_view body_type = "application/json";
    std::string_view accept = "application/json";
};

/// What to accept where the metadata of objects is enough, of one or of a list; a server that has no such
/// view answers whole objects.
inline constexpr std::string_view metadata_of_one =
    "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
inline constexpr std::string_view metadata_of_list =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

/// `/api/v1/namespaces/N/pods`, or of all namespaces.
[[nodiscard]] BERTH_DECL auto collection_path(object::resource_name const& r, std::string_view namespace_)
    -> std::string;
[[nodiscard]] BERTH_DECL auto object_path(object::resource_name const& r, object::key const& k,
                                          std::string_view subresource = {}) -> std::string;

[[nodiscard]] BERTH_DECL auto get_request(object::resource_name const& r, object::key const& k,
                                          get_options const& o) -> remote_request;
[[nodiscard]] BERTH_DECL auto list_request(object::resource_name const& r, list_options const& o)
    -> remote_request;
/// A watch that the server ends by itself after `patience`.
[[nodiscard]] BERTH_DECL auto watch_request(object::resource_name const& r, watch_options const& o,
                                            duration patience) -> remote_request;
/// Errors: `bad_request` for a patch that is no JSON and should expect a revision.
[[nodiscard]] BERTH_DECL auto write_request(write const& w) -> result<remote_request>;

/// What an answer's `Status` says went wrong; of an answer that has none, what its code means.
[[nodiscard]] BERTH_DECL auto error_of(unsigned status, std::string_view body) -> error;
[[nodiscard]] BERTH_DECL auto error_of(boost::json::value const& status) -> error;

/// Reads what a server answers into values of a registry's types.
class answer_reader {
public:
    explicit answer_reader(registry_snapshot kinds) : kinds_(std::move(kinds)) {}

    /// An object of a kind, of the kind that a subresource shows it as, or of whatever kind it says it is.
    /// Empty for a `Status`, and for a kind that nobody knows. Errors: `internal`.
    [[nodiscard]] auto object_of(object::resource_name const& asked, boost::json::value const& json) const
        -> result<object::object_ref>;
    /// Errors: `internal`.
    [[nodiscard]] auto list_of(object::resource_name const& asked, boost::json::value const& json) const
        -> result<object_list>;
    /// Errors: what an error event tells; `internal`.
    [[nodiscard]] auto event_of(object::resource_name const& asked, boost::json::value const& json) const
        -> result<watch_event>;

    /// Whether a kind can be asked for. Errors: `bad_request`.
    [[nodiscard]] auto knows(object::resource_name const& r) const -> result<void>;

private:
    [[nodiscard]] auto type_of(object::resource_name const& asked, boost::json::value const& json) const
        -> object::type_info const*;

    registry_snapshot kinds_;
};

/// JSON of an answer. Errors: `internal`.
[[nodiscard]] BERTH_DECL auto json_of(std::string_view text) -> result<boost::json::value>;

} // namespace berth::api::http::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/detail/remote_request.ipp>
#endif
