#pragma once

/// \file
/// The bodies of `berth/kube/schedule/cluster_map.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/svg.hpp>
#include <berth/kube/schedule/cluster_map.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace berth::kube::detail {

inline constexpr int map_margin = 30;
inline constexpr int map_gap = 3; ///< between boxes
inline constexpr std::string_view fine_color = "#eef4ee";
inline constexpr std::string_view plain_color = "#f1f3f5";
inline constexpr std::string_view cpu_color = "#2f6fb5";
inline constexpr std::string_view memory_color = "#7a4fa3";
inline constexpr std::string_view empty_color = "#d5dae0";
inline constexpr std::array<std::string_view, 7> reason_colors = {"#f6b26b", "#ef8a80", "#f3d250", "#8fc1e3",
                                                                  "#c7a4dd", "#8fd3c1", "#d8b08c"};
inline constexpr std::string_view other_color = "#a9b1ba";

/// How large a node is drawn.
struct map_tile {
    int width = 0;
    int height = 0;

    [[nodiscard]] auto has_name() const -> bool { return width >= 76; }
    [[nodiscard]] auto columns(int room) const -> int {
        return std::max(1, (room + map_gap) / (width + map_gap));
    }
};

/// The largest boxes with which all groups stay within a screen or so; the smallest where none do.
inline auto tile_for(std::vector<std::size_t> const& groups, int room) -> map_tile {
    constexpr auto screen = 900;
    constexpr auto head = 34; // of a group
    auto out = map_tile{};
    for (auto const width : {180, 140, 108, 76, 52, 36, 26, 18, 12, 8}) {
        out = map_tile{width, width >= 76 ? 44 : std::max(8, width * 2 / 3)};
        auto height = 0;
        for (auto const n : groups) {
            auto const columns = out.columns(room);
            height += head + (static_cast<int>(n) + columns - 1) / columns * (out.height + map_gap);
        }
        if (height <= screen) break;
    }
    return out;
}

/// Why a node is refused, in the words of the legend; empty if it is not.
inline auto reason_of(schedule::explanation const* a, std::size_t node) -> std::string {
    if (a == nullptr || node >= a->nodes.size() || a->nodes[node].says.accepted()) return {};
    auto const& n = a->nodes[node];
    return n.filter + ": " + (n.says.reason_count() == 0 ? "not asked for" : std::string(n.says.reason(0)));
}

/// Which colour stands for which reason: the most frequent first.
class map_reasons {
public:
    map_reasons(schedule::explanation const* a, std::size_t nodes) {
        auto counted = std::map<std::string, std::size_t>();
        for (std::size_t i = 0; i < nodes; ++i)
            if (auto why = reason_of(a, i); !why.empty()) ++counted[std::move(why)];
        rows_.assign(counted.begin(), counted.end());
        std::sort(rows_.begin(), rows_.end(), [](auto const& x, auto const& y) {
            return x.second != y.second ? x.second > y.second : x.first < y.first;
        });
    }
    [[nodiscard]] auto color_of(std::string const& why) const -> std::string_view {
        for (std::size_t i = 0; i < rows_.size() && i < reason_colors.size(); ++i)
            if (rows_[i].first == why) return reason_colors[i];
        return other_color;
    }
    /// The legend's lines: a colour, and what it stands for.
    [[nodiscard]] auto lines() const -> std::vector<std::pair<std::string_view, std::string>> {
        auto out = std::vector<std::pair<std::string_view, std::string>>();
        auto others = std::size_t{0};
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (i < reason_colors.size())
                out.emplace_back(reason_colors[i], counted(rows_[i].second) + rows_[i].first);
            else others += rows_[i].second;
        }
        if (others > 0) out.emplace_back(other_color, counted(others) + "other reasons");
        return out;
    }

private:
    static auto counted(std::size_t n) -> std::string {
        return std::to_string(n) + (n == 1 ? " node, " : " nodes, ");
    }

    std::vector<std::pair<std::string, std::size_t>> rows_;
};

/// "1500m of 2 (75 %)".
inline auto use_text(std::int64_t used, std::int64_t all, bool milli) -> std::string {
    auto const write = [&](std::int64_t n) {
        return (milli ? object::quantity::of_milli(n)
                      : object::quantity::of(n, object::quantity_format::binary_si))
            .to_string();
    };
    auto const percent =
        all > 0 ? static_cast<int>(100.0 * static_cast<double>(used) / static_cast<double>(all)) : 0;
    return write(used) + " of " + write(all) + " (" + std::to_string(percent) + " %)";
}

/// Draws boxes.
class map_drawing {
public:
    map_drawing(std::span<node_info const> nodes, map_options const& how)
        : nodes_(nodes), how_(&how), reasons_(how.account, nodes.size()) {}

    [[nodiscard]] auto text() -> std::string {
        auto groups = std::map<std::string, std::vector<std::size_t>>();
        for (std::size_t i = 0; i < nodes_.size(); ++i)
            groups[nodes_[i].value->metadata.labels.get(how_->group_by)].push_back(i);
        auto sizes = std::vector<std::size_t>();
        for (auto& [name, members] : groups) {
            std::sort(members.begin(), members.end(),
                      [&](auto a, auto b) { return nodes_[a].name() < nodes_[b].name(); });
            sizes.push_back(members.size());
        }
        tile_ = tile_for(sizes, how_->width - 2 * map_margin);
        head();
        for (auto const& [name, members] : groups) group(name, members, groups.size() > 1 || !name.empty());
        return svg::document(how_->width, y_ + map_margin / 2, style, body_);
    }

private:
    static constexpr std::string_view style =
        "text{font-family:'Inter','Helvetica Neue',Helvetica,Arial,sans-serif;fill:#26323f}"
        ".title{font-size:20px;font-weight:600}.group{font-size:14px;font-weight:600}"
        ".note{font-size:12px;fill:#5a6675}.name{font-size:11px}";

    auto head() -> void {
        y_ = map_margin;
        if (!how_->title.empty()) {
            body_ += svg::text(map_margin, y_ + 10, "title", how_->title);
            y_ += 32;
        }
        auto x = map_margin;
        auto const entry = [&](std::string_view color, std::string const& words, std::string_view more = {}) {
            auto const width = 28 + static_cast<int>(words.size()) * 7;
            if (x > map_margin && x + width > how_->width - map_margin) {
                x = map_margin;
                y_ += 20;
            }
            body_ += svg::box(x, y_, 12, 12, color, more) + svg::text(x + 18, y_ + 10, "note", words);
            x += width;
        };
        entry(cpu_color, "cpu requested");
        entry(memory_color, "memory requested");
        if (how_->account != nullptr) {
            entry(fine_color, "will do", "stroke=\"#8fae93\"");
            if (how_->account->chosen) entry(fine_color, "chosen", chosen_frame);
            for (auto const& [color, words] : reasons_.lines()) entry(color, words);
        }
        y_ += 30;
    }
    auto group(std::string const& name, std::vector<std::size_t> const& members, bool named) -> void {
        if (named) {
            auto const label = name.empty() ? "without " + std::string(how_->group_by) : name;
            body_ +=
                svg::text(map_margin, y_ + 10, "group", label + "  (" + std::to_string(members.size()) + ")");
            y_ += 18;
        }
        auto const columns = tile_.columns(how_->width - 2 * map_margin);
        for (std::size_t i = 0; i < members.size(); ++i) {
            auto const column = static_cast<int>(i) % columns;
            if (i > 0 && column == 0) y_ += tile_.height + map_gap;
            box(members[i], map_margin + column * (tile_.width + map_gap));
        }
        y_ += tile_.height + 16;
    }
    auto box(std::size_t at, int x) -> void {
        auto const& n = nodes_[at];
        auto const why = reason_of(how_->account, at);
        auto const chosen =
            how_->account != nullptr && how_->account->chosen && how_->account->chosen->node == at;
        auto const color = how_->account == nullptr ? plain_color
                           : why.empty()            ? fine_color
                                                    : reasons_.color_of(why);
        body_ +=
            "<g><title>" + svg::escaped(tooltip(at)) + "</title>" +
            svg::box(x, y_, tile_.width, tile_.height, color, chosen ? chosen_frame : std::string_view());
        auto below = y_ + 2;
        if (tile_.has_name()) {
            auto const fits = static_cast<std::size_t>((tile_.width - 8) / 6);
            auto const name = n.name().size() <= fits ? n.name() : n.name().substr(0, fits - 1) + "\u2026";
            body_ += svg::text(x + 4, y_ + 14, "name", name);
            below = y_ + 20;
        }
        auto const height = std::max(2, (y_ + tile_.height - below - 4) / 2);
        bar(x + 2, below, height, n.requested.cpu, n.allocatable.cpu, cpu_color);
        bar(x + 2, below + height + 1, height, n.requested.memory, n.allocatable.memory, memory_color);
        body_ += "</g>\n";
    }
    auto bar(int x, int y, int height, std::int64_t used, std::int64_t all, std::string_view color) -> void {
        auto const width = tile_.width - 4;
        auto const share = all > 0    ? static_cast<double>(used) / static_cast<double>(all)
                           : used > 0 ? 1.0
                                      : 0.0;
        auto const full = static_cast<int>(std::clamp(share, 0.0, 1.0) * width + 0.5);
        if (full < width) body_ += svg::box(x + full, y, width - full, height, empty_color);
        if (full > 0) body_ += svg::box(x, y, full, height, color);
    }
    [[nodiscard]] auto tooltip(std::size_t at) const -> std::string {
        auto const& n = nodes_[at];
        auto out = n.name() + "\ncpu " + use_text(n.requested.cpu, n.allocatable.cpu, true) + "\nmemory " +
                   use_text(n.requested.memory, n.allocatable.memory, false) + "\npods " +
                   std::to_string(n.pods.size()) + " of " + std::to_string(n.pod_limit);
        auto const* const a = how_->account;
        if (a == nullptr || at >= a->nodes.size()) return out;
        auto const& told = a->nodes[at];
        if (told.says.accepted()) {
            auto points = std::string();
            schedule::detail::append_number(points, told.total);
            return out + "\n" + points + " points" + (a->chosen && a->chosen->node == at ? ", chosen" : "");
        }
        for (auto const& r : told.all_refusals) out += "\n" + r.filter + ": " + r.says.text();
        return out;
    }

    static constexpr std::string_view chosen_frame = "stroke=\"#0a8f3c\" stroke-width=\"3\"";

    std::span<node_info const> nodes_;
    map_options const* how_;
    map_reasons reasons_;
    map_tile tile_;
    std::string body_;
    int y_ = 0;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto cluster_map(std::span<node_info const> nodes, map_options const& how) -> std::string {
    return detail::map_drawing(nodes, how).text();
}

} // namespace berth::kube
