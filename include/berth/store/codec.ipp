#pragma once

/// \file
/// The bodies of `berth/store/codec.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/codec.hpp>

namespace berth::store {

BERTH_DECL auto text_codec::encode(std::string const& value, std::string& out) -> void { out += value; }

BERTH_DECL auto text_codec::decode(std::string_view /*key*/, std::string_view bytes) -> result<std::string> {
    return std::string{bytes};
}

} // namespace berth::store
