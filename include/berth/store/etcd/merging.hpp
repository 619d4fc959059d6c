#pragma once

/// \file
/// Which transactions of a batch may become one: those that cannot see each other.

#include <berth/core/config.hpp>
#include <berth/store/key_range.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// Keys that transactions touch: single ones, and ranges.
class touched_keys {
public:
    auto add(key_range keys) -> void;
    [[nodiscard]] auto meets(touched_keys const& other) const -> bool;
    auto add(touched_keys const& other) -> void;

private:
    /// Whether a range of this holds a single key of the other.
    [[nodiscard]] auto covers(touched_keys const& other) const -> bool;
    [[nodiscard]] static auto is_before(key_range a, key_range b) -> bool;

    std::set<std::string_view> single_;
    std::vector<key_range> ranges_;
};

/// What a transaction may read, compare and write, in whichever branch. Views of the transaction.
struct footprint {
    touched_keys reads{};
    touched_keys writes{};

    /// Whether the two can be done at once with the same outcome as one after the other.
    [[nodiscard]] auto is_independent_of(footprint const& other) const -> bool {
        return !writes.meets(other.writes) && !writes.meets(other.reads) && !reads.meets(other.writes);
    }
    auto add(footprint const& other) -> void {
        reads.add(other.reads);
        writes.add(other.writes);
    }
};

template <class V> auto add_to(footprint& out, txn<V> const& t) -> void {
    for (auto const& c : t.when) out.reads.add(c.keys());
    for (auto const* branch : {&t.then, &t.otherwise}) {
        for (auto const& step : *branch) {
            if (auto const* r = std::get_if<range_request>(&step.request)) {
                if (r->revision <= 0) out.reads.add(r->keys()); // the past does not change
            } else if (auto const* p = std::get_if<put_request<V>>(&step.request)) {
                out.writes.add(key_range{p->key, {}});
            } else if (auto const* e = std::get_if<erase_request>(&step.request)) {
                out.writes.add(e->keys());
            } else {
                add_to(out, std::get<txn<V>>(step.request));
            }
        }
    }
}

/// How many operations a transaction takes of the servers' allowance, with all that is nested in it.
template <class V> [[nodiscard]] auto depth_of(txn<V> const& t) -> std::size_t {
    auto inner = std::size_t{0};
    for (auto const* branch : {&t.then, &t.otherwise}) {
        for (auto const& step : *branch) {
            if (auto const* n = std::get_if<txn<V>>(&step.request)) inner = std::max(inner, depth_of(*n));
        }
    }
    return std::max({t.when.size(), t.then.size(), t.otherwise.size()}) + inner;
}

/// Gathers neighbours that may be done at once.
class merge_group {
public:
    explicit merge_group(std::size_t max_operations) : max_operations_(max_operations) {}

    /// False if the transaction must wait for the next group; a group takes its first one in any case.
    template <class V> [[nodiscard]] auto add(txn<V> const& t, std::size_t bytes) -> bool {
        auto touched = footprint{};
        add_to(touched, t);
        auto const deepest = std::max(deepest_, depth_of(t));
        if (count_ > 0 && (count_ + 1 + deepest > max_operations_ || bytes_ + bytes > greatest_bytes ||
                           !all_.is_independent_of(touched)))
            return false;
        all_.add(touched);
        deepest_ = deepest;
        bytes_ += bytes;
        ++count_;
        return true;
    }
    [[nodiscard]] auto size() const -> std::size_t { return count_; }

private:
    /// etcd takes no more than 1.5 MiB.
    static constexpr std::size_t greatest_bytes = 1'000'000;

    std::size_t max_operations_;
    footprint all_{};
    std::size_t count_ = 0;
    std::size_t deepest_ = 0;
    std::size_t bytes_ = 0;
};

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/merging.ipp>
#endif
