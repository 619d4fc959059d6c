#pragma once

/// \file
/// Which representation of an answer a client accepts (apiserver 1.36, `endpoints/handlers/negotiation`).

#include <berth/api/http/message.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

/// What the objects of an answer are shown as.
enum class transform : std::uint8_t {
    none,     ///< whole
    table,    ///< rows of a `Table`
    metadata, ///< `PartialObjectMetadata`
    metadata_list,
};

/// The version of tables and metadata that a client gets if it asks for no other; some ask for `v1beta1`,
/// which is the same by another name.
inline constexpr std::string_view newest_transforms = "meta.k8s.io/v1";

/// The representation that was chosen.
struct representation {
    transform as = transform::none;
    encoding in = encoding::json;
    std::string_view version = newest_transforms; ///< of the transform
    bool aggregated_discovery = false;            ///< only for discovery: the v2 document
};

namespace detail {

constexpr std::string_view available =
    "application/json, application/yaml, application/vnd.kubernetes.protobuf";

} // namespace detail

/// Chooses the representation of objects by an Accept header; none given means JSON. `numbered`: the objects
/// have protobuf numbers; of others there is only the metadata in protobuf. Tables are never in it. Errors:
/// `not_acceptable`, which is worded otherwise for `custom` kinds.
[[nodiscard]] BERTH_DECL auto negotiate(std::string_view accept, bool numbered = true, bool custom = false)
    -> result<representation>;

/// Chooses how a refusal is written, also where nothing that a client accepts could be: its best clause that
/// names an encoding, or else JSON.
[[nodiscard]] BERTH_DECL auto negotiate_refusal(std::string_view accept) -> encoding;

/// Chooses the representation of a discovery document: the aggregated one if it is preferred to plain JSON.
/// Errors: `not_acceptable`, if all that is accepted of JSON is what discovery never is.
[[nodiscard]] BERTH_DECL auto negotiate_discovery(std::string_view accept) -> result<representation>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/accept.ipp>
#endif
