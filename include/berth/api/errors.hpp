#pragma once

/// \file
/// The API's refusals in the words of Kubernetes (apimachinery 1.36, `api/errors`).

#include <berth/core/error.hpp>
#include <berth/object/reflect.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api {

/// `deployments.apps`, or `pods` in the core group.
[[nodiscard]] inline auto qualified(object::resource_name const& r) -> std::string {
    return r.group.empty() ? std::string(r.plural) : std::string(r.plural) + "." + std::string(r.group);
}

/// The text of a group and version: `apps/v1`, `v1`.
[[nodiscard]] inline auto api_version(object::resource_name const& r) -> std::string {
    return r.group.empty() ? std::string(r.version) : std::string(r.group) + "/" + std::string(r.version);
}

namespace detail {

inline auto about(object::resource_name const& r, std::string_view name) -> error_details {
    return {.name = std::string(name),
            .group = std::string(r.group),
            .kind = std::string(r.plural),
            .uid = {},
            .causes = {}};
}

inline auto quoted(object::resource_name const& r, std::string_view name) -> std::string {
    return qualified(r) + " \"" + std::string(name) + "\"";
}

} // namespace detail

[[nodiscard]] inline auto not_found(object::resource_name const& r, std::string_view name)
    -> std::unexpected<error> {
    return fail(error_code::not_found, detail::quoted(r, name) + " not found", detail::about(r, name));
}

[[nodiscard]] inline auto already_exists(object::resource_name const& r, std::string_view name)
    -> std::unexpected<error> {
    return fail(error_code::already_exists, detail::quoted(r, name) + " already exists",
                detail::about(r, name));
}

/// A precondition does not hold; `why` says which.
[[nodiscard]] inline auto conflict(object::resource_name const& r, std::string_view name,
                                   std::string_view why) -> std::unexpected<error> {
    return fail(error_code::conflict,
                "Operation cannot be fulfilled on " + detail::quoted(r, name) + ": " + std::string(why),
                detail::about(r, name));
}

/// Somebody else wrote the object meanwhile.
[[nodiscard]] inline auto modified(object::resource_name const& r, std::string_view name)
    -> std::unexpected<error> {
    return conflict(
        r, name,
        "the object has been modified; please apply your changes to the latest version and try again");
}

/// Admission or authorization refuses.
[[nodiscard]] inline auto forbidden(object::resource_name const& r, std::string_view name,
                                    std::string_view why) -> std::unexpected<error> {
    return fail(error_code::forbidden, detail::quoted(r, name) + " is forbidden: " + std::string(why),
                detail::about(r, name));
}

[[nodiscard]] inline auto bad_request(std::string message) -> std::unexpected<error> {
    return fail(error_code::bad_request, std::move(message));
}

/// Fields of an object (or of options: `kind` is then e.g. `ListOptions`) have unacceptable values. `more` is
/// the number of causes that are not told.
[[nodiscard]] inline auto invalid(std::string_view group, std::string_view kind, std::string_view name,
                                  std::vector<error_cause> causes, std::size_t more = 0)
    -> std::unexpected<error> {
    auto said = std::set<std::string>(); // what is said twice is one sentence, and two causes
    auto sentences = std::vector<std::string_view>();
    for (auto const& c : causes) {
        auto const [sentence, fresh] = said.insert(c.field + ": " + c.message);
        if (fresh) sentences.emplace_back(*sentence);
    }
    auto const rest = "and " + std::to_string(more) + " more";
    if (more > 0) sentences.emplace_back(rest);
    auto message = std::string(kind);
    if (!group.empty()) (message += '.') += group;
    ((message += " \"") += name) += "\" is invalid: ";
    if (sentences.size() > 1) message += '[';
    for (std::size_t i = 0; i < sentences.size(); ++i) (message += i == 0 ? "" : ", ") += sentences[i];
    if (sentences.size() > 1) message += ']';
    return fail(error_code::invalid, std::move(message),
                {.name = std::string(name),
                 .group = std::string(group),
                 .kind = std::string(kind),
                 .uid = {},
                 .causes = std::move(causes)});
}

/// The revision asked for has not happened yet.
[[nodiscard]] inline auto future_revision(std::int64_t asked, std::int64_t current)
    -> std::unexpected<error> {
    auto const message =
        "Too large resource version: " + std::to_string(asked) + ", current: " + std::to_string(current);
    auto details = error_details{};
    details.causes.push_back({"ResourceVersionTooLarge", "Too large resource version", ""});
    details.retry_after_seconds = 1;
    return fail(error_code::future_revision, "Timeout: " + message, std::move(details));
}

/// The revision asked for is no longer kept; `oldest` is.
[[nodiscard]] inline auto too_old(std::int64_t asked, std::int64_t oldest) -> std::unexpected<error> {
    return fail(error_code::expired,
                "too old resource version: " + std::to_string(asked) + " (" + std::to_string(oldest) + ")");
}

} // namespace berth::api
