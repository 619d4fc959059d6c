#pragma once

/// \file
/// Errors as values: `result<T>` is a value or an `error` that says what, where and what to do.
/// The codes map one-to-one to the reasons of the Kubernetes `Status` object (apimachinery 1.36,
/// `api/errors`).

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth {

/// What kind of failure an `error` is; `reason_of` and `http_status_of` give its name and number on the wire.
enum class error_code : std::uint8_t {
    bad_request,            ///< the request cannot be understood
    unauthorized,           ///< nobody knows who asks
    forbidden,              ///< who asks may not
    not_found,              ///< no such object, key or lease
    method_not_allowed,     ///< the resource does not support the verb
    not_acceptable,         ///< none of the accepted representations can be produced
    already_exists,         ///< the name, key or lease is taken
    conflict,               ///< a precondition (revision, uid) no longer holds: read again and retry
    gone,                   ///< it existed and will not come back
    expired,                ///< the revision has been compacted away: list again
    future_revision,        ///< the revision has not happened yet
    request_too_large,      ///< the body or transaction exceeds its limit
    unsupported_media_type, ///< the representation of the body is not understood
    invalid,                ///< well-formed, but fields have unacceptable values (see `causes`)
    too_many_requests,      ///< slow down; `retry_after_seconds` says for how long
    timeout,                ///< the outcome is unknown or the deadline passed
    unavailable,            ///< the other side cannot be reached now
    internal,               ///< a defect or a broken environment
    unclassified,           ///< a refusal with status 500 to which Kubernetes gives no reason
};

/// One field's part in an error: a machine-readable reason, a sentence, and the path of the field.
struct error_cause {
    std::string reason;  ///< e.g. `FieldValueRequired`
    std::string message; ///< e.g. `Required value`
    std::string field;   ///< e.g. `spec.containers[0].name`

    friend auto operator==(error_cause const&, error_cause const&) -> bool = default;
};

/// What an error is about. All fields may be empty.
struct error_details {
    std::string name;  ///< the object's name
    std::string group; ///< the API group
    std::string kind;  ///< the resource (plural) or, for `invalid`, the kind
    std::string uid;   ///< the object's uid
    std::vector<error_cause> causes;
    int retry_after_seconds = 0;

    friend auto operator==(error_details const&, error_details const&) -> bool = default;
};

/// A failure as a value: a code for programs, a message for people, and details for both.
struct error {
    error_code code = error_code::internal;
    std::string message;
    error_details details;
    std::vector<std::string> warnings = {}; ///< what is doubtful about the request besides, as sentences

    friend auto operator==(error const&, error const&) -> bool = default;
};

/// An error ready to be returned: `return fail(error_code::not_found, "no such key");`
[[nodiscard]] inline auto fail(error_code code, std::string message, error_details details = {})
    -> std::unexpected<error> {
    return std::unexpected(error{code, std::move(message), std::move(details)});
}

/// The `reason` of a Kubernetes `Status` for a code.
[[nodiscard]] constexpr auto reason_of(error_code code) noexcept -> std::string_view {
    switch (code) {
    case error_code::bad_request: return "BadRequest";
    case error_code::unauthorized: return "Unauthorized";
    case error_code::forbidden: return "Forbidden";
    case error_code::not_found: return "NotFound";
    case error_code::method_not_allowed: return "MethodNotAllowed";
    case error_code::not_acceptable: return "NotAcceptable";
    case error_code::already_exists: return "AlreadyExists";
    case error_code::conflict: return "Conflict";
    case error_code::gone: return "Gone";
    case error_code::expired: return "Expired";
    case error_code::future_revision: return "Timeout";
    case error_code::request_too_large: return "RequestEntityTooLarge";
    case error_code::unsupported_media_type: return "UnsupportedMediaType";
    case error_code::invalid: return "Invalid";
    case error_code::too_many_requests: return "TooManyRequests";
    case error_code::timeout: return "Timeout";
    case error_code::unavailable: return "ServiceUnavailable";
    case error_code::internal: return "InternalError";
    case error_code::unclassified: return "";
    }
    return "Unknown";
}

/// The HTTP status of a Kubernetes `Status` for a code.
[[nodiscard]] constexpr auto http_status_of(error_code code) noexcept -> int {
    switch (code) {
    case error_code::bad_request: return 400;
    case error_code::unauthorized: return 401;
    case error_code::forbidden: return 403;
    case error_code::not_found: return 404;
    case error_code::method_not_allowed: return 405;
    case error_code::not_acceptable: return 406;
    case error_code::already_exists: return 409;
    case error_code::conflict: return 409;
    case error_code::gone: return 410;
    case error_code::expired: return 410;
    case error_code::future_revision: return 504;
    case error_code::request_too_large: return 413;
    case error_code::unsupported_media_type: return 415;
    case error_code::invalid: return 422;
    case error_code::too_many_requests: return 429;
    case error_code::timeout: return 504;
    case error_code::unavailable: return 503;
    case error_code::internal:
    case error_code::unclassified: return 500;
    }
    return 500;
}

} // namespace berth

#include <berth/core/result.hpp> // IWYU pragma: export
