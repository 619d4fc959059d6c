#pragma once

/// \file
/// The keys of a range as a view of range-v3, read from the store page by page as somebody looks at them. In
/// no umbrella, since nothing else here needs range-v3.

#include <berth/core/error.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/types.hpp>
#include <berth/store/versioned_store.hpp>

#include <range/v3/range_fwd.hpp>
#include <range/v3/view/facade.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace berth::store {

/// What `range_view` returns: an input range of `key_value<V>`. Copies share their position, so that a view
/// that was made from it (`| views::take(3)`) and the one that has a name stand at the same place.
template <versioned_store S> class store_range_view : public ranges::view_facade<store_range_view<S>> {
public:
    using value_type = key_value<value_of<S>>;

    store_range_view() = default;
    store_range_view(S const& store, range_request request)
        : reading_(std::make_shared<reading>(store, std::move(request))) {}

    /// Why the pairs have ended: because there are no more (then it has a value), or because the store has
    /// refused a page. Errors: those of `range`; `expired` if a compaction has overtaken it.
    [[nodiscard]] auto outcome() const -> result<void> const& { return reading_->outcome; }
    /// The revision that all pairs are of; 0 before the first page.
    [[nodiscard]] auto revision() const -> revision_number { return reading_->request.revision; }

private:
    friend ranges::range_access;

    struct reading {
        reading(S const& s, range_request r) : store(&s), request(std::move(r)) {
            if (request.limit <= 0) request.limit = usual_page;
        }

        /// Whether there is nothing more; reads a page if that is not known yet.
        [[nodiscard]] auto is_over() -> bool {
            while (position == page.kvs.size() && page.more) turn_page();
            return position == page.kvs.size();
        }
        auto turn_page() -> void {
            position = 0;
            page.kvs.clear();
            auto next = store->range(request);
            if (!next) {
                outcome = std::unexpected(std::move(next.error()));
                page.more = false;
                return;
            }
            page = std::move(*next);
            if (request.revision <= 0) request.revision = page.revision;
            if (page.more) request.key = std::string{page.kvs.back().key()} + '\0';
        }

        S const* store;
        range_request request;
        range_reply<value_of<S>> page{.kvs = {}, .count = 0, .more = true, .revision = 0};
        std::size_t position = 0;
        result<void> outcome{};
    };

    static constexpr std::int64_t usual_page = 500;

    struct cursor {
        using value_type = key_value<value_of<S>>;

        cursor() = default;
        explicit cursor(reading& r) : at(&r) {}
        [[nodiscard]] auto read() const -> value_type const& { return at->page.kvs[at->position]; }
        auto next() -> void { ++at->position; }
        [[nodiscard]] auto equal(ranges::default_sentinel_t /*end*/) const -> bool { return at->is_over(); }

        reading* at = nullptr;
    };
    auto begin_cursor() const -> cursor { return cursor(*reading_); }

    std::shared_ptr<reading> reading_;
};

/// The pairs of a range, in ascending order of their keys and all of one revision (that of the first page, if
/// the request names none), as a view that range-v3's compose with:
///
///     auto ships = store::range_view(s, {.key = "ships/", .range_end = store::prefix_end("ships/")});
///     for (auto name : ships | ranges::views::transform(name_of) | ranges::views::take(3)) ...
///     if (!ships.outcome()) ...
///
/// `request.limit` is the size of a page, 500 if not given; the other members say what they say to `range`,
/// but for an order other than the keys', which pages do not keep. One page is in memory at a time, and none
/// is read before somebody asks for its first pair. An error ends the view: see `outcome`. The store must
/// outlive it.
template <versioned_store S>
[[nodiscard]] auto range_view(S const& store, range_request request) -> store_range_view<S> {
    request.sort_by = sort_target::key;
    request.order = sort_order::none;
    request.count_only = false;
    return {store, std::move(request)};
}
/// A temporary store would be gone before its pairs are read.
template <versioned_store S> auto range_view(S const&& store, range_request request) = delete;

} // namespace berth::store
