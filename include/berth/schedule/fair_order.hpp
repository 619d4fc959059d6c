#pragma once

/// \file
/// Queues that share nodes fairly, as `.order` and `.enqueue` of a profile.
///
/// ```cpp
/// auto line = schedule::fair_line<2>({cpus, gpus});
/// auto const vision = line.open("research/vision", {.weight = 2, .guaranteed = {16, 4}});
/// auto const turns = schedule::fair_order(line, [](task const& t) { return t.queue; },
///                                         [](task const& t) { return amounts<2>{t.cpus, t.gpus}; });
/// auto const policy = schedule::profile{
///     .enqueue = turns,
///     .order = turns,
///     .filter = fits,
///     .reserve = [=](task const& t, host& h) { h.take(t); return turns.charge(t); },
///     .release = [=](task const& t, host& h) { h.give_back(t); turns.refund(t); },
/// };
/// auto cycle = schedule::cycle_of<task, host>(policy);
/// turns.refund(t);   // a task that was bound has ended: the next in turn is tried
/// ```

#include <berth/core/fair_queue.hpp>
#include <berth/schedule/detail/indexed_heap.hpp>
#include <berth/schedule/line.hpp>
#include <berth/schedule/profile.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::schedule {

/// The queues of one cycle: its tasks, by the numbers that the cycle gives them, in a `fair_queue`. It must
/// outlive the cycle; a second cycle needs another.
template <std::size_t Resources> class fair_line {
    using queue_type = fair_queue<std::uint32_t, Resources>;

public:
    using amounts = typename queue_type::amounts;
    using terms = typename queue_type::terms;

    static constexpr auto root = queue_type::root;

    explicit fair_line(amounts capacity) : queue_(capacity) {}
    fair_line(fair_line const&) = delete; // orders point to it
    auto operator=(fair_line const&) -> fair_line& = delete;

    /// As in `fair_queue`.
    auto open(queue_id parent, terms t = {}) -> queue_id { return queue_.open(parent, std::move(t)); }
    auto open(std::string_view path, terms t = {}) -> queue_id { return queue_.open(path, std::move(t)); }
    [[nodiscard]] auto find(std::string_view path) const -> std::optional<queue_id> {
        return queue_.find(path);
    }
    auto close(queue_id id) -> void { queue_.close(id); }
    auto set_terms(queue_id id, terms t) -> void { queue_.set_terms(id, std::move(t)); }
    auto set_capacity(amounts capacity) -> void { queue_.set_capacity(capacity); }
    auto charge(queue_id queue, amounts const& more) -> void { queue_.charge(queue, more); }
    auto refund(queue_id queue, amounts const& less) -> void { queue_.refund(queue, less); }
    [[nodiscard]] auto shares() const -> fair_share<Resources> const& { return queue_.shares(); }
    /// How many tasks are to be tried.
    [[nodiscard]] auto size() const -> std::size_t { return queue_.size(); }

    /// What `fair_order` does with it, see `keeps_line`.
    template <class Before>
    auto enter(std::uint32_t slot, queue_id queue, amounts const& demand, Before before) -> void {
        if (slot >= places_.size()) places_.resize(slot + std::size_t{1});
        places_[slot].arrival = ++arrivals_;
        if (shares().excess_of(queue, demand)) beyond_.push(slot, in_order());
        else places_[slot].at = queue_.push(queue, slot, demand, before);
    }
    auto leave(std::uint32_t slot) -> void {
        if (beyond_.contains(slot)) beyond_.erase(slot, in_order());
        else queue_.erase(places_[slot].at);
    }
    auto take() -> std::optional<std::uint32_t> {
        if (!beyond_.empty()) {
            auto const slot = beyond_.front();
            beyond_.erase(slot, in_order());
            return slot;
        }
        auto const next = queue_.pop();
        if (!next) return std::nullopt;
        return next->item;
    }
    [[nodiscard]] auto ready() const -> bool { return !beyond_.empty() || queue_.front().has_value(); }
    auto pass(queue_id queue) -> void { queue_.rest(queue); }

private:
    struct place {
        typename queue_type::handle at{};
        std::uint64_t arrival = 0;
    };
    auto in_order() const {
        return [this](std::uint32_t a, std::uint32_t b) { return places_[a].arrival < places_[b].arrival; };
    }

    queue_type queue_;
    std::vector<place> places_; ///< by the numbers of the tasks
    detail::indexed_heap
        beyond_; ///< who asks for more than there can ever be: given out so that it is told so
    std::uint64_t arrivals_ = 0;
};

/// As `.order` of a profile: the task is tried next whose queue has used the least of its share, see
/// `fair_queue`; in one queue by `within`, then as they came. A task that does not fit into the quota of its
/// queue is not tried before it does; one whose demand no quota can ever meet is, and `.enqueue` tells it so:
/// give both. A task that could not be placed gives its queue's turn to the others.
///
/// `queue_of(task) -> queue_id` and `demand_of(task) -> amounts`. Usage is what `charge` and `refund` tell:
/// `.reserve` and `.release` of the profile, and whoever hears that a task has ended. `ordered` and
/// `place_all` see the order within a queue only.
template <std::size_t Resources, class QueueOf, class DemandOf, class Within = defaults::as_they_came>
class fair_order {
public:
    fair_order(fair_line<Resources>& line, QueueOf queue_of, DemandOf demand_of, Within within = {})
        : line_(&line),
          queue_of_(std::move(queue_of)),
          demand_of_(std::move(demand_of)),
          within_(std::move(within)) {}

    /// As `.order`: which of two tasks of one queue goes first.
    template <class Task> auto operator()(Task const& a, Task const& b) const -> bool {
        return within_(a, b);
    }
    /// As `.enqueue`: whether the quotas can ever meet what a task asks for.
    template <class Task> auto operator()(Task const& task) const -> verdict {
        auto const excess = line_->shares().excess_of(queue_of_(task), demand_of_(task));
        return excess ? reject(text_of(*excess, "at most ")) : verdict{};
    }
    /// Why a task is not tried now; empty if the quotas would let it.
    template <class Task> [[nodiscard]] auto why_not(Task const& task) const -> std::string {
        auto const short_of = line_->shares().shortage_of(queue_of_(task), demand_of_(task));
        return short_of ? text_of(*short_of, "now ") : std::string{};
    }

    /// A task uses what it asks for, whether it fits or not; the answer, as that of `.reserve`, is no if it
    /// is more than the quotas let it: so a gang is placed within the quota of its queue or not at all.
    template <class Task> auto charge(Task const& task) const -> verdict {
        auto const why = why_not(task);
        line_->charge(queue_of_(task), demand_of_(task));
        return why.empty() ? verdict{} : reject(why);
    }
    /// It does not any more.
    template <class Task> auto refund(Task const& task) const -> void {
        line_->refund(queue_of_(task), demand_of_(task));
    }

    /// See `keeps_line`.
    template <class Task, class Before>
    auto enter(std::uint32_t slot, Task const& task, Before before) const -> void {
        line_->enter(slot, queue_of_(task), demand_of_(task), before);
    }
    auto leave(std::uint32_t slot) const -> void { line_->leave(slot); }
    [[nodiscard]] auto take() const -> std::optional<std::uint32_t> { return line_->take(); }
    [[nodiscard]] auto ready() const -> bool { return line_->ready(); }
    template <class Task> auto pass(Task const& task) const -> void { line_->pass(queue_of_(task)); }

private:
    [[nodiscard]] auto text_of(shortage const& s, char const* when) const -> std::string {
        auto const path = line_->shares().path(s.queue);
        auto out = s.queue == fair_line<Resources>::root ? std::string("all queues together")
                   : path.empty()                        ? "queue " + std::to_string(s.queue.index)
                                                         : "queue " + std::string(path);
        return out + " may use " + when + std::to_string(s.free) + " more of resource " +
               std::to_string(s.resource) + ", and " + std::to_string(s.need) + " are needed";
    }

    fair_line<Resources>* line_;
    [[no_unique_address]] QueueOf queue_of_;
    [[no_unique_address]] DemandOf demand_of_;
    [[no_unique_address]] Within within_;
};

} // namespace berth::schedule
