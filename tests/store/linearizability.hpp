#pragma once

/// \file
/// Is there an order of the calls of a concurrent history that respects their times and in which each had an
/// outcome that a sequential model allows? Wing and Gong's search (1993) with Lowe's memory of what was tried
/// (2017), on a linked list of calls and returns as in Porcupine (Athalye, 2017).

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace berth::tests {

/// The end of a call whose outcome nobody knows: it may take effect at any time after its beginning, or
/// never.
inline constexpr auto never = std::numeric_limits<std::uint64_t>::max();

/// A call with its outcome, and when it began and ended. No two times of a history may be equal, but `never`.
template <class Call> struct interval {
    Call call;
    std::uint64_t begun = 0;
    std::uint64_t ended = never;
};
template <class Call> using timed_history = std::vector<interval<Call>>;

/// What calls do one after the other.
///
/// Minimal definition: `state`, `call`; `initial()`; `step(state, call)`: the state afterwards, or nothing if
/// the call cannot have had its outcome in that state (a call without a known outcome always can);
/// `hash(state)`.
template <class M>
concept sequential_model = std::equality_comparable<typename M::state> &&
                           requires(M const& m, typename M::state const& s, typename M::call const& c) {
                               { m.initial() } -> std::same_as<typename M::state>;
                               { m.step(s, c) } -> std::same_as<std::optional<typename M::state>>;
                               { m.hash(s) } -> std::convertible_to<std::size_t>;
                           };

/// Whether there is an order, and one: of all calls that ended and some that did not. If there is none, the
/// longest beginning of one that was found.
struct linearization {
    bool exists = false;
    std::vector<std::size_t> order{}; ///< positions in the history
};

namespace detail {

/// A set of small numbers.
class number_set {
public:
    explicit number_set(std::size_t size) : words_((size + 63) / 64) {}

    auto insert(std::size_t n) -> void { words_[n / 64] |= bit(n); }
    auto erase(std::size_t n) -> void { words_[n / 64] &= ~bit(n); }
    [[nodiscard]] auto hash() const -> std::size_t {
        auto out = std::uint64_t{14'695'981'039'346'656'037U};
        for (auto const word : words_) out = (out ^ word) * 1'099'511'628'211U ^ (out >> 29U);
        return out;
    }
    friend auto operator==(number_set const&, number_set const&) -> bool = default;

private:
    static auto bit(std::size_t n) -> std::uint64_t { return std::uint64_t{1} << (n % 64); }
    std::vector<std::uint64_t> words_;
};

/// The beginnings and ends of calls in the order of their times, as a list from which calls are taken out and
/// put back in reverse order.
class timeline {
public:
    static constexpr auto none = std::numeric_limits<std::size_t>::max();

    template <class Call> explicit timeline(timed_history<Call> const& history) {
        auto moments = std::vector<std::pair<std::uint64_t, entry>>{};
        for (std::size_t i = 0; i < history.size(); ++i) {
            moments.push_back({history[i].begun, {.call = i}});
            if (history[i].ended != never) moments.push_back({history[i].ended, {.call = i, .is_end = true}});
        }
        std::sort(moments.begin(), moments.end(),
                  [](auto const& a, auto const& b) { return a.first < b.first; });
        auto begins = std::vector<std::size_t>(history.size());
        for (auto& [time, e] : moments) {
            auto const at = entries_.size();
            entries_.back().next = at;
            e.before = at - 1;
            if (e.is_end) entries_[begins[e.call]].end = at;
            else begins[e.call] = at;
            entries_.push_back(e);
        }
        entries_.back().next = none;
    }

    [[nodiscard]] auto first() const -> std::size_t { return entries_.front().next; }
    [[nodiscard]] auto after(std::size_t at) const -> std::size_t { return entries_[at].next; }
    /// Whether somebody must have been served before anything that comes after `at`.
    [[nodiscard]] auto is_end(std::size_t at) const -> bool { return at == none || entries_[at].is_end; }
    [[nodiscard]] auto call(std::size_t at) const -> std::size_t { return entries_[at].call; }

    auto take_out(std::size_t at) -> void {
        unlink(at);
        if (entries_[at].end != none) unlink(entries_[at].end);
    }
    auto put_back(std::size_t at) -> void {
        if (entries_[at].end != none) link(entries_[at].end);
        link(at);
    }

private:
    struct entry {
        std::size_t call = 0;
        bool is_end = false;
        std::size_t end = none; ///< of a beginning: where its end stands
        std::size_t before = none;
        std::size_t next = none;
    };
    auto unlink(std::size_t at) -> void {
        auto const& e = entries_[at];
        entries_[e.before].next = e.next;
        if (e.next != none) entries_[e.next].before = e.before;
    }
    auto link(std::size_t at) -> void {
        auto const& e = entries_[at];
        entries_[e.before].next = at;
        if (e.next != none) entries_[e.next].before = at;
    }

    std::vector<entry> entries_{entry{}}; ///< the first one is the head of the list
};

template <sequential_model M> class linear_search {
public:
    using state = typename M::state;

    linear_search(M const& model, timed_history<typename M::call> const& history)
        : model_(model), history_(history), left_(history), done_(history.size()), now_(model.initial()) {
        for (auto const& c : history) to_do_ += c.ended != never ? 1U : 0U;
    }

    auto run() -> linearization {
        auto at = left_.first();
        while (to_do_ > 0) {
            if (!left_.is_end(at)) {
                at = serve(at) ? left_.first() : left_.after(at);
            } else if (served_.empty()) {
                return {false, std::move(longest_)};
            } else {
                at = left_.after(take_back());
            }
        }
        return {true, order()};
    }

private:
    /// Serves a call next, unless its outcome forbids it or the same was tried before.
    auto serve(std::size_t at) -> bool {
        auto const which = left_.call(at);
        auto next = model_.step(now_, history_[which].call);
        if (!next) return false;
        done_.insert(which);
        if (!is_new(*next)) {
            done_.erase(which);
            return false;
        }
        served_.push_back({at, std::exchange(now_, *std::move(next))});
        left_.take_out(at);
        to_do_ -= history_[which].ended != never ? 1U : 0U;
        return true;
    }
    auto take_back() -> std::size_t {
        note_length();
        auto [at, before] = std::move(served_.back());
        served_.pop_back();
        auto const which = left_.call(at);
        now_ = std::move(before);
        done_.erase(which);
        left_.put_back(at);
        to_do_ += history_[which].ended != never ? 1U : 0U;
        return at;
    }
    auto is_new(state const& next) -> bool {
        auto const key = done_.hash() * 31 + model_.hash(next);
        auto const [begin, end] = tried_.equal_range(key);
        for (auto i = begin; i != end; ++i) {
            if (i->second.first == done_ && i->second.second == next) return false;
        }
        tried_.emplace(key, std::pair{done_, next});
        return true;
    }
    auto note_length() -> void {
        if (served_.size() > longest_.size()) longest_ = order();
    }
    [[nodiscard]] auto order() const -> std::vector<std::size_t> {
        auto out = std::vector<std::size_t>{};
        for (auto const& s : served_) out.push_back(left_.call(s.first));
        return out;
    }

    M const& model_;
    timed_history<typename M::call> const& history_;
    timeline left_;
    number_set done_;
    state now_;
    std::size_t to_do_ = 0;
    std::vector<std::pair<std::size_t, state>> served_{}; ///< with the states before
    std::unordered_multimap<std::size_t, std::pair<number_set, state>> tried_{};
    std::vector<std::size_t> longest_{};
};

} // namespace detail

/// Looks for an order. Takes time and memory exponential in the number of calls at one time in the worst
/// case.
template <sequential_model M>
[[nodiscard]] auto linearize(M const& model, timed_history<typename M::call> const& history)
    -> linearization {
    return detail::linear_search<M>{model, history}.run();
}

/// Whether each part of a history has an order, the parts being the calls of one key. Good for models whose
/// keys know nothing of each other, and for no others; there it is much faster than `linearize`.
template <sequential_model M, class KeyOf>
[[nodiscard]] auto linearizable_by_key(M const& model, timed_history<typename M::call> const& history,
                                       KeyOf key_of) -> bool {
    auto parts = std::map<decltype(key_of(history.front().call)), timed_history<typename M::call>>{};
    for (auto const& c : history) parts[key_of(c.call)].push_back(c);
    return std::all_of(parts.begin(), parts.end(),
                       [&](auto const& part) { return linearize(model, part.second).exists; });
}

} // namespace berth::tests
