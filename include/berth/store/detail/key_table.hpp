#pragma once

/// \file
/// From a key's text to the key: a flat hash table with linear probing, so that a write of a known key costs one or
/// two cache misses instead of a descent.

#include <berth/store/detail/record.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace berth::store::detail {

/// The keys of one store by their text. Does not own them. Not synchronized.
template <class V> class key_table {
public:
    [[nodiscard]] auto size() const -> std::size_t { return size_; }

    /// The key with this text, or null.
    [[nodiscard]] auto find(std::string_view text) const -> key_text<V>* {
        if (size_ == 0) return nullptr;
        auto const tag = tag_of(text);
        for (auto i = tag & mask(); tags_[i] != free; i = (i + 1) & mask()) {
            if (tags_[i] == tag && keys_[i]->view() == text) return keys_[i];
        }
        return nullptr;
    }

    /// Adds a key that is not there yet. Amortized constant; allocates when the table grows.
    auto insert(key_text<V>& key) -> void {
        if ((size_ + 1) * 4 > keys_.size() * 3) grow();
        place(tag_of(key.view()), key);
        ++size_;
    }

    /// Removes a key that is there, and closes the gap so that probing needs no markers.
    auto erase(key_text<V> const& key) -> void {
        auto hole = std::size_t{tag_of(key.view()) & mask()};
        while (keys_[hole] != &key) hole = (hole + 1) & mask();
        for (auto i = (hole + 1) & mask(); tags_[i] != free; i = (i + 1) & mask()) {
            auto const home = tags_[i] & mask();
            if (((i - home) & mask()) < ((i - hole) & mask())) continue;
            tags_[hole] = tags_[i];
            keys_[hole] = keys_[i];
            hole = i;
        }
        tags_[hole] = free;
        keys_[hole] = nullptr;
        --size_;
    }

private:
    static constexpr std::uint32_t free = 0;

    /// 31 bits of the text's hash; the top bit tells it from a free place.
    static auto tag_of(std::string_view text) -> std::uint32_t {
        auto const h = std::hash<std::string_view>{}(text);
        return static_cast<std::uint32_t>(h ^ (h >> 32U)) | 0x8000'0000U;
    }
    [[nodiscard]] auto mask() const -> std::size_t { return keys_.size() - 1; }

    auto place(std::uint32_t tag, key_text<V>& key) -> void {
        auto i = tag & mask();
        while (tags_[i] != free) i = (i + 1) & mask();
        tags_[i] = tag;
        keys_[i] = &key;
    }
    auto grow() -> void {
        auto const size = keys_.empty() ? std::size_t{16} : keys_.size() * 2;
        auto new_tags = std::vector<std::uint32_t>(size, free);
        auto new_keys = std::vector<key_text<V>*>(size, nullptr);
        tags_.swap(new_tags);
        keys_.swap(new_keys);
        for (std::size_t i = 0; i < new_keys.size(); ++i) {
            if (new_tags[i] != free) place(new_tags[i], *new_keys[i]);
        }
    }

    std::vector<std::uint32_t> tags_;
    std::vector<key_text<V>*> keys_;
    std::size_t size_ = 0;
};

} // namespace berth::store::detail
