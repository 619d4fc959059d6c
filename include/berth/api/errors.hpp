#pragma once

/// \file
/// The API's refusals in the words of Kubernetes (apimachinery 1.36, `api/errors`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/reflect.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api {

/// `deployments.apps`, or `pods` in the core group.
[[nodiscard]] BERTH_DECL auto qualified(object::resource_name const& r) -> std::string;

/// The text of a group and version: `apps/v1`, `v1`.
[[nodiscard]] BERTH_DECL auto api_version(object::resource_name const& r) -> std::string;

namespace detail {

BERTH_DECL auto about(object::resource_name const& r, std::string_view name) -> error_details;

BERTH_DECL auto quoted(object::resource_name const& r, std::string_view name) -> std::string;

} // namespace detail

[[nodiscard]] BERTH_DECL auto not_found(object::resource_name const& r, std::string_view name)
    -> std::unexpected<error>;

[[nodiscard]] BERTH_DECL auto already_exists(object::resource_name const& r, std::string_view name)
    -> std::unexpected<error>;

/// A precondition does not hold; `why` says which.
[[nodiscard]] BERTH_DECL auto conflict(object::resource_name const& r, std::string_view name,
                                       std::string_view why) -> std::unexpected<error>;

/// Somebody else wrote the object meanwhile.
[[nodiscard]] BERTH_DECL auto modified(object::resource_name const& r, std::string_view name)
    -> std::unexpected<error>;

/// Admission or authorization refuses.
[[nodiscard]] BERTH_DECL auto forbidden(object::resource_name const& r, std::string_view name,
                                        std::string_view why) -> std::unexpected<error>;

[[nodiscard]] inline auto bad_request(std::string message) -> std::unexpected<error> {
    return fail(error_code::bad_request, std::move(message));
}

/// Fields of an object (or of options: `kind` is then e.g. `ListOptions`) have unacceptable values. `more` is
/// the number of causes that are not told.
[[nodiscard]] BERTH_DECL auto invalid(std::string_view group, std::string_view kind, std::string_view name,
                                      std::vector<error_cause> causes, std::size_t more = 0)
    -> std::unexpected<error>;

/// What the server itself cannot cope with, which is a cause of its own.
[[nodiscard]] BERTH_DECL auto internal_error(std::string const& why) -> std::unexpected<error>;

/// The revision asked for has not happened yet.
[[nodiscard]] BERTH_DECL auto future_revision(std::int64_t asked, std::int64_t current)
    -> std::unexpected<error>;

/// The revision asked for is no longer kept; `oldest` is.
[[nodiscard]] BERTH_DECL auto too_old(std::int64_t asked, std::int64_t oldest) -> std::unexpected<error>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/errors.ipp>
#endif
