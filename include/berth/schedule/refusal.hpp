#pragma once

/// \file
/// Why a task has no place: every node's refusal with the filter's name and its reasons.

#include <berth/schedule/detail/shared_value.hpp>
#include <berth/schedule/facet.hpp>
#include <berth/schedule/shared_text.hpp>
#include <berth/schedule/verdict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::schedule {

/// Why one node will not do.
struct node_refusal {
    std::size_t node = 0; ///< index into the nodes that were offered
    shared_text filter;   ///< the first filter that refused; for `or` all of its sides, for `not x` "not x"
    verdict says;         ///< its grade and all of its reasons

    friend auto operator==(node_refusal const&, node_refusal const&) -> bool = default;
};

/// Nodes that refuse alike.
struct same_refusal {
    std::size_t nodes = 0; ///< how many
    shared_text filter;    ///< as in `node_refusal`
    verdict says;

    friend auto operator==(same_refusal const&, same_refusal const&) -> bool = default;
};

/// Groups of nodes that refuse alike, in no order. It never changes, and copies share it.
class same_refusals {
public:
    same_refusals() = default;
    explicit same_refusals(std::vector<same_refusal> groups) : groups_(std::move(groups)) {}

    [[nodiscard]] auto begin() const -> same_refusal const* {
        return size() == 0 ? nullptr : groups_.get()->data();
    }
    [[nodiscard]] auto end() const -> same_refusal const* { return begin() + size(); }
    [[nodiscard]] auto size() const -> std::size_t {
        return groups_.get() == nullptr ? 0 : groups_.get()->size();
    }
    [[nodiscard]] auto empty() const -> bool { return size() == 0; }

    friend auto operator==(same_refusals const& a, same_refusals const& b) -> bool {
        if (a.groups_.get() == b.groups_.get()) return true;
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin());
    }

private:
    detail::shared_value<std::vector<same_refusal>> groups_; ///< null if there are none
};

namespace detail {
/// A reason and on how many nodes it was given.
struct counted_reason {
    std::string_view text;
    std::size_t nodes = 0;
    bool about_the_task = false;
};

/// Adds the reasons of a verdict that so many nodes gave.
inline auto count_reasons(std::vector<counted_reason>& counted, verdict const& says, std::size_t nodes)
    -> void {
    auto const about = says.is_about_the_task();
    for (std::size_t i = 0; i < says.reason_count(); ++i) {
        auto const text = says.reason(i);
        std::size_t at = 0;
        while (at < counted.size() && !(counted[at].text == text && counted[at].about_the_task == about))
            ++at;
        if (at == counted.size()) counted.push_back({text, 0, about});
        counted[at].nodes += nodes;
    }
}
} // namespace detail

/// A task's refusal by all nodes.
struct refusal {
    std::size_t nodes = 0;             ///< how many nodes were asked
    std::vector<node_refusal> refused; ///< one entry per node, in the nodes' order
    same_refusals alike{};             ///< in the place of these, where a `placer` decides
    /// What the filters read that refused: a change of anything else cannot help. Of the filter of the
    /// profile.
    facet_set read = facet_set::arrival();
    std::uint64_t leaves = 0; ///< the leaves that refused, each a bit: whose hints count

    /// One sentence with the reasons and how many nodes gave each, in the words and the order of
    /// kube-scheduler's FitError: "0/6 nodes are available: 1 cordoned, 2 not enough cpu."; and where a
    /// reason begins with a number, "2 nodes: 16 cores short".
    [[nodiscard]] auto summary() const -> std::string {
        auto lines = std::vector<std::string>{};
        auto counted = std::vector<detail::counted_reason>{};
        for (auto const& node : refused) detail::count_reasons(counted, node.says, 1);
        for (auto const& some : alike) detail::count_reasons(counted, some.says, some.nodes);
        for (auto const& reason : counted) {
            auto line = reason.about_the_task ? std::string{} : std::to_string(reason.nodes) + " ";
            // "2 16 cores short" would be two numbers in a row.
            auto const number_first = !reason.text.empty() && reason.text[0] >= '0' && reason.text[0] <= '9';
            if (number_first && !line.empty()) line += reason.nodes == 1 ? "node: " : "nodes: ";
            line += reason.text;
            auto at = lines.begin(); // sorted as strings, like the original
            while (at != lines.end() && *at < line) ++at;
            lines.insert(at, std::move(line));
        }
        auto out = "0/" + std::to_string(nodes) + " nodes are available";
        if (lines.empty() && nodes > 0) return out + ":";
        for (std::size_t i = 0; i < lines.size(); ++i) out += (i == 0 ? ": " : ", ") + lines[i];
        return out + ".";
    }

    /// Equal reasons; what was read to find them does not count.
    friend auto operator==(refusal const& a, refusal const& b) -> bool {
        return a.nodes == b.nodes && a.refused == b.refused && a.alike == b.alike;
    }
};

} // namespace berth::schedule
