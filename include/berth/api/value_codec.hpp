#pragma once

/// \file
/// How an API server keeps objects in a store: as they are, or as JSON text where the store holds text or
/// brings its values to a disk or another process.

#include <berth/api/encoding.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/registry.hpp>
#include <berth/store/codec.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace berth::api {

namespace detail {

[[nodiscard]] inline auto unreadable_object(std::string_view what, std::string_view why)
    -> std::unexpected<error> {
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

} // namespace detail

/// What a store gave, as an object of the kind: as it is, or converted from the version that is stored.
/// Errors: `internal`, for an object of another kind.
[[nodiscard]] inline auto as_kind(kind const& k, object::any_object const& o) -> result<object::any_object> {
    if (o && &o.type() == k.type) return o;
    if (o && k.storage.from_stored && &o.type() == k.storage.stored) return k.storage.from_stored(o);
    return detail::unreadable_object(k.resource->kind, "it is an object of another kind");
}

/// Objects as JSON for stores that keep their values on a disk or in another process, as kube-apiserver
/// writes them but for the encoding: `{"kind":...,"apiVersion":...,...}` without a `resourceVersion`. The
/// kind is read off the text, and must be one of the registry as it then is.
///
/// Models `store::value_codec` for `object::any_object`. The empty handle is the empty text.
class object_codec {
public:
    explicit object_codec(shared_registry kinds) : kinds_(std::move(kinds)) {}

    static auto encode(object::any_object const& o, std::string& out) -> void {
        if (o) object::append_document(out, o.type(), o.data(), 0);
    }

    /// Errors: `internal`, when the text is no object of a known kind; the message names the key.
    [[nodiscard]] auto decode(std::string_view key, std::string_view text) const
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
            return detail::unreadable_object(key, "no kind \"" + std::string(name) +
                                                      "\" is registered for \"" + std::string(version) +
                                                      "\"");
        return detail::stored_object(*k, *json);
    }

private:
    static auto member(boost::json::object const& json, std::string_view name) -> std::string_view {
        auto const* const v = json.if_contains(name);
        if (v == nullptr || !v->is_string()) return {};
        return {v->get_string().data(), v->get_string().size()};
    }

    shared_registry kinds_;
};
static_assert(store::value_codec<object_codec, object::any_object>);

} // namespace berth::api
