#pragma once

/// \file
/// The picture: every machine a tile, grouped by the model of its graphics processors; every device
/// a square that darkens with use, and a bar for the processors below. Idle devices of machines
/// without processors to spare stand out: nobody can use them.

#include "cluster.hpp"
#include "replay.hpp"

#include <berth/core/svg.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace trace {
namespace drawing {

inline constexpr int width = 1480; ///< of the whole picture, in pixels
inline constexpr int margin = 40;
inline constexpr int square = 6; ///< side of a device
inline constexpr int gap = 1;    ///< between devices
inline constexpr int bar = 3;    ///< height of the processor bar
inline constexpr std::int64_t spare_cpu =
    1'000; ///< thousandths of a processor without which a device is stranded

inline constexpr std::array<std::string_view, 6> shades = {"#e9eef3", "#bfe3dc", "#7cc8c4",
                                                           "#3f9fb5", "#2a6f9e", "#1f3f77"};
inline constexpr std::string_view stranded = "#f2a65a";
inline constexpr std::string_view bar_full = "#8a94a6";
inline constexpr std::string_view bar_empty = "#e3e7ec";

/// Which shade a device has: 0 idle, 5 full.
constexpr auto shade_of(int idle) -> std::size_t {
    if (idle >= whole_gpu) return 0;
    if (idle <= 0) return shades.size() - 1;
    return 1 + static_cast<std::size_t>((whole_gpu - idle) * 4 / whole_gpu);
}

using berth::svg::box;
using berth::svg::text;

/// The size of a tile: devices stand in two columns, machines without any have a bar alone.
struct tile {
    int columns = 2;
    int rows = 1;

    [[nodiscard]] constexpr auto step_x() const -> int { return columns * (square + gap) + 4; }
    [[nodiscard]] constexpr auto height() const -> int { return rows * (square + gap) + bar + 1; }
    [[nodiscard]] constexpr auto step_y() const -> int { return height() + 6; }
};
constexpr auto tile_for(std::size_t most_devices) -> tile {
    return {most_devices == 1 ? 1 : 2, static_cast<int>((most_devices + 1) / 2)};
}

/// One machine with its devices and its processors.
inline auto draw(machine const& m, int x, int y, tile const& t) -> std::string {
    auto const cpu = use{m.cpu_milli - m.cpu_free, m.cpu_milli};
    auto const gpu = use{m.gpu_milli() - m.gpu_free, m.gpu_milli()};
    auto out = "<g><title>" + berth::svg::escaped(m.name) + ": cpu " + percent(cpu.percent()) +
               (m.gpus > 0 ? ", gpu " + percent(gpu.percent()) : "") + "</title>";
    for (std::size_t i = 0; i < m.gpus; ++i) {
        auto const column = static_cast<int>(i) % t.columns;
        auto const row = static_cast<int>(i) / t.columns;
        auto const is_stranded = m.idle[i] >= whole_gpu && m.cpu_free < spare_cpu;
        out += box(x + column * (square + gap), y + row * (square + gap), square, square,
                   is_stranded ? stranded : shades[shade_of(m.idle[i])]);
    }
    auto const full = t.columns * (square + gap) - gap;
    auto const used = static_cast<int>(static_cast<double>(full) * cpu.percent() / 100 + 0.5);
    auto const below = y + t.rows * (square + gap);
    if (used < full) out += box(x + used, below, full - used, bar, bar_empty);
    if (used > 0) out += box(x, below, used, bar, bar_full);
    return out + "</g>\n";
}

/// One group of machines under its head line; moves `y` below it.
inline auto draw_group(std::string const& name, std::vector<machine const*> const& group, int& y)
    -> std::string {
    auto devices = std::size_t{0};
    auto most = std::size_t{0};
    auto gpu = use{};
    for (auto const* m : group) {
        devices += m->gpus;
        most = std::max(most, m->gpus);
        gpu.all += m->gpu_milli();
        gpu.used += m->gpu_milli() - m->gpu_free;
    }
    auto const machines = grouped(static_cast<std::int64_t>(group.size())) + " machines";
    auto const counts = devices == 0 ? machines + ", processors only"
                                     : machines + ", " + grouped(static_cast<std::int64_t>(devices)) +
                                           " devices, " + percent(gpu.percent()) + " allocated";
    auto out = text(margin, y, "model", name) + text(margin + 90, y, "note", counts);
    y += 10;
    auto const t = tile_for(most);
    auto x = margin;
    for (auto const* m : group) {
        if (x + t.step_x() > width - margin) {
            x = margin;
            y += t.step_y();
        }
        out += draw(*m, x, y, t);
        x += t.step_x();
    }
    y += t.step_y() + 26;
    return out;
}

/// What the colours mean.
inline auto legend(int y) -> std::string {
    auto out = text(margin, y + 10, "note", "a device in use:");
    auto x = margin + 100;
    constexpr auto words =
        std::array<std::string_view, 6>{"idle", "up to 25 %", "50 %", "75 %", "nearly all", "all"};
    for (std::size_t i = 0; i < shades.size(); ++i) {
        out += box(x, y, 12, 12, shades[i]) + text(x + 18, y + 10, "note", words[i]);
        x += 36 + static_cast<int>(words[i].size()) * 7;
    }
    out += box(x, y, 12, 12, stranded) +
           text(x + 18, y + 10, "note", "idle, but the machine has less than one cpu left");
    x += 340;
    out += box(x, y + 4, 14, 4, bar_full) + box(x + 14, y + 4, 10, 4, bar_empty);
    return out + text(x + 32, y + 10, "note", "the machine's cpu in use");
}

} // namespace drawing

/// The whole picture as an SVG document.
inline auto picture(cluster const& c, account const& a, std::string_view policy) -> std::string {
    using namespace drawing;
    auto const u = add_up(c.machines);
    auto y = 52;
    auto body = text(margin, y, "title",
                     "Where " + grouped(static_cast<std::int64_t>(a.placed)) + " tasks found a place");
    y += 24;
    body += text(margin, y, "subtitle", policy);
    y += 20;
    body += text(margin, y, "subtitle",
                 "gpu " + percent(u.gpu.percent()) + " allocated · cpu " + percent(u.cpu.percent()) +
                     " · memory " + percent(u.memory.percent()) + " · " +
                     grouped(static_cast<std::int64_t>(a.refused)) + " refused");
    y += 24;
    body += legend(y);
    y += 48;
    auto groups = std::vector<std::vector<machine const*>>(c.models.size());
    for (auto const& m : c.machines) groups[m.model].push_back(&m);
    auto order = std::vector<std::size_t>{};
    for (std::size_t i = 0; i < groups.size(); ++i) order.push_back(i);
    std::ranges::sort(order, std::ranges::greater{},
                      [&](std::size_t i) { return std::pair(i == 0 ? 0 : groups[i].size(), i); });
    for (auto const i : order) {
        auto& group = groups[i];
        if (group.empty()) continue;
        std::ranges::sort(group, std::ranges::greater{},
                          [](machine const* m) { return std::pair(m->gpus, m->name); });
        body += draw_group(c.models[i], group, y);
    }
    constexpr auto style =
        "text{font-family:'Inter','Helvetica Neue',Helvetica,Arial,sans-serif;"
        "fill:#26323f}.title{font-size:26px;font-weight:600}.subtitle{font-size:14px;fill:#5a6675}"
        ".model{font-size:15px;font-weight:600}.note{font-size:12px;fill:#5a6675}";
    return berth::svg::document(width, y + 6, style, body);
}

} // namespace trace
