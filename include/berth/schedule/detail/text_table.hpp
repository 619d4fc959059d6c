#pragma once

/// \file
/// Tables of text for people.

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

} // namespace berth::schedule::detail
