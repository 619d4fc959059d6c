#pragma once

/// \file
/// The bodies of `berth/api/http/detail/remote_request.hpp`.

#include <berth/api/delete_document.hpp>
#include <berth/api/errors.hpp>
#include <berth/api/http/detail/remote_request.hpp>
#include <berth/api/http/parameters.hpp>
#include <berth/api/http/query.hpp>
#include <berth/api/status_code.hpp>
#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/detail/json_text.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/parse.hpp>
#include <berth/object/strategic_patch.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace berth::api::http::detail {

// ---- where

BERTH_DECL auto collection_path(object::resource_name const& r, std::string_view namespace_) -> std::string {
    auto out = std::string(r.group.empty() ? "/api/" : "/apis/") + api_version(r);
    if (r.namespaced && !namespace_.empty()) out.append("/namespaces/").append(percent_encode(namespace_));
    return out.append("/").append(r.plural);
}

BERTH_DECL auto object_path(object::resource_name const& r, object::key const& k,
                            std::string_view subresource) -> std::string {
    auto out = collection_path(r, k.namespace_) + "/" + percent_encode(k.name);
    if (!subresource.empty()) out.append("/").append(subresource);
    return out;
}

/// Appends `?name=value` or `&name=value`, unless the value is empty.
inline auto append_parameter(std::string& target, std::string_view name, std::string_view value) -> void {
    if (value.empty()) return;
    target.append(1, target.find('?') == std::string::npos ? '?' : '&').append(name).append("=");
    target.append(percent_encode(value));
}

inline auto append_selection(std::string& target, auto const& options) -> void {
    append_parameter(target, "labelSelector", options.label_selector);
    append_parameter(target, "fieldSelector", options.field_selector);
    append_parameter(target, "resourceVersion", options.resource_version);
    append_parameter(target, "resourceVersionMatch", options.resource_version_match);
    append_parameter(target, "continue", options.continue_token);
    if (options.send_initial_events)
        append_parameter(target, "sendInitialEvents", *options.send_initial_events ? "true" : "false");
}

inline auto append_fence(std::string& target, write_options const& o) -> void {
    if (o.fenced_by) append_parameter(target, "fence", to_string(*o.fenced_by));
}

inline auto append_write_options(std::string& target, write_options const& o) -> void {
    constexpr std::string_view validation[] = {"Ignore", "Warn", "Strict"};
    if (o.dry_run) append_parameter(target, "dryRun", "All");
    append_parameter(target, "fieldValidation", validation[static_cast<std::size_t>(o.validation)]);
    append_parameter(target, "fieldManager", o.field_manager);
    append_fence(target, o);
}

// ---- what is asked

BERTH_DECL auto get_request(object::resource_name const& r, object::key const& k, get_options const& o)
    -> remote_request {
    auto out = remote_request{.method = "GET", .target = object_path(r, k, o.subresource)};
    append_parameter(out.target, "resourceVersion", o.resource_version);
    return out;
}

BERTH_DECL auto list_request(object::resource_name const& r, list_options const& o) -> remote_request {
    auto out = remote_request{.method = "GET", .target = collection_path(r, o.namespace_)};
    append_selection(out.target, o);
    if (o.limit > 0) append_parameter(out.target, "limit", std::to_string(o.limit));
    return out;
}

BERTH_DECL auto watch_request(object::resource_name const& r, watch_options const& o, duration patience)
    -> remote_request {
    auto out = remote_request{.method = "GET", .target = collection_path(r, o.namespace_)};
    append_parameter(out.target, "watch", "true");
    append_selection(out.target, o);
    if (o.allow_bookmarks) append_parameter(out.target, "allowWatchBookmarks", "true");
    auto const whole = std::max<std::int64_t>(1, patience.nanoseconds / seconds(1).nanoseconds);
    append_parameter(out.target, "timeoutSeconds", std::to_string(whole));
    return out;
}

inline auto document_of(object::any_object const& o, object::revision rev) -> std::string {
    auto out = std::string();
    object::append_document(out, o.type(), o.data(), rev);
    return out;
}

/// A patch that insists on a revision. Errors: `bad_request`.
inline auto expecting(std::string const& body, bool operations, object::revision expected)
    -> result<std::string> {
    if (expected == 0) return body;
    auto read = object::parse_document(body);
    if (!read) return std::unexpected(std::move(read).error());
    auto const rev = boost::json::string(std::to_string(expected));
    if (operations && read->value.is_array()) {
        read->value.get_array().push_back(
            {{"op", "add"}, {"path", "/metadata/resourceVersion"}, {"value", rev}});
    } else if (!operations && read->value.is_object()) {
        auto& metadata = read->value.get_object()["metadata"];
        if (!metadata.is_object()) metadata.emplace_object();
        metadata.get_object()["resourceVersion"] = rev;
    } else {
        return bad_request("a patch that expects a revision must be " +
                           std::string(operations ? "an array" : "an object"));
    }
    return boost::json::serialize(read->value);
}

/// The request that does a write.
class write_as_request {
public:
    auto operator()(create_request const& w) const -> result<remote_request> {
        auto const& r = w.object.resource();
        auto out = remote_request{.method = "POST",
                                  .target = collection_path(r, w.object.metadata().namespace_),
                                  .body = document_of(w.object, 0)};
        append_write_options(out.target, w.options);
        return out;
    }
    auto operator()(update_request const& w) const -> result<remote_request> {
        auto const& r = w.resource == nullptr ? w.object.resource() : *w.resource;
        auto out =
            remote_request{.method = "PUT",
                           .target = object_path(r, w.object.metadata().where(), w.options.subresource),
                           .body = document_of(w.object, w.options.expected)};
        append_write_options(out.target, w.options);
        return out;
    }
    auto operator()(patch_request const& w) const -> result<remote_request> {
        constexpr std::string_view types[] = {"application/json-patch+json", "application/merge-patch+json",
                                              "application/strategic-merge-patch+json"};
        return patched(w.resource, w.where, w.options, w.patch.body,
                       types[static_cast<std::size_t>(w.patch.type)], w.patch.type == patch_type::json);
    }
    auto operator()(apply_request const& w) const -> result<remote_request> {
        auto out = patched(w.resource, w.where, w.options, w.body, "application/apply-patch+yaml", false);
        if (out && w.options.force) append_parameter(out->target, "force", "true");
        return out;
    }
    auto operator()(remove_request const& w) const -> result<remote_request> {
        constexpr std::string_view policies[] = {"Background", "Foreground", "Orphan"};
        auto const& o = w.options;
        auto body = delete_document();
        body.api_version = "v1";
        body.kind = "DeleteOptions";
        body.grace_period_seconds = o.grace_period_seconds;
        if (!o.expected_uid.empty()) body.preconditions.engage().uid = o.expected_uid;
        if (!o.expected_resource_version.empty())
            body.preconditions.engage().resource_version = o.expected_resource_version;
        if (o.policy) body.propagation_policy = policies[static_cast<std::size_t>(*o.policy)];
        if (o.dry_run) body.dry_run.emplace_back("All");
        auto out = remote_request{.method = "DELETE",
                                  .target = object_path(*w.resource, w.where),
                                  .body = object::to_json_text(body)};
        append_fence(out.target, o);
        return out;
    }
    auto operator()(act_request const& w) const -> result<remote_request> {
        auto out = remote_request{.method = "POST",
                                  .target = object_path(*w.resource, w.where, w.subresource),
                                  .body = document_of(w.body, 0)};
        append_write_options(out.target, w.options);
        return out;
    }

private:
    static auto patched(object::resource_name const* r, object::key const& k, patch_options const& o,
                        std::string const& body, std::string_view type, bool operations)
        -> result<remote_request> {
        auto text = expecting(body, operations, o.expected);
        if (!text) return std::unexpected(std::move(text).error());
        auto out = remote_request{.method = "PATCH",
                                  .target = object_path(*r, k, o.subresource),
                                  .body = *std::move(text),
                                  .body_type = type};
        append_write_options(out.target, o);
        return out;
    }
};

BERTH_DECL auto write_request(write const& w) -> result<remote_request> {
    return std::visit(write_as_request(), w);
}

// ---- what is answered

/// A member, or null in its place.
inline auto value_at(boost::json::value const& json, std::string_view name) -> boost::json::value const& {
    static auto const none = boost::json::value();
    auto const* const found = object::detail::member_of(json, name);
    return found == nullptr ? none : *found;
}

/// The text of a member; empty if there is none.
inline auto text_at(boost::json::value const& json, std::string_view name) -> std::string_view {
    auto const* const text = value_at(json, name).if_string();
    return text == nullptr ? std::string_view() : object::detail::text_view(*text);
}

/// The whole number of a member; nothing if there is none.
inline auto number_at(boost::json::value const& json, std::string_view name) -> std::optional<std::int64_t> {
    auto const* const found = value_at(json, name).if_int64();
    return found == nullptr ? std::nullopt : std::optional(*found);
}

inline auto details_of(boost::json::value const& json) -> error_details {
    auto out = error_details{};
    out.name = text_at(json, "name");
    out.group = text_at(json, "group");
    out.kind = text_at(json, "kind");
    out.uid = text_at(json, "uid");
    if (auto const n = number_at(json, "retryAfterSeconds"))
        out.retry_after_seconds = static_cast<int>(std::clamp<std::int64_t>(*n, 0, 86'400));
    if (auto const* const all = value_at(json, "causes").if_array())
        for (auto const& c : *all)
            if (c.is_object())
                out.causes.push_back({std::string(text_at(c, "reason")), std::string(text_at(c, "message")),
                                      std::string(text_at(c, "field"))});
    return out;
}

BERTH_DECL auto error_of(boost::json::value const& status) -> error {
    if (!status.is_object())
        return {error_code::internal, "the server tells of an error that is no Status", {}};
    auto details = details_of(value_at(status, "details"));
    auto const number = std::clamp<std::int64_t>(number_at(status, "code").value_or(500), 0, 999);
    auto const code = code_of(text_at(status, "reason"), static_cast<int>(number), details);
    return {code, std::string(text_at(status, "message")), std::move(details)};
}

BERTH_DECL auto error_of(unsigned status, std::string_view body) -> error {
    if (auto const read = object::parse_document(body); read && text_at(read->value, "kind") == "Status")
        return error_of(read->value);
    constexpr auto enough = std::size_t{200};
    auto said = std::string(body.substr(0, enough));
    while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.pop_back();
    auto message = "the server answers " + std::to_string(status) + (said.empty() ? "" : ": " + said);
    return {code_of({}, static_cast<int>(status), {}), std::move(message), {}};
}

inline auto broken(std::string const& what) -> std::unexpected<error> {
    return fail(error_code::internal, "the server's answer cannot be read: " + what);
}

BERTH_DECL auto json_of(std::string_view text) -> result<boost::json::value> {
    auto read = object::parse_document(text);
    if (!read) return broken(read.error().message);
    return std::move(read->value);
}

/// The number in the metadata of an object or a list; 0 if there is none.
inline auto revision_in(boost::json::value const& json) -> result<object::revision> {
    auto const text = text_at(value_at(json, "metadata"), "resourceVersion");
    if (text.empty()) return 0;
    auto const n = parse_integer(text);
    if (!n) return broken("\"" + std::string(text) + "\" is no resourceVersion that can be compared");
    return *n;
}

BERTH_DECL auto answer_reader::knows(object::resource_name const& r) const -> result<void> {
    if (kinds_->find(r) != nullptr) return {};
    return bad_request("this client does not know " + qualified(r) + " of " + api_version(r) +
                       "; it speaks of the kinds of its registry");
}

BERTH_DECL auto answer_reader::type_of(object::resource_name const& asked,
                                       boost::json::value const& json) const -> object::type_info const* {
    auto const* const k = kinds_->find(asked);
    auto const kind = text_at(json, "kind");
    auto const version = text_at(json, "apiVersion");
    auto const partial = kind == "PartialObjectMetadata" && version == "meta.k8s.io/v1";
    if (kind.empty() || partial || (kind == asked.kind && version == api_version(asked)))
        return k == nullptr ? nullptr : k->type;
    if (k != nullptr)
        for (auto const& s : k->subresources)
            if (auto const* const shown = std::get_if<projection_of<void>>(&s.does);
                shown != nullptr && shown->type->resource != nullptr && shown->type->resource->kind == kind)
                return shown->type;
    auto const slash = version.find('/');
    auto const group = slash == version.npos ? std::string_view() : version.substr(0, slash);
    auto const* const other =
        kinds_->find_kind(group, slash == version.npos ? version : version.substr(slash + 1), kind);
    return other == nullptr ? nullptr : other->type;
}

BERTH_DECL auto answer_reader::object_of(object::resource_name const& asked,
                                         boost::json::value const& json) const -> result<object::object_ref> {
    if (!json.is_object()) return broken("it is no object");
    auto const* const type = type_of(asked, json);
    if (type == nullptr) return object::object_ref{};
    auto rev = revision_in(json);
    if (!rev) return std::unexpected(std::move(rev).error());
    auto made = object::draft(*type);
    auto reader = object::decoder(object::unknown_members::keep);
    if (auto const ok = reader.decode_document(json.get_object(), *type, made.data()); !ok)
        return broken(ok.error().message);
    made.metadata().resource_version.clear();
    return object::object_ref{std::move(made).finish(), *rev};
}

BERTH_DECL auto answer_reader::list_of(object::resource_name const& asked,
                                       boost::json::value const& json) const -> result<object_list> {
    if (!json.is_object()) return broken("it is no list");
    auto out = object_list{};
    auto rev = revision_in(json);
    if (!rev) return std::unexpected(std::move(rev).error());
    out.rev = *rev;
    auto const& metadata = value_at(json, "metadata");
    out.continue_token = text_at(metadata, "continue");
    out.remaining = number_at(metadata, "remainingItemCount");
    auto const& items = value_at(json, "items");
    if (items.is_null()) return out;
    if (!items.is_array()) return broken("its items are no array");
    out.items.reserve(items.get_array().size());
    for (auto const& item : items.get_array()) {
        auto one = object_of(asked, item);
        if (!one) return std::unexpected(std::move(one).error());
        if (!*one) return broken("an item is of another kind");
        out.items.push_back(*std::move(one));
    }
    return out;
}

BERTH_DECL auto answer_reader::event_of(object::resource_name const& asked,
                                        boost::json::value const& json) const -> result<watch_event> {
    if (!json.is_object()) return broken("it is no event");
    auto const type = text_at(json, "type");
    auto const& content = value_at(json, "object");
    if (!content.is_object()) return broken("an event has no object");
    if (type == "ERROR") return std::unexpected(error_of(content));
    auto out = watch_event{};
    using enum watch_event::kind;
    if (type == to_string(bookmark)) {
        out.type = bookmark;
        auto rev = revision_in(content);
        if (!rev) return std::unexpected(std::move(rev).error());
        out.object.rev = *rev;
        auto const& notes = value_at(value_at(content, "metadata"), "annotations");
        out.initial_events_end = text_at(notes, "k8s.io/initial-events-end") == "true";
        return out;
    }
    for (auto const kind : {added, modified, deleted}) {
        if (to_string(kind) != type) continue;
        out.type = kind;
        auto object = object_of(asked, content);
        if (!object) return std::unexpected(std::move(object).error());
        if (!*object) return broken("an event is about another kind");
        out.object = *std::move(object);
        return out;
    }
    return broken("an event is of the type \"" + std::string(type) + "\"");
}

} // namespace berth::api::http::detail
