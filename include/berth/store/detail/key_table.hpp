#pragma once

/// \file
/// From a key's text to the key: a flat hash table with linear probing, so that a write of a known key costs
/// one or two cache misses instead of a descent.

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
        for (auto i = tag & mask(); slots_[i].key != nullptr; i = (i + 1) & mask()) {
            if (slots_[i].tag == tag && slots_[i].key->view() == text) return slots_[i].key;
        }
        return nullptr;
    }

    /// Calls `visit(key)` for each key, in no order. It may dispose of the key.
    template <class Visit> auto each(Visit visit) const -> void {
        for (auto const& s : slots_) {
            if (s.key != nullptr) visit(*s.key);
        }
    }
    /// All keys, in no order.
    [[nodiscard]] auto keys() const -> std::vector<key_text<V>*> {
        auto out = std::vector<key_text<V>*>{};
        out.reserve(size_);
        each([&](key_text<V>& key) { out.push_back(&key); });
        return out;
    }

    /// Adds a key that is not there yet. Amortized constant; allocates when the table grows.
    auto insert(key_text<V>& key) -> void {
        if ((size_ + 1) * 4 > slots_.size() * 3) grow();
        place({&key, tag_of(key.view())});
        ++size_;
    }

    /// Removes a key that is there, and closes the gap so that probing needs no markers.
    auto erase(key_text<V> const& key) -> void {
        auto hole = std::size_t{tag_of(key.view()) & mask()};
        while (slots_[hole].key != &key) hole = (hole + 1) & mask();
        for (auto i = (hole + 1) & mask(); slots_[i].key != nullptr; i = (i + 1) & mask()) {
            auto const home = slots_[i].tag & mask();
            if (((i - home) & mask()) < ((i - hole) & mask())) continue;
            slots_[hole] = slots_[i];
            hole = i;
        }
        slots_[hole] = {};
        --size_;
    }

private:
    /// A place of the table; free if there is no key.
    struct slot {
        key_text<V>* key = nullptr;
        std::uint32_t tag =
            0; ///< of the key's hash: where it belongs, and whether a look at its text is worth it
    };

    static auto tag_of(std::string_view text) -> std::uint32_t {
        auto const h = std::hash<std::string_view>{}(text);
        return static_cast<std::uint32_t>(h ^ (h >> 32U));
    }
    [[nodiscard]] auto mask() const -> std::size_t { return slots_.size() - 1; }

    auto place(slot s) -> void {
        auto i = s.tag & mask();
        while (slots_[i].key != nullptr) i = (i + 1) & mask();
        slots_[i] = s;
    }
    auto grow() -> void {
        auto old = std::vector<slot>(slots_.empty() ? std::size_t{16} : slots_.size() * 2);
        slots_.swap(old);
        for (auto const& s : old) {
            if (s.key != nullptr) place(s);
        }
    }

    std::vector<slot> slots_;
    std::size_t size_ = 0;
};

} // namespace berth::store::detail
