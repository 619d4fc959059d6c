#pragma once

/// \file
/// Which lists of tasks the files of a folder are.

#include "published.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fgd {

/// The list that a file holds, by its name: `default` of `openb_pod_list_default.csv` and of the same with
/// `.gz`; nothing for other files, such as those that editors leave (`.csv~`).
inline auto list_of(std::string_view file) -> std::optional<std::string> {
    constexpr auto before = std::string_view("openb_pod_list_");
    constexpr auto after = std::string_view(".csv");
    if (file.ends_with(".gz")) file.remove_suffix(3);
    if (!file.starts_with(before) || !file.ends_with(after)) return std::nullopt;
    file.remove_suffix(after.size());
    if (file.size() <= before.size()) return std::nullopt;
    return std::string(file.substr(before.size()));
}

/// The lists of some files, each once: those that were published first and in their order.
inline auto lists_of(std::vector<std::string> const& files) -> std::vector<std::string> {
    auto found = std::vector<std::string>{};
    for (auto const& file : files)
        if (auto list = list_of(file)) found.push_back(*std::move(list));
    auto const place = [](std::string const& list) {
        return std::pair(std::ranges::find(published, list, &published_row::list), list);
    };
    std::ranges::sort(found, {}, place);
    auto const twice = std::ranges::unique(found);
    found.erase(twice.begin(), twice.end());
    return found;
}

} // namespace fgd
