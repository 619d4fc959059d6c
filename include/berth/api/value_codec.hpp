#pragma once

/// \file
/// How an API server keeps objects in a store: as they are, or as JSON text where the store holds text or
/// brings its values to a disk or another process.

#include <berth/api/encoding.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/store/codec.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace berth::api {

namespace detail {

[[nodiscard]] BERTH_DECL auto unreadable_object(std::string_view what, std::string_view why)
    -> std::unexpected<error>;

} // namespace detail

/// What a store gave, as an object of the kind: as it is, or converted from the version that is stored.
/// Errors: `internal`, for an object of another kind.
[[nodiscard]] BERTH_DECL auto as_kind(kind const& k, object::any_object const& o)
    -> result<object::any_object>;

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
        -> result<object::any_object>;

private:
    static auto member(boost::json::object const& json, std::string_view name) -> std::string_view;

    shared_registry kinds_;
};
static_assert(store::value_codec<object_codec, object::any_object>);

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/value_codec.ipp>
#endif
