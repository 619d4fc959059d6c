#pragma once

/// \file
/// The bodies of `berth/api/http/parameters.hpp`.

#include <berth/api/http/parameters.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <charconv>
#include <memory>

namespace berth::api::http {

BERTH_DECL auto parse_integer(std::string_view text) -> result<std::int64_t> {
    auto digits = text;
    if (digits.starts_with('+') && digits.size() > 1 && digits[1] != '-') digits.remove_prefix(1);
    auto value = std::int64_t{0};
    auto const [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    auto const refuse = [&](std::string_view why) {
        auto quoted = std::string();
        object::append_json_string(quoted, text);
        return bad_request("strconv.ParseInt: parsing " + quoted + ": " + std::string(why));
    };
    if (failed == std::errc::result_out_of_range) return refuse("value out of range");
    if (failed != std::errc{} || end != digits.data() + digits.size()) return refuse("invalid syntax");
    return value;
}

BERTH_DECL auto integer_parameter(query const& q, std::string_view name)
    -> result<std::optional<std::int64_t>> {
    auto const* text = q.find(name);
    if (text == nullptr) return std::optional<std::int64_t>();
    auto const value = parse_integer(*text);
    if (!value) return std::unexpected(value.error());
    return std::optional(*value);
}

BERTH_DECL auto list_parameters::watch() const -> watch_options {
    auto out = watch_options{};
    out.namespace_ = list.namespace_;
    out.label_selector = list.label_selector;
    out.field_selector = list.field_selector;
    out.resource_version = list.resource_version;
    out.resource_version_match = list.resource_version_match;
    out.send_initial_events = list.send_initial_events;
    out.allow_bookmarks = allow_bookmarks;
    out.continue_token = list.continue_token;
    return out;
}

BERTH_DECL auto read_list_parameters(query const& q, std::string namespace_) -> result<list_parameters> {
    auto out = list_parameters{};
    auto const limit = integer_parameter(q, "limit");
    if (!limit) return std::unexpected(limit.error());
    auto const timeout = integer_parameter(q, "timeoutSeconds");
    if (!timeout) return std::unexpected(timeout.error());
    out.list.namespace_ = std::move(namespace_);
    out.list.label_selector = q.text("labelSelector");
    out.list.field_selector = q.text("fieldSelector");
    out.list.resource_version = q.text("resourceVersion");
    out.list.resource_version_match = q.text("resourceVersionMatch");
    out.list.limit = std::max<std::int64_t>(0, limit->value_or(0));
    out.list.continue_token = q.text("continue");
    out.list.send_initial_events = q.flag("sendInitialEvents");
    out.allow_bookmarks = q.flag("allowWatchBookmarks").value_or(false);
    out.timeout_seconds = *timeout;
    return out;
}

} // namespace berth::api::http

namespace berth::api::http::detail {

BERTH_DECL auto json_list(std::vector<std::string> const& texts) -> std::string {
    auto out = std::string("[");
    for (auto const& t : texts) {
        if (out.size() > 1) out += ',';
        object::append_json_string(out, t);
    }
    return out += ']';
}

BERTH_DECL auto check_dry_run(std::vector<std::string> const& asked, std::vector<error_cause>& causes)
    -> void {
    auto const known = std::all_of(asked.begin(), asked.end(), [](auto const& a) { return a == "All"; });
    if (known) return;
    causes.push_back({"FieldValueNotSupported",
                      "Unsupported value: " + json_list(asked) + ": supported values: \"All\"", "dryRun"});
}

inline auto check_manager(std::string_view manager, std::vector<error_cause>& causes) -> void {
    constexpr std::size_t longest = 128;
    if (manager.size() > longest)
        causes.push_back({"FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager"});
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(manager.begin(), manager.end(), control)) {
        auto quoted = std::string();
        object::append_json_string(quoted, manager);
        causes.push_back({"FieldValueInvalid",
                          "Invalid value: " + quoted + ": should only contain printable characters",
                          "fieldManager"});
    }
}

inline auto read_validation(std::string_view text, std::vector<error_cause>& causes) -> field_validation {
    if (text == "Ignore") return field_validation::ignore;
    if (text == "Strict") return field_validation::strict;
    if (text.empty() || text == "Warn") return field_validation::warn;
    auto quoted = std::string();
    object::append_json_string(quoted, text);
    causes.push_back(
        {"FieldValueNotSupported",
         "Unsupported value: " + quoted + ": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
         "fieldValidation"});
    return field_validation::warn;
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto read_fence(query const& q) -> result<shared_fence> {
    auto const text = q.text("fence");
    if (text.empty()) return shared_fence();
    auto read = parse_fence(text);
    if (!read) return std::unexpected(std::move(read).error());
    return std::make_shared<fence const>(*std::move(read));
}

BERTH_DECL auto read_write_options(query const& q, std::string_view name, write_options& out,
                                   std::vector<error_cause> more) -> result<void> {
    auto causes = std::move(more);
    out.field_manager = q.text("fieldManager");
    detail::check_manager(out.field_manager, causes);
    auto const dry_run = q.all("dryRun");
    detail::check_dry_run(dry_run, causes);
    out.dry_run = !dry_run.empty();
    out.validation = detail::read_validation(q.text("fieldValidation"), causes);
    if (!causes.empty()) return invalid("meta.k8s.io", name, "", std::move(causes));
    auto leads = read_fence(q);
    if (!leads) return std::unexpected(std::move(leads).error());
    out.fenced_by = *std::move(leads);
    return {};
}

BERTH_DECL auto read_patch_options(query const& q) -> result<patch_options> {
    auto out = patch_options{};
    auto causes = std::vector<error_cause>();
    if (q.flag("force"))
        causes.push_back(
            {"FieldValueForbidden", "Forbidden: may not be specified for non-apply patch", "force"});
    if (auto r = read_write_options(q, "PatchOptions", out, std::move(causes)); !r)
        return std::unexpected(std::move(r).error());
    return out;
}

BERTH_DECL auto read_apply_options(query const& q) -> result<patch_options> {
    auto out = patch_options{};
    auto causes = std::vector<error_cause>();
    if (q.text("fieldManager").empty())
        causes.push_back(
            {"FieldValueRequired", "Required value: is required for apply patch", "fieldManager"});
    out.force = q.flag("force").value_or(false);
    if (auto r = read_write_options(q, "PatchOptions", out, std::move(causes)); !r)
        return std::unexpected(std::move(r).error());
    return out;
}

} // namespace berth::api::http
