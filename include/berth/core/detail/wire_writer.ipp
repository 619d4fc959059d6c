#pragma once

/// \file
/// The bodies of `berth/core/detail/wire_writer.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/detail/wire_writer.hpp>

namespace berth::detail {

BERTH_DECL auto wire_writer::fixed(unsigned field, std::uint64_t bits) -> void {
    varint(field << 3U | 1U);
    for (auto n = 0; n < 8; ++n, bits >>= 8U) out_ += static_cast<char>(bits & 0xffU);
}

BERTH_DECL auto wire_writer::text(unsigned field, std::string_view value) -> void {
    varint(field << 3U | 2U);
    varint(value.size());
    out_ += value;
}

BERTH_DECL auto wire_writer::varint(std::uint64_t value) -> void {
    for (; value >= 0x80; value >>= 7U) out_ += static_cast<char>(value | 0x80U);
    out_ += static_cast<char>(value);
}

} // namespace berth::detail
