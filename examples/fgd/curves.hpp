#pragma once

/// \file
/// The picture: for each list of tasks how much is allocated by how much has been asked for, a line for each
/// policy.

#include "report.hpp"

#include <berth/core/svg.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace fgd {
namespace drawing {

inline constexpr std::array<std::string_view, published_policies.size()> colors = {
    "#9aa5b1", "#e0a458", "#5fa777", "#4f86c6", "#8367c7", "#c8385a"};
inline constexpr int margin = 40;
inline constexpr int gap = 70;
inline constexpr int panel_width = 420;
inline constexpr int panel_height = 260;
inline constexpr int columns = 3;
inline constexpr int from = 70; ///< percent, on both axes: below it everything is placed
inline constexpr int to_arrival = 130;
inline constexpr int to_allocated = 100;

using berth::svg::box;
using berth::svg::text;

/// Where a panel stands.
struct frame {
    int left = 0;
    int top = 0;

    [[nodiscard]] auto x(double arrival) const -> double {
        return left + (arrival - from) * panel_width / (to_arrival - from);
    }
    [[nodiscard]] auto y(double allocated) const -> double {
        return top + (to_allocated - allocated) * panel_height / (to_allocated - from);
    }
};

/// A line through those points of a curve that are in the frame.
inline auto line(frame const& f, curve const& c, std::string_view color, std::string_view name)
    -> std::string {
    auto out =
        std::string(
            "<polyline fill=\"none\" stroke-width=\"2\" shape-rendering=\"geometricPrecision\" stroke=\"") +
        std::string(color) + "\" points=\"";
    char point[48];
    for (auto i = static_cast<std::size_t>(from); i <= to_arrival; ++i) {
        if (!(c[i] >= from)) continue;
        std::snprintf(point, sizeof point, "%.1f,%.1f ", f.x(static_cast<double>(i)), f.y(c[i]));
        out += point;
    }
    return out + "\"><title>" + berth::svg::escaped(name) + "</title></polyline>\n";
}
inline auto dot(frame const& f, double arrival, double allocated, std::string_view color) -> std::string {
    char out[160];
    std::snprintf(out, sizeof out,
                  "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\" fill-opacity=\"0.5\"/>\n",
                  f.x(arrival), f.y(allocated), std::string(color).c_str());
    return out;
}

/// Axes, their numbers, and the name of the list.
inline auto axes(frame const& f, std::string_view list) -> std::string {
    auto out = text(f.left, f.top - 12, "list", list);
    for (auto at = from; at <= to_allocated; at += 10) {
        auto const y = static_cast<int>(f.y(at));
        out +=
            box(f.left, y, panel_width, 1, "#e3e7ec") + text(f.left - 30, y + 4, "note", std::to_string(at));
    }
    for (auto at = from; at <= to_arrival; at += 10) {
        auto const x = static_cast<int>(f.x(at));
        out += box(x, f.top, 1, panel_height, at == 100 ? "#aab4c0" : "#f0f2f5") +
               text(x - 9, f.top + panel_height + 18, "note", std::to_string(at));
    }
    return out;
}

/// Which color is whose.
inline auto legend(int y) -> std::string {
    auto out = std::string{};
    auto x = margin;
    for (std::size_t i = 0; i < published_policies.size(); ++i) {
        out += box(x, y - 6, 18, 4, colors[i]) + text(x + 24, y, "note", published_policies[i]);
        x += 52 + static_cast<int>(published_policies[i].size()) * 8;
    }
    return out + text(x, y, "note", "dots: as published");
}

} // namespace drawing

/// The curves as an SVG document; cells of one list follow each other.
inline auto curves(std::span<cell const> cells) -> std::string {
    using namespace drawing;
    auto body = text(margin, 52, "title", "What is allocated of all GPUs, by what was asked for") +
                text(margin, 76, "note", "both in percent of the cluster; the mean over seeds") + legend(104);
    auto list = std::string_view{};
    auto panels = 0;
    auto f = frame{};
    for (auto const& c : cells) {
        if (c.list != list) {
            list = c.list;
            f = {margin + 30 + panels % columns * (panel_width + gap),
                 160 + panels / columns * (panel_height + gap)};
            ++panels;
            body += axes(f, list);
        }
        auto const policy = static_cast<std::size_t>(std::ranges::find(published_policies, c.policy) -
                                                     published_policies.begin());
        if (policy == colors.size()) continue;
        body += line(f, mean_curve(c.runs), colors[policy], c.policy);
        if (list != "default") continue;
        for (auto const& p : published_curve)
            if (p.arrival >= from) body += dot(f, p.arrival, p.allocated[policy], colors[policy]);
    }
    auto const rows = (panels + columns - 1) / columns;
    constexpr auto style =
        "text{font-family:'Inter','Helvetica Neue',Helvetica,Arial,sans-serif;fill:#26323f}"
        ".title{font-size:26px;font-weight:600}.list{font-size:15px;font-weight:600}"
        ".note{font-size:12px;fill:#5a6675}";
    return berth::svg::document(margin * 2 + columns * (panel_width + gap), 150 + rows * (panel_height + gap),
                                style, body);
}

} // namespace fgd
