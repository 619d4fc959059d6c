#pragma once

/// \file
/// How an API server keeps objects in a store: as they are, or as JSON text where the store holds text.

#include <berth/api/encoding.hpp>
#include <berth/api/kind.hpp>

#include <string>

namespace berth::api {

/// Objects in a store of values of type `V`.
template <class V> struct value_codec;

/// A store in memory keeps the very objects: nothing is serialized.
template <> struct value_codec<object::any_object> {
    static auto wrap(object::any_object o) -> object::any_object { return o; }
    static auto unwrap(kind const&, object::any_object const& o) -> result<object::any_object> { return o; }
};

/// A store of text keeps JSON, without the revision, which the store knows.
template <> struct value_codec<std::string> {
    static auto wrap(object::any_object const& o) -> std::string {
        auto out = std::string();
        object::append_document(out, o.type(), o.data(), 0);
        return out;
    }
    /// Errors: `internal`, when the text is not an object of the kind.
    static auto unwrap(kind const& k, std::string const& text) -> result<object::any_object> {
        auto const document = object::parse_document(text);
        auto value = object::draft(*k.type);
        auto decoder = object::decoder(object::unknown_members::keep);
        auto const* json = document ? document->value.if_object() : nullptr;
        if (json == nullptr)
            return fail(error_code::internal, "a stored " + std::string(k.resource->kind) + " is not JSON");
        if (auto r = decoder.decode_document(*json, *k.type, value.data()); !r)
            return fail(error_code::internal,
                        "a stored " + std::string(k.resource->kind) + ": " + r.error().message);
        return std::move(value).finish();
    }
};

} // namespace berth::api
