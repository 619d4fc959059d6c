#pragma once

/// \file
/// The bodies of `berth/api/value_codec.hpp`.

#include <berth/api/value_codec.hpp>
#include <berth/core/config.hpp>
#include <berth/object/codec.hpp>
#include <berth/object/parse.hpp>

namespace berth::api::detail {

BERTH_DECL auto unreadable_object(std::string_view what, std::string_view why) -> std::unexpected<error> {
    return fail(error_code::internal, "a stored " + std::string(what) + ": " + std::string(why));
}

/// The object of a kind in a document that a store kept. Errors: `internal`.
[[nodiscard]] inline auto stored_object(kind const& k, boost::json::object const& document)
    -> result<object::any_object> {
    auto value = object::draft(*k.type);
    auto decoder = object::decoder(object::unknown_members::keep);
    if (auto r = decoder.decode_document(document, *k.type, value.data()); !r)
        return unreadable_object(k.resource->kind, r.error().message);
    return std::move(value).finish();
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto as_kind(kind const& k, object::any_object const& o) -> result<object::any_object> {
    if (o && &o.type() == k.type) return o;
    auto const takes = k.storage.stored == nullptr || (o && &o.type() == k.storage.stored);
    if (o && k.storage.from_stored && takes) return k.storage.from_stored(o);
    return detail::unreadable_object(k.resource->kind, "it is an object of another kind");
}

BERTH_DECL auto object_codec::decode(std::string_view key, std::string_view text) const
    -> result<object::any_object> {
    if (text.empty()) return object::any_object();
    auto const document = object::parse_document(text);
    auto const* json = document ? document->value.if_object() : nullptr;
    if (json == nullptr) return detail::unreadable_object(key, "it is not JSON");
    auto const name = member(*json, "kind");
    auto const version = member(*json, "apiVersion");
    auto const slash = version.find('/');
    auto const whole = slash == std::string_view::npos;
    auto const known = kinds_.snapshot();
    auto const* const k = known->find_kind(whole ? std::string_view() : version.substr(0, slash),
                                           whole ? version : version.substr(slash + 1), name);
    if (k == nullptr)
        return detail::unreadable_object(key, "no kind \"" + std::string(name) + "\" is registered for \"" +
                                                  std::string(version) + "\"");
    return detail::stored_object(*k, *json);
}

BERTH_DECL auto object_codec::member(boost::json::object const& json, std::string_view name)
    -> std::string_view {
    auto const* const v = json.if_contains(name);
    if (v == nullptr || !v->is_string()) return {};
    return {v->get_string().data(), v->get_string().size()};
}

} // namespace berth::api
