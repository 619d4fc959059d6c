#pragma once

/// \file
/// Fields of protobuf messages as bytes.

#include <berth/core/config.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::detail {

/// Appends protobuf fields.
class wire_writer {
public:
    explicit wire_writer(std::string& out) : out_(out) {}

    auto number(unsigned field, std::uint64_t value) -> void {
        varint(field << 3U);
        varint(value);
    }
    /// 64 bits, the lowest first.
    auto fixed(unsigned field, std::uint64_t bits) -> void;
    auto text(unsigned field, std::string_view value) -> void;
    /// A message, written by a function of a `wire_writer`.
    auto message(unsigned field, auto const& write) -> void {
        varint(field << 3U | 2U);
        auto const start = out_.size();
        write(*this);
        // Its length stands before it, and is known now.
        auto length = std::string();
        wire_writer(length).varint(out_.size() - start);
        out_.insert(start, length);
    }

private:
    auto varint(std::uint64_t value) -> void;

    std::string& out_;
};

} // namespace berth::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/detail/wire_writer.ipp>
#endif
