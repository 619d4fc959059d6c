#pragma once

/// \file
/// Which keys a request means: one key, a half-open range, or everything from a key on (etcd v3's rules).

#include <string>
#include <string_view>

namespace berth::store {

/// The `range_end` that means "every key from `key` on". With the key `everything_from`, all keys.
inline constexpr std::string_view unbounded{"\0", 1};

/// The smallest key, so that `{smallest_key, unbounded}` is the whole store.
inline constexpr std::string_view smallest_key{"\0", 1};

/// The `range_end` of all keys that begin with `prefix`: the prefix with its last byte raised by one, bytes
/// 0xff stripped first. An empty prefix, or one of 0xff bytes only, gives `unbounded`.
[[nodiscard]] inline auto prefix_end(std::string_view prefix) -> std::string {
    while (!prefix.empty() && static_cast<unsigned char>(prefix.back()) == 0xffU) prefix.remove_suffix(1);
    if (prefix.empty()) return std::string{unbounded};
    auto out = std::string{prefix};
    out.back() = static_cast<char>(static_cast<unsigned char>(out.back()) + 1U);
    return out;
}

/// A view of the keys that a request's `key` and `range_end` mean: an empty `end` is the single key,
/// `unbounded` is every key >= `begin`, anything else is [begin, end). Keys are compared as unsigned bytes.
struct key_range {
    std::string_view begin;
    std::string_view end;

    [[nodiscard]] constexpr auto is_single() const -> bool { return end.empty(); }
    [[nodiscard]] constexpr auto is_unbounded() const -> bool { return end == unbounded; }

    /// Whether `key` lies beyond the range (no later key can be in it).
    [[nodiscard]] constexpr auto is_past(std::string_view key) const -> bool {
        if (is_single()) return key > begin;
        return !is_unbounded() && key >= end;
    }
    [[nodiscard]] constexpr auto contains(std::string_view key) const -> bool {
        return key >= begin && !is_past(key);
    }
};

} // namespace berth::store
