#pragma once

/// \file
/// What happens before a placement: which tasks may be tried, and in which order.

#include <berth/schedule/profile.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

namespace berth::schedule {

/// Whether a task may be tried at all: the answer of `profile.enqueue`.
template <class Task, class Profile>
[[nodiscard]] constexpr auto admit(Task const& task, Profile const& profile) -> verdict {
    static_assert(detail::enqueue_fits<Profile, Task>,
                  "profile.enqueue must be callable as (task const&) -> verdict");
    return profile.enqueue(task);
}

namespace detail {
/// Merges the sorted halves [from, middle) and [middle, to) of `in` into `out`; equals keep their
/// order.
template <class Before>
constexpr auto merge(std::span<std::size_t const> in, std::span<std::size_t> out, std::size_t middle,
                     Before before) -> void {
    std::size_t left = 0;
    auto right = middle;
    for (auto& slot : out) {
        auto const take_right = left == middle || (right < in.size() && before(in[right], in[left]));
        slot = take_right ? in[right++] : in[left++];
    }
}
} // namespace detail

/// The indices of `tasks` in the order of `profile.order`; tasks of equal rank keep their order.
/// n log n comparisons, two vectors of n indices.
template <class Tasks, class Profile>
[[nodiscard]] constexpr auto ordered(Tasks const& tasks, Profile const& profile) -> std::vector<std::size_t> {
    auto const all = std::span(tasks);
    using task = std::remove_cv_t<typename decltype(all)::element_type>;
    static_assert(detail::order_fits<Profile, task>,
                  "profile.order must be callable as (task const&, task const&) -> bool");
    auto now = std::vector<std::size_t>{};
    for (std::size_t i = 0; i < all.size(); ++i) now.push_back(i);
    if constexpr (std::same_as<decltype(profile.order), defaults::as_they_came>) return now;
    auto next = now;
    auto const before = [&](std::size_t a, std::size_t b) { return profile.order(all[a], all[b]); };
    for (std::size_t half = 1; half < all.size(); half *= 2) {
        for (std::size_t from = 0; from < all.size(); from += 2 * half) {
            auto const length = all.size() - from < 2 * half ? all.size() - from : 2 * half;
            auto const middle = half < length ? half : length;
            detail::merge(std::span<std::size_t const>(now).subspan(from, length),
                          std::span(next).subspan(from, length), middle, before);
        }
        now.swap(next);
    }
    return now;
}

} // namespace berth::schedule
