#pragma once

/// \file
/// The way of one task through all fields of a profile. Whoever places tasks (`attempt`, `cycle`) goes this
/// way, so that no field can be left out.

#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/outcome.hpp>
#include <berth/schedule/profile.hpp>

#include <expected>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace berth::schedule::detail {

/// A profile and a shell, and what both do at the points that both have: the shell keeps its books outside of
/// the profile's, and binds where the profile does not say how.
template <class P, class Shell, class Task, class Node> class walk {
public:
    using victim = victim_of<P, Task, Node>;
    using outcome = std::expected<placement, failure<victim>>;

    constexpr walk(P const& p, Shell& shell) : profile_(&p), shell_(&shell) {}

    /// From the beginning to the bind, or to where it stops.
    template <class Record>
    auto from_start(Task const& task, std::span<Node> nodes, workspace& work, Record& record) const
        -> outcome {
        if (auto const says = profile_->enqueue(task); !says.accepted())
            return stop(stage::gated, says.text());
        auto decided = decide_with_room(task, std::span<Node const>(nodes), *profile_, work, record);
        if (!decided.where) return refuse(std::move(decided));
        auto& node = nodes[decided.where->node];
        shell_->reserve(task, node);
        profile_->reserve(task, node);
        auto const last_word = permission(profile_->permit(task, std::as_const(node)));
        if (last_word.permits()) return bind(task, node, *decided.where);
        if (!last_word.waits()) release(task, node);
        auto why = failure<victim>{.at = last_word.waits() ? stage::waiting : stage::denied};
        why.why = last_word.why();
        why.limit = last_word.limit();
        why.where = *decided.where;
        return std::unexpected(std::move(why));
    }

    /// From the permission on.
    auto bind(Task const& task, Node& node, placement where) const -> outcome {
        auto told = tell(task, std::as_const(node));
        if (told) return where;
        auto const code = told.error().code;
        auto const unknown = code == error_code::timeout || code == error_code::unavailable;
        if (!unknown) release(task, node);
        auto why = failure<victim>{.at = unknown ? stage::in_doubt : stage::unbound};
        why.why = std::move(told.error().message);
        why.code = code;
        why.where = where;
        return std::unexpected(std::move(why));
    }

    /// Takes a reservation back.
    auto release(Task const& task, Node& node) const -> void {
        profile_->release(task, node);
        shell_->release(task, node);
    }

    static auto stop(stage at, std::string why) -> outcome {
        auto out = failure<victim>{.at = at};
        out.why = std::move(why);
        return std::unexpected(std::move(out));
    }

private:
    static auto refuse(decision<victim> decided) -> outcome {
        auto out = failure<victim>{.at = decided.room ? stage::evicting : stage::refused};
        out.refused = std::move(decided.where.error());
        out.why = out.refused.summary();
        if (decided.room) out.room = *std::move(decided.room);
        return std::unexpected(std::move(out));
    }
    auto tell(Task const& task, Node const& node) const -> result<void> {
        if constexpr (std::is_same_v<decltype(P::bind), defaults::nobody_to_tell>) {
            return shell_->bind(task, node);
        } else {
            return profile_->bind(task, node);
        }
    }

    P const* profile_;
    Shell* shell_;
};

} // namespace berth::schedule::detail
