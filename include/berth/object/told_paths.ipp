#pragma once

/// \file
/// The bodies of `berth/object/told_paths.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/told_paths.hpp>

#include <algorithm>

namespace berth::object {

BERTH_DECL auto told_paths::add(std::string path) -> void {
    if (full()) return;
    cut(path, most_text - text_);
    if (std::find(paths_.begin(), paths_.end(), path) != paths_.end()) return;
    text_ += path.size();
    paths_.push_back(std::move(path));
}

BERTH_DECL auto told_paths::paths() && -> std::vector<std::string> { return std::move(paths_); }

BERTH_DECL auto told_paths::cut(std::string& text, std::size_t size) -> void {
    if (text.size() <= size) return;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0U) == 0x80) --size;
    text.resize(size);
    text.shrink_to_fit();
}

} // namespace berth::object
