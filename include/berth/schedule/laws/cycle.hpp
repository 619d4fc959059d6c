#pragma once

/// \file
/// The laws of the cycle, on random histories: each reservation is followed by exactly one bind or release,
/// no task is lost, no permission and no `.pre_bind` is waited for without end. For any profile, tasks and
/// nodes; see `laws.hpp` for `report`.

#include <berth/core/random.hpp>
#include <berth/schedule/cycle.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::schedule::laws {
namespace detail {

/// How often what happened.
struct ledger {
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t reserved = 0;
    std::size_t released = 0;
    std::size_t bound = 0;
};

/// A shell that counts.
struct counting_shell {
    ledger* book;
    berth::random_engine* draw; ///< every third bind is answered later, every third pre-bind waits

    template <class Task, class Node> auto reserve(Task const&, Node&) const -> void { ++book->reserved; }
    template <class Task, class Node> auto release(Task const&, Node&) const -> void { ++book->released; }
    template <class Task, class Node> auto pre_bind(Task const&, Node const&) const -> permission {
        switch (draw->below(6)) {
        case 0: return reject("not ready");
        case 1:
        case 2: return wait_for(seconds(1 + static_cast<std::int64_t>(draw->below(60))), "the world");
        default: return accept;
        }
    }
    template <class Task, class Node> auto bind(Task const&, Node const&) const
        -> std::optional<result<void>> {
        if (draw->below(3) == 0) return std::nullopt;
        return result<void>();
    }
};

/// A cycle at work, and what is known of it from outside.
template <class Profile, class Task, class Node> class history {
public:
    history(Profile const& profile, std::span<Task const> tasks, std::span<Node const> nodes,
            std::uint64_t seed)
        : tasks_(tasks),
          nodes_(nodes.begin(), nodes.end()),
          cycle_(profile, {}, counting_shell{&book_, &shells_}),
          draw_(seed),
          shells_(seed) {}

    /// Something happens, drawn at random.
    auto go_on() -> void {
        switch (draw_.below(10)) {
        case 0:
        case 1: add(); break;
        case 2: settle_one(); break;
        case 3: now_ = now_ + seconds(static_cast<std::int64_t>(draw_.below(30))); break;
        case 4: cycle_.changed(facet_set::all(), now_); break;
        case 5: remove_one(); break;
        case 6: withdraw_one(); break;
        default: hear(cycle_.next(nodes_, now_));
        }
    }
    /// Nobody allows or resolves any more; time passes until the permissions have run out.
    auto come_to_an_end() -> void {
        for (auto n = 0; n < 10'000 && waiting() > 0; ++n) {
            now_ = now_ + minutes(10);
            while (book_.bound < book_.added && hear(cycle_.next(nodes_, now_)) && n < 10'000) ++n;
        }
    }
    /// Every reservation that is not held was bound or released.
    [[nodiscard]] auto balanced() const -> bool {
        return book_.reserved == book_.released + book_.bound + cycle_.held();
    }
    [[nodiscard]] auto complete() const -> bool {
        return book_.added == book_.bound + book_.removed + cycle_.size();
    }
    /// How many wait for somebody, but not without end.
    [[nodiscard]] auto waiting() const -> std::size_t {
        return count(stage::waiting) + count(stage::preparing);
    }
    [[nodiscard]] auto count(stage at) const -> std::size_t {
        std::size_t n = 0;
        cycle_.for_each_held([&](ticket, Task const&, stage s, std::size_t) { n += s == at ? 1U : 0U; });
        return n;
    }

private:
    using machine = schedule::cycle<Task, Node, Profile, counting_shell>;

    auto add() -> void {
        ids_.push_back(cycle_.add(tasks_[static_cast<std::size_t>(draw_.below(tasks_.size()))]));
        ++book_.added;
    }
    auto hear(std::optional<typename machine::taken> const& what) -> bool {
        if (what && what->left) ++book_.bound;
        return what.has_value();
    }
    [[nodiscard]] auto any_id() -> ticket {
        return ids_.empty() ? ticket{} : ids_[static_cast<std::size_t>(draw_.below(ids_.size()))];
    }
    auto settle_one() -> void {
        auto const id = any_id();
        auto const yes = draw_.below(2) == 0;
        hear(cycle_.go_on(id, nodes_, now_));
        hear(yes ? cycle_.allow(id, nodes_, now_) : cycle_.deny(id, nodes_, "no", now_));
        hear(cycle_.resolved(id, nodes_, yes, now_));
        auto const code = draw_.below(2) == 0 ? error_code::conflict : error_code::timeout;
        hear(cycle_.told(id, yes ? result<void>() : fail(code, "no"), nodes_, now_));
    }
    auto remove_one() -> void {
        auto const id = any_id();
        book_.removed += cycle_.find(id) != nullptr ? 1U : 0U;
        cycle_.remove(id, nodes_, now_);
    }
    auto withdraw_one() -> void { // of binds under way on a node that goes nobody can say whether they ended
        if (nodes_.empty() || count(stage::in_doubt) + count(stage::binding) > 0) return;
        cycle_.withdraw(nodes_, static_cast<std::size_t>(draw_.below(nodes_.size())), now_);
    }

    ledger book_;
    std::span<Task const> tasks_;
    std::vector<Node> nodes_;
    machine cycle_;
    berth::random_engine draw_;
    berth::random_engine shells_;
    time_point now_;
    std::vector<ticket> ids_;
};

} // namespace detail

/// A profile on a random history of `events` events; what is drawn depends on `seed` alone.
template <class Profile, class Task, class Node, class Report>
auto cycle(Profile const& profile, std::vector<Task> const& tasks, std::vector<Node> const& nodes,
           std::uint64_t seed, std::size_t events, Report report) -> void {
    auto const where = profile.describe() + ", seed " + std::to_string(seed);
    auto at_work = detail::history<Profile, Task, Node>(profile, tasks, nodes, seed);
    auto balanced = true;
    auto complete = true;
    for (std::size_t n = 0; n < events; ++n) {
        at_work.go_on();
        balanced = balanced && at_work.balanced();
        complete = complete && at_work.complete();
    }
    at_work.come_to_an_end();
    report("each reservation is followed by exactly one bind or release", balanced && at_work.balanced(),
           where);
    report("no task is lost", complete && at_work.complete(), where);
    report("no permission and no pre-bind is waited for without end", at_work.waiting() == 0, where);
}

} // namespace berth::schedule::laws
