#pragma once

/// \file
/// Says at once of nearly all keys that they are not among some others.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

namespace berth::store::detail {

/// A counting Bloom filter with one hash (Fan et al., *Summary cache*, 2000). It looks at the ends of keys,
/// by which keys differ most. With 5,000 keys in it, it is wrong about 7 % of the others.
class key_filter {
public:
    auto add(std::string_view key) -> void {
        if (counts_ == nullptr) counts_ = std::make_unique<counts>();
        if (auto& n = (*counts_)[place_of(key)]; n != full) ++n;
    }
    /// A count that was full once stays so: it could be too low otherwise.
    auto remove(std::string_view key) -> void {
        if (auto& n = (*counts_)[place_of(key)]; n != full) --n;
    }
    /// False if the key was not added, or was removed as often.
    [[nodiscard]] auto may_have(std::string_view key) const -> bool {
        return counts_ != nullptr && (*counts_)[place_of(key)] != 0;
    }

private:
    static constexpr auto bits = 16U;
    using counts = std::array<std::uint8_t, std::size_t{1} << bits>;
    static constexpr auto full = std::numeric_limits<std::uint8_t>::max();

    /// Of the last sixteen bytes, and the length.
    [[nodiscard]] static auto place_of(std::string_view key) -> std::size_t {
        auto parts = std::array<std::uint64_t, 2>{};
        auto const used = key.size() < sizeof parts ? key.size() : sizeof parts;
        if (used != 0) std::memcpy(parts.data(), key.data() + key.size() - used, used);
        constexpr auto golden = std::uint64_t{0x9e3779b97f4a7c15};
        auto const mixed = (parts[0] ^ (parts[0] >> 29U) ^ key.size()) * golden + parts[1];
        return static_cast<std::size_t>(((mixed ^ (mixed >> 32U)) * golden) >> (64U - bits));
    }

    std::unique_ptr<counts> counts_{};
};

} // namespace berth::store::detail
