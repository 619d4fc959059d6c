#pragma once

/// \file
/// An open-addressing hash index from keys that live elsewhere to their numbers.

#include <berth/reconcile/detail/shared_array.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace berth::reconcile::detail {

/// No number.
inline constexpr std::uint32_t nowhere = ~std::uint32_t{0};

/// Maps hashes to numbers of items that somebody else keeps: eight bytes a place, linear probing, deletion by
/// shifting back, so no tombstones ever slow it down. At most three quarters full. Whoever asks says when an
/// item is the one that was meant. `Array` is where the places are: one that its copies share, or a vector.
template <template <class...> class Array> class basic_flat_index {
public:
    [[nodiscard]] auto size() const -> std::size_t { return size_; }

    /// The number of the item with this hash for which `same(number)` holds, or `nowhere`.
    template <class Same> [[nodiscard]] auto find(std::uint64_t hash, Same&& same) const -> std::uint32_t {
        if (size_ == 0) return nowhere;
        auto const tag = static_cast<std::uint32_t>(hash);
        for (auto at = tag & mask_;; at = (at + 1) & mask_) {
            auto const& here = places_[at];
            if (here.number == nowhere) return nowhere;
            if (here.tag == tag && same(here.number)) return here.number;
        }
    }

    /// Adds an item that is not there yet.
    auto insert(std::uint64_t hash, std::uint32_t number) -> void {
        if ((size_ + 1) * 4 > places_.size() * 3) rehash(places_.empty() ? 16 : places_.size() * 2);
        place_in(places_, mask_, {static_cast<std::uint32_t>(hash), number});
        ++size_;
    }

    /// Forgets an item that is there.
    auto erase(std::uint64_t hash, std::uint32_t number) -> void {
        auto hole = static_cast<std::uint32_t>(hash) & mask_;
        while (places_[hole].number != number) hole = (hole + 1) & mask_;
        for (auto at = (hole + 1) & mask_; places_[at].number != nowhere; at = (at + 1) & mask_) {
            auto const home = places_[at].tag & mask_;
            if (((at - home) & mask_) < ((at - hole) & mask_)) continue;
            edit(places_, hole) = places_[at];
            hole = at;
        }
        edit(places_, hole).number = nowhere;
        --size_;
    }

    /// Makes room for so many items.
    auto reserve(std::size_t items) -> void {
        auto wanted = std::size_t{16};
        while (wanted * 3 < items * 4) wanted *= 2;
        if (wanted > places_.size()) rehash(wanted);
    }

private:
    struct place {
        std::uint32_t tag = 0;
        std::uint32_t number = nowhere;
    };

    static auto edit(std::vector<place>& in, std::size_t at) -> place& { return in[at]; }
    static auto edit(shared_array<place>& in, std::size_t at) -> place& { return in.edit(at); }

    static auto place_in(Array<place>& places, std::uint32_t mask, place what) -> void {
        auto at = what.tag & mask;
        while (places[at].number != nowhere) at = (at + 1) & mask;
        edit(places, at) = what;
    }

    auto rehash(std::size_t places) -> void {
        auto bigger = Array<place>(places);
        auto const mask = static_cast<std::uint32_t>(places - 1);
        for (std::size_t i = 0; i < places_.size(); ++i)
            if (places_[i].number != nowhere) place_in(bigger, mask, places_[i]);
        places_ = std::move(bigger);
        mask_ = mask;
    }

    Array<place> places_;
    std::size_t size_ = 0;
    std::uint32_t mask_ = 0;
};

using flat_index = basic_flat_index<std::vector>;
using shared_flat_index = basic_flat_index<shared_array>;

} // namespace berth::reconcile::detail
