#pragma once

/// \file
/// The bodies of `berth/core/detail/wire_reader.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/detail/wire_reader.hpp>

namespace berth::detail {

BERTH_DECL auto wire_reader::next() -> std::optional<wire_field> {
    auto const tag = varint();
    if (!tag || *tag >> 3U == 0) return std::nullopt;
    auto out = wire_field{static_cast<std::uint32_t>(*tag >> 3U), static_cast<std::uint32_t>(*tag & 7U)};
    switch (out.form) {
    case 0: return with_value(out, varint());
    case 1: return with_value(out, fixed(8));
    case 5: return with_value(out, fixed(4));
    case 2: break;
    default: return std::nullopt;
    }
    auto const size = varint();
    if (!size || *size > rest_.size()) return std::nullopt;
    out.bytes = rest_.substr(0, static_cast<std::size_t>(*size));
    rest_.remove_prefix(static_cast<std::size_t>(*size));
    return out;
}

BERTH_DECL auto wire_reader::varint() -> std::optional<std::uint64_t> {
    auto out = std::uint64_t{0};
    for (auto shift = 0U; shift < 64 && !rest_.empty(); shift += 7) {
        auto const byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        out |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if (byte < 0x80U) return out;
    }
    return std::nullopt;
}

BERTH_DECL auto wire_reader::fixed(std::size_t size) -> std::optional<std::uint64_t> {
    if (rest_.size() < size) return std::nullopt;
    auto out = std::uint64_t{0};
    for (auto i = size; i-- > 0;) out = out << 8U | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(size);
    return out;
}

BERTH_DECL auto wire_reader::with_value(wire_field f, std::optional<std::uint64_t> v)
    -> std::optional<wire_field> {
    if (!v) return std::nullopt;
    f.value = *v;
    return f;
}

} // namespace berth::detail
