#pragma once

/// \file
/// The way of one task through all fields of a profile. Whoever places tasks (`attempt`, `cycle`) goes this
/// way, so that no field can be left out.

#include <berth/schedule/detail/make_room.hpp>
#include <berth/schedule/outcome.hpp>
#include <berth/schedule/profile.hpp>

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace berth::schedule::detail {

/// A profile and a shell, and what both do at the points that both have: the shell keeps its books outside of
/// the profile's, and binds where the profile does not say how. Refusals speak in terms of `Universe`.
template <class P, class Shell, class Task, class Node, class Universe = universe_of<P>> class walk {
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
        auto decided = decide(task, std::span<Node const>(nodes), work, record);
        if (!decided.where) return refuse(std::move(decided));
        auto& node = nodes[decided.where->node];
        if (auto const says = enter(task, node); !says.accepted()) {
            release(task, node);
            auto out = stop(stage::denied, says.text());
            out.error().where = *decided.where;
            return out;
        }
        auto const last_word = permission(profile_->permit(task, std::as_const(node)));
        if (last_word.permits()) return bind(task, node, *decided.where);
        if (!last_word.waits()) release(task, node);
        auto why = failure<victim>{.at = last_word.waits() ? stage::waiting : stage::denied};
        why.why = last_word.why();
        why.limit = last_word.limit();
        why.where = *decided.where;
        return std::unexpected(std::move(why));
    }

    /// From the permission on; and once more, when the world may have got on with what was waited for.
    auto bind(Task const& task, Node& node, placement where) const -> outcome {
        if (auto stopped = prepare(task, std::as_const(node))) {
            if (stopped->at == stage::unprepared) release(task, node);
            stopped->where = where;
            return std::unexpected(*std::move(stopped));
        }
        auto told = tell(task, std::as_const(node));
        if (!told) {
            auto out = stop(stage::binding, "it is not known yet");
            out.error().where = where;
            return out;
        }
        auto out = after(std::move(*told), where);
        if (out) profile_->post_bind(task, std::as_const(node));
        else if (out.error().at == stage::unbound) release(task, node);
        return out;
    }
    /// What the answer to a bind means; the reservation is the caller's.
    static auto after(result<void> told, placement where) -> outcome {
        if (told) return where;
        auto const code = told.error().code;
        auto const unknown = code == error_code::timeout || code == error_code::unavailable;
        return unbound(unknown ? stage::in_doubt : stage::unbound, std::move(told).error(), where);
    }

    /// Enters a task into the books of both; a refusal is to be followed by `release`.
    auto enter(Task const& task, Node& node) const -> verdict {
        shell_->reserve(task, node);
        if constexpr (std::is_void_v<decltype(profile_->reserve(task, node))>) {
            profile_->reserve(task, node);
            return {};
        } else {
            return profile_->reserve(task, node);
        }
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
    /// By what the shell remembers, if it does, unless an account is kept.
    template <class Record>
    auto decide(Task const& task, std::span<Node const> nodes, workspace& work, Record& record) const
        -> decision<victim> {
        if constexpr (!Record::on && requires { shell_->decide(*profile_, task, nodes); }) {
            if (auto known = shell_->decide(*profile_, task, nodes)) return *std::move(known);
        }
        return decide_with_room<Universe>(task, nodes, *profile_, work, record, *shell_);
    }
    static auto refuse(decision<victim> decided) -> outcome {
        auto out = failure<victim>{.at = decided.room ? stage::evicting : stage::refused};
        out.refused = std::move(decided.where.error());
        out.why = out.refused.summary();
        if (!decided.no_room.empty()) (out.why += ' ') += decided.no_room;
        if (decided.room) out.room = *std::move(decided.room);
        return std::unexpected(std::move(out));
    }
    static auto unbound(stage at, error why, placement where) -> outcome {
        auto out = stop(at, std::move(why.message));
        out.error().code = why.code;
        out.error().where = where;
        return out;
    }
    /// What stands before the bind, if anything does. The profile is asked when the shell is ready: where
    /// its answer is a result, it is asked once.
    auto prepare(Task const& task, Node const& node) const -> std::optional<failure<victim>> {
        if (auto stopped = unless_permitted(shell_->pre_bind(task, node))) return stopped;
        if constexpr (std::is_same_v<decltype(profile_->pre_bind(task, node)), permission>) {
            return unless_permitted(profile_->pre_bind(task, node));
        } else {
            auto done = profile_->pre_bind(task, node);
            if (done) return std::nullopt;
            auto out = failure<victim>{.at = stage::unprepared};
            out.why = std::move(done.error().message);
            out.code = done.error().code;
            return out;
        }
    }
    static auto unless_permitted(permission const& says) -> std::optional<failure<victim>> {
        if (says.permits()) return std::nullopt;
        auto out = failure<victim>{.at = says.waits() ? stage::preparing : stage::unprepared};
        out.why = says.why();
        out.limit = says.limit();
        return out;
    }
    auto tell(Task const& task, Node const& node) const -> std::optional<result<void>> {
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
