#pragma once

/// \file
/// Those that are to be tried, in their order: by a comparison, or by an order that keeps them itself.

#include <berth/schedule/detail/indexed_heap.hpp>

#include <concepts>
#include <cstdint>
#include <optional>

namespace berth::schedule {

/// An order that is more than a comparison of two tasks: it keeps the tasks that are to be tried, and says
/// whose turn it is by what has happened since (`fair_order`). It is a comparison too, for tasks that it sees
/// as equal otherwise; what it keeps lies elsewhere, so that it can be copied as part of a profile.
///
/// * `enter(slot, task, before)`: a task waits for its turn under a number; `before(a, b)` compares numbers.
/// * `leave(slot)`: it does not any more.
/// * `take()`: whose turn it is; that one has left. Nothing if nobody may be tried now.
/// * `ready()`: whether `take` has an answer.
/// * `pass(task)`: a task that was taken could not be served, and the turn passes to others.
template <class Order, class Task>
concept keeps_line = requires(Order const& order, std::uint32_t slot, Task const& task,
                              bool (*before)(std::uint32_t, std::uint32_t)) {
    order.enter(slot, task, before);
    order.leave(slot);
    { order.take() } -> std::same_as<std::optional<std::uint32_t>>;
    { order.ready() } -> std::same_as<bool>;
    order.pass(task);
};

namespace detail {

/// The tasks to be tried under a comparison.
template <class Task, class Order> class line {
public:
    template <class Before>
    auto enter(Order const&, std::uint32_t slot, Task const&, Before before) -> void {
        heap_.push(slot, before);
    }
    template <class Before> auto leave(Order const&, std::uint32_t slot, Before before) -> void {
        heap_.erase(slot, before);
    }
    template <class Before> auto take(Order const&, Before before) -> std::optional<std::uint32_t> {
        if (heap_.empty()) return std::nullopt;
        auto const first = heap_.front();
        heap_.erase(first, before);
        return first;
    }
    [[nodiscard]] auto ready(Order const&) const -> bool { return !heap_.empty(); }
    auto pass(Order const&, Task const&) -> void {}

private:
    indexed_heap heap_;
};

/// Under an order that keeps them itself.
template <class Task, class Order>
    requires keeps_line<Order, Task>
class line<Task, Order> {
public:
    template <class Before>
    auto enter(Order const& order, std::uint32_t slot, Task const& task, Before before) -> void {
        order.enter(slot, task, before);
    }
    template <class Before> auto leave(Order const& order, std::uint32_t slot, Before) -> void {
        order.leave(slot);
    }
    template <class Before> auto take(Order const& order, Before) -> std::optional<std::uint32_t> {
        return order.take();
    }
    [[nodiscard]] auto ready(Order const& order) const -> bool { return order.ready(); }
    auto pass(Order const& order, Task const& task) -> void { order.pass(task); }
};

} // namespace detail
} // namespace berth::schedule
