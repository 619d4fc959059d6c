#pragma once

/// \file
/// Tables and lines of text for people.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace berth::schedule::detail {

/// A table of text: every column as wide as its widest cell, numbers to the right.
/// (A template, so that its functions cost nothing to those who include but do not use it.)
template <class Cell> class text_table {
public:
    using row = std::vector<Cell>;

    auto add(row cells) -> void {
        if (widths_.size() < cells.size()) widths_.resize(cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (cells[i].size() > widths_[i]) widths_[i] = cells[i].size();
        }
        rows_.push_back(std::move(cells));
    }

    /// The first column is aligned left, the last column too if `last_left`, the rest right.
    [[nodiscard]] auto text() const -> std::string {
        auto out = std::string{};
        for (auto const& cells : rows_) {
            auto line = std::string{};
            for (std::size_t i = 0; i < cells.size(); ++i) {
                auto const padding = std::string(widths_[i] - cells[i].size(), ' ');
                if (i > 0) line += "  ";
                auto const left = i == 0 || i + 1 == widths_.size();
                line += left ? cells[i] + padding : padding + cells[i];
            }
            while (!line.empty() && line.back() == ' ') line.pop_back();
            out += line + '\n';
        }
        return out;
    }

private:
    std::vector<row> rows_;
    std::vector<std::size_t> widths_;
};

/// A long line as several, which break at spaces and go on a little to the right. (A template, as above.)
template <class Text> [[nodiscard]] auto wrapped(Text const& line, std::size_t width = 100) -> std::string {
    auto out = std::string{};
    auto from = std::size_t{0};
    while (line.size() - from > (from == 0 ? width : width - 4)) {
        auto const room = from == 0 ? width : width - 4;
        auto at = line.rfind(' ', from + room);
        if (at == line.npos || at <= from) at = line.find(' ', from);
        if (at == line.npos) break;
        out.append(line, from, at - from).append("\n    ");
        from = at + 1;
    }
    return out.append(line, from, line.npos);
}

} // namespace berth::schedule::detail
