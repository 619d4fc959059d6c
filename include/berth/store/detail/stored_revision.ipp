#pragma once

/// \file
/// The bodies of `berth/store/detail/stored_revision.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/detail/stored_revision.hpp>

#include <algorithm>

namespace berth::store::detail {

BERTH_DECL auto checksum(std::string_view bytes, std::int64_t name) -> std::uint64_t {
    constexpr auto odd = std::uint64_t{0x9e3779b97f4a7c15U};
    auto lanes = (std::uint64_t{bytes.size()} ^ std::rotl(static_cast<std::uint64_t>(name), 32)) * odd;
    auto other = ~lanes;
    auto const word_at = [&](std::size_t at, std::size_t size) {
        auto out = std::uint64_t{0};
        std::memcpy(&out, bytes.data() + at, size);
        return out;
    };
    auto at = std::size_t{0};
    for (; at + 16 <= bytes.size(); at += 16) {
        lanes = std::rotl((lanes ^ word_at(at, 8)) * odd, 29);
        other = std::rotl((other ^ word_at(at + 8, 8)) * odd, 31);
    }
    for (; at < bytes.size(); at += 8)
        lanes = std::rotl((lanes ^ word_at(at, std::min<std::size_t>(8, bytes.size() - at))) * odd, 29);
    auto out = lanes ^ std::rotl(other, 17);
    out = (out ^ (out >> 33U)) * 0xff51afd7ed558ccdU;
    out = (out ^ (out >> 33U)) * 0xc4ceb9fe1a85ec53U;
    return out ^ (out >> 33U);
}

BERTH_DECL auto stored_number::make(std::int64_t name, std::int64_t number) -> stored_number {
    auto bytes = std::array<char, sizeof number>{};
    std::memcpy(bytes.data(), &number, sizeof number);
    return {number, checksum({bytes.data(), bytes.size()}, name)};
}

BERTH_DECL auto stored_number::read(std::int64_t name, std::string_view bytes)
    -> std::optional<std::int64_t> {
    auto out = stored_number{};
    if (bytes.size() != sizeof out) return std::nullopt;
    std::memcpy(&out, bytes.data(), sizeof out);
    if (make(name, out.number).sum != out.sum) return std::nullopt;
    return out.number;
}

BERTH_DECL auto revision_writer::clear() -> void { bytes_.assign(sizeof(std::uint64_t), '\0'); }

BERTH_DECL auto revision_writer::add(stored_version const& v) -> void {
    auto const& n = v.numbers;
    bytes_ += static_cast<char>((n.version == 0 ? deletion : 0) | (n.lease != 0 ? leased : 0));
    number(v.key.size());
    number(v.value.size());
    if (n.version != 0) {
        number(static_cast<std::uint64_t>(n.mod - n.create));
        number(static_cast<std::uint64_t>(n.version));
    }
    if (n.lease != 0) number(static_cast<std::uint64_t>(n.lease));
    bytes_ += v.key;
    bytes_ += v.value;
}

BERTH_DECL auto revision_writer::finish(revision_number mod) -> std::string_view {
    auto const sum = checksum(std::string_view{bytes_}.substr(sizeof(std::uint64_t)), mod);
    std::memcpy(bytes_.data(), &sum, sizeof sum);
    return bytes_;
}

BERTH_DECL auto revision_writer::number(std::uint64_t n) -> void {
    for (; n >= 0x80U; n >>= 7U) bytes_ += static_cast<char>((n & 0x7fU) | 0x80U);
    bytes_ += static_cast<char>(n);
}

BERTH_DECL auto revision_reader::is_intact() -> bool {
    auto sum = std::uint64_t{0};
    if (bytes_.size() <= sizeof sum) return false;
    std::memcpy(&sum, bytes_.data(), sizeof sum);
    bytes_.remove_prefix(sizeof sum);
    return checksum(bytes_, mod_) == sum;
}

BERTH_DECL auto revision_reader::next(stored_version& out) -> bool {
    if (bytes_.empty()) return false;
    auto const flags = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    if (flags > (revision_writer::deletion | revision_writer::leased)) return damaged();
    auto const key_size = number();
    auto const value_size = number();
    auto& n = out.numbers;
    n = {.mod = mod_};
    if ((flags & revision_writer::deletion) == 0) {
        auto const age = number();
        n.version = static_cast<std::int64_t>(number());
        if (age >= static_cast<std::uint64_t>(mod_) || n.version <= 0) return damaged();
        n.create = mod_ - static_cast<revision_number>(age);
    }
    if ((flags & revision_writer::leased) != 0) n.lease = static_cast<lease_id>(number());
    if (damaged_ || key_size == 0 || key_size > bytes_.size() || value_size > bytes_.size() - key_size)
        return damaged();
    out.key = bytes_.substr(0, key_size);
    out.value = bytes_.substr(key_size, value_size);
    bytes_.remove_prefix(key_size + value_size);
    return true;
}

BERTH_DECL auto revision_reader::number() -> std::uint64_t {
    auto out = std::uint64_t{0};
    for (auto shift = 0U; shift < 64 && !bytes_.empty(); shift += 7) {
        auto const byte = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        out |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80U) return out;
    }
    damaged_ = true;
    return 0;
}

} // namespace berth::store::detail
