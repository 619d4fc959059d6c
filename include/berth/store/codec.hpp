#pragma once

/// \file
/// How values become bytes in stores that keep bytes: on disk, or in another process.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace berth::store {

/// Turns values into bytes and back. Both members may be called from several threads at once.
///
/// Minimal definition:
/// * `encode(value, out)`: appends the value's bytes to a string;
/// * `decode(key, bytes)`: the value of the key that was stored so. Errors: `internal`, if the bytes are no
///   value; `V{}` must decode from what it was encoded to.
///
/// Law: decoding what was encoded gives an equal value.
/// Models: `text_codec`, `api::object_codec`.
template <class C, class V>
concept value_codec = requires(C const& c, V const& value, std::string& out, std::string_view text) {
    { c.encode(value, out) } -> std::same_as<void>;
    { c.decode(text, text) } -> std::same_as<result<V>>;
};

/// Values that are bytes already.
struct text_codec {
    static auto encode(std::string const& value, std::string& out) -> void;
    static auto decode(std::string_view /*key*/, std::string_view bytes) -> result<std::string>;
};
static_assert(value_codec<text_codec, std::string>);

} // namespace berth::store

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/codec.ipp>
#endif
