#pragma once

/// \file
/// Protobuf messages as fields of bytes.

#include <berth/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace berth::detail {

/// One field of a message as it is on the wire.
struct wire_field {
    std::uint32_t number = 0;
    std::uint32_t form = 0;   ///< 0: varint, 1: 64 bits, 2: bytes, 5: 32 bits
    std::uint64_t value = 0;  ///< unless bytes
    std::string_view bytes{}; ///< if bytes
};

/// Takes fields off the front of a message, which must outlive what it answers.
class wire_reader {
public:
    explicit wire_reader(std::string_view message) : rest_(message) {}

    [[nodiscard]] auto empty() const -> bool { return rest_.empty(); }

    /// The next field; nothing if it is malformed.
    [[nodiscard]] auto next() -> std::optional<wire_field>;

    /// A number without a field, as packed lists have them; nothing if it is malformed.
    [[nodiscard]] auto varint() -> std::optional<std::uint64_t>;

private:
    [[nodiscard]] auto fixed(std::size_t size) -> std::optional<std::uint64_t>;
    [[nodiscard]] static auto with_value(wire_field f, std::optional<std::uint64_t> v)
        -> std::optional<wire_field>;

    std::string_view rest_;
};

} // namespace berth::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/detail/wire_reader.ipp>
#endif
