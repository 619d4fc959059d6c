#pragma once

/// \file
/// The bodies of `berth/api/errors.hpp`.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>

#include <set>

namespace berth::api {

BERTH_DECL auto qualified(object::resource_name const& r) -> std::string {
    return r.group.empty() ? std::string(r.plural) : std::string(r.plural) + "." + std::string(r.group);
}

BERTH_DECL auto api_version(object::resource_name const& r) -> std::string {
    return r.group.empty() ? std::string(r.version) : std::string(r.group) + "/" + std::string(r.version);
}

} // namespace berth::api

namespace berth::api::detail {

BERTH_DECL auto about(object::resource_name const& r, std::string_view name) -> error_details {
    return {.name = std::string(name),
            .group = std::string(r.group),
            .kind = std::string(r.plural),
            .uid = {},
            .causes = {}};
}

BERTH_DECL auto quoted(object::resource_name const& r, std::string_view name) -> std::string {
    return qualified(r) + " \"" + std::string(name) + "\"";
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto not_found(object::resource_name const& r, std::string_view name) -> std::unexpected<error> {
    return fail(error_code::not_found, detail::quoted(r, name) + " not found", detail::about(r, name));
}

BERTH_DECL auto already_exists(object::resource_name const& r, std::string_view name)
    -> std::unexpected<error> {
    return fail(error_code::already_exists, detail::quoted(r, name) + " already exists",
                detail::about(r, name));
}

BERTH_DECL auto conflict(object::resource_name const& r, std::string_view name, std::string_view why)
    -> std::unexpected<error> {
    return fail(error_code::conflict,
                "Operation cannot be fulfilled on " + detail::quoted(r, name) + ": " + std::string(why),
                detail::about(r, name));
}

BERTH_DECL auto modified(object::resource_name const& r, std::string_view name) -> std::unexpected<error> {
    return conflict(
        r, name,
        "the object has been modified; please apply your changes to the latest version and try again");
}

BERTH_DECL auto forbidden(object::resource_name const& r, std::string_view name, std::string_view why)
    -> std::unexpected<error> {
    return fail(error_code::forbidden, detail::quoted(r, name) + " is forbidden: " + std::string(why),
                detail::about(r, name));
}

BERTH_DECL auto invalid(std::string_view group, std::string_view kind, std::string_view name,
                        std::vector<error_cause> causes, std::size_t more) -> std::unexpected<error> {
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

BERTH_DECL auto internal_error(std::string const& why) -> std::unexpected<error> {
    auto details = error_details{};
    details.causes.push_back({"", why, ""});
    return fail(error_code::internal, "Internal error occurred: " + why, std::move(details));
}

BERTH_DECL auto future_revision(std::int64_t asked, std::int64_t current) -> std::unexpected<error> {
    auto const message =
        "Too large resource version: " + std::to_string(asked) + ", current: " + std::to_string(current);
    auto details = error_details{};
    details.causes.push_back({"ResourceVersionTooLarge", "Too large resource version", ""});
    details.retry_after_seconds = 1;
    return fail(error_code::future_revision, "Timeout: " + message, std::move(details));
}

BERTH_DECL auto too_old(std::int64_t asked, std::int64_t oldest) -> std::unexpected<error> {
    return fail(error_code::expired,
                "too old resource version: " + std::to_string(asked) + " (" + std::to_string(oldest) + ")");
}

} // namespace berth::api
