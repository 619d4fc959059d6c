#pragma once

/// \file
/// The inside of an index: which slots have which value, each membership added and removed in constant time.

#include <berth/reconcile/detail/flat_index.hpp>
#include <berth/reconcile/detail/hash.hpp>
#include <berth/reconcile/detail/shared_array.hpp>
#include <berth/reconcile/index.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace berth::reconcile::detail {

/// The buckets of one index. A membership is a link in two lists: that of its bucket (in the order of
/// arrival) and that of its slot. Copies share their pages.
class buckets {
public:
    explicit buckets(index what) : index_(std::make_shared<index const>(std::move(what))) {}

    [[nodiscard]] auto name() const -> std::string const& { return index_->name; }

    struct link {
        std::uint32_t slot = nowhere;
        std::uint32_t bucket = nowhere;
        std::uint32_t previous = nowhere;
        std::uint32_t next = nowhere;
        std::uint32_t next_of_slot = nowhere; ///< also chains the free links
    };

    [[nodiscard]] auto at(std::uint32_t link_number) const -> link const& { return links_[link_number]; }

    /// The first link of a value, or `nowhere`, and how many there are.
    struct members {
        std::uint32_t first = nowhere;
        std::uint32_t count = 0;
    };
    [[nodiscard]] auto members_of(std::string_view value) const -> members {
        auto const b = find(value);
        if (b == nowhere) return {};
        auto const& in = buckets_[b];
        return {in.first, in.count};
    }
    /// Every value there is, in no particular order.
    template <class F> auto for_each_value(F&& f) const -> void {
        for (std::size_t b = 0; b < buckets_.size(); ++b)
            if (buckets_[b].count != 0) f(std::string_view(buckets_[b].value));
    }

    /// The slot holds this object now.
    auto put(std::uint32_t slot, object::any_object const& o) -> void {
        while (slot >= of_slot_.size()) of_slot_.push_back(nowhere);
        if (still_same(slot, o)) return;
        remove(slot);
        auto tail = nowhere;
        auto add = [&](std::string_view value) { tail = join(slot, bucket_of(value), tail); };
        index_->values(o, value_sink(add));
    }

    /// The slot holds nothing now.
    auto remove(std::uint32_t slot) -> void {
        if (of_slot_[slot] == nowhere) return;
        auto at = std::exchange(of_slot_.edit(slot), nowhere);
        while (at != nowhere) {
            auto const after = links_[at].next_of_slot;
            leave(at);
            at = after;
        }
    }

private:
    struct bucket {
        std::string value;
        std::uint32_t first = nowhere;
        std::uint32_t last = nowhere;
        std::uint32_t count = 0;
    };

    [[nodiscard]] auto find(std::string_view value) const -> std::uint32_t {
        return by_value_.find(hash_text(value), [&](auto b) { return buckets_[b].value == value; });
    }

    auto still_same(std::uint32_t slot, object::any_object const& o) const -> bool {
        auto at = of_slot_[slot];
        auto same = at != nowhere;
        auto compare = [&](std::string_view value) {
            same = same && at != nowhere && buckets_[links_[at].bucket].value == value;
            if (at != nowhere) at = links_[at].next_of_slot;
        };
        if (same) index_->values(o, value_sink(compare));
        return same && at == nowhere;
    }

    auto bucket_of(std::string_view value) -> std::uint32_t {
        if (auto const b = find(value); b != nowhere) return b;
        auto const b =
            free_buckets_.empty() ? static_cast<std::uint32_t>(buckets_.size()) : free_buckets_.back();
        if (free_buckets_.empty()) buckets_.push_back({});
        else free_buckets_.pop_back();
        buckets_.edit(b).value = value;
        by_value_.insert(hash_text(value), b);
        return b;
    }

    auto join(std::uint32_t slot, std::uint32_t b, std::uint32_t tail_of_slot) -> std::uint32_t {
        auto const n = free_ == nowhere ? static_cast<std::uint32_t>(links_.size()) : free_;
        if (free_ == nowhere) links_.push_back({});
        else free_ = links_[n].next_of_slot;
        auto& into = buckets_.edit(b);
        links_.edit(n) = {slot, b, into.last, nowhere, nowhere};
        (into.last == nowhere ? into.first : links_.edit(into.last).next) = n;
        into.last = n;
        ++into.count;
        (tail_of_slot == nowhere ? of_slot_.edit(slot) : links_.edit(tail_of_slot).next_of_slot) = n;
        return n;
    }

    auto leave(std::uint32_t n) -> void {
        auto& gone = links_.edit(n);
        auto& from = buckets_.edit(gone.bucket);
        (gone.previous == nowhere ? from.first : links_.edit(gone.previous).next) = gone.next;
        (gone.next == nowhere ? from.last : links_.edit(gone.next).previous) = gone.previous;
        if (--from.count == 0) {
            by_value_.erase(hash_text(from.value), gone.bucket);
            from.value.clear();
            free_buckets_.push_back(gone.bucket);
        }
        gone.next_of_slot = std::exchange(free_, n);
    }

    std::shared_ptr<index const> index_;
    shared_flat_index by_value_;
    shared_array<bucket> buckets_;
    shared_array<std::uint32_t> free_buckets_;
    shared_array<link> links_;
    std::uint32_t free_ = nowhere;
    shared_array<std::uint32_t> of_slot_;
};

} // namespace berth::reconcile::detail
