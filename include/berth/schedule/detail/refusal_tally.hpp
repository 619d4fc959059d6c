#pragma once

/// \file
/// What many nodes refuse, counted while single ones change their minds.

#include <berth/schedule/detail/judge.hpp>
#include <berth/schedule/refusal.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// One refusal for each node, or none; equal ones are kept once. There is room for 255 different ones.
class refusal_tally {
public:
    /// Nothing is known, of so many nodes.
    auto reset(std::size_t nodes) -> void {
        groups_.clear();
        of_.assign(nodes, none);
        ++changes_;
    }
    /// Whether it is known that a node refuses so.
    [[nodiscard]] auto says(std::size_t i, told const& what) const -> bool {
        return knows(i) && same(groups_[of_[i]].what, what);
    }
    /// What a node refuses is no longer known.
    auto drop(std::size_t i) -> void {
        if (!knows(i)) return;
        --groups_[of_[i]].nodes;
        of_[i] = none;
        ++changes_;
    }
    /// What a node refuses. Whether there was room for it.
    auto put(std::size_t i, told what) -> bool {
        if (says(i, what)) return true;
        drop(i);
        auto const at = find(what);
        if (at == none) return false;
        if (at == groups_.size()) groups_.push_back({std::move(what), 0});
        else if (groups_[at].nodes == 0) groups_[at].what = std::move(what);
        ++groups_[at].nodes;
        of_[i] = static_cast<std::uint8_t>(at);
        ++changes_;
        return true;
    }
    /// Another number whenever `whole` may be another.
    [[nodiscard]] auto changes() const -> std::uint64_t { return changes_; }
    /// How far a node is from being acceptable, as far as it is known.
    [[nodiscard]] auto how(std::size_t i) const -> grade {
        return knows(i) ? groups_[of_[i]].what.says.how() : grade::accepted;
    }
    /// How many refuse so.
    [[nodiscard]] auto count(grade how) const -> std::size_t {
        auto out = std::size_t{0};
        for (auto const& g : groups_) out += g.what.says.how() == how ? g.nodes : 0;
        return out;
    }
    /// All of it, valid until it changes.
    [[nodiscard]] auto whole() -> refusal const& {
        if (told_at_ == changes_) return whole_;
        auto alike = std::vector<same_refusal>();
        whole_ = refusal{.nodes = of_.size(), .refused = {}};
        for (auto const& g : groups_) {
            if (g.nodes == 0) continue;
            whole_.read |= g.what.read;
            whole_.leaves |= g.what.leaves;
            alike.push_back({g.nodes, g.what.by, g.what.says});
        }
        whole_.alike = same_refusals(std::move(alike));
        told_at_ = changes_;
        return whole_;
    }
    [[nodiscard]] auto bytes() const -> std::size_t { return of_.capacity() * sizeof(std::uint8_t); }

private:
    struct group {
        told what;
        std::size_t nodes;
    };
    static constexpr std::uint8_t none = 255;

    [[nodiscard]] auto knows(std::size_t i) const -> bool { return of_[i] != none; }
    static auto same(told const& a, told const& b) -> bool {
        return a.leaves == b.leaves && a.read == b.read && a.says == b.says &&
               a.says.is_about_the_task() == b.says.is_about_the_task() && a.by == b.by;
    }
    /// The place of a refusal: where it is, or an empty one, or at the end. `none`, if there is none.
    [[nodiscard]] auto find(told const& what) const -> std::size_t {
        auto empty = groups_.size();
        for (std::size_t at = 0; at < groups_.size(); ++at) {
            if (groups_[at].nodes == 0) empty = at;
            else if (same(groups_[at].what, what)) return at;
        }
        return empty < none ? empty : none;
    }

    std::vector<group> groups_;
    std::vector<std::uint8_t> of_; ///< by node
    std::uint64_t changes_ = 0;
    refusal whole_;             ///< what there is in all,
    std::uint64_t told_at_ = 0; ///< as it was then
};

} // namespace berth::schedule::detail
