#pragma once

/// \file
/// The paths that a strict reader complains of: the first few of them, whatever the text.

#include <berth/core/config.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace berth::object {

/// Paths of members, each once and in the order of their coming, within bounds of number and of text. What
/// comes later is left out, as the reader of kube-apiserver does (sigs.k8s.io/json, 100 strict errors); so a
/// text cannot make more complaints than it is worth. A path that does not fit is cut short.
class told_paths {
public:
    static constexpr std::size_t most = 100;             ///< paths
    static constexpr std::size_t most_text = 64U * 1024; ///< bytes of all paths together

    /// Whether more paths would be left out: who finds it full need not make them.
    [[nodiscard]] auto full() const -> bool { return paths_.size() >= most || text_ >= most_text; }

    auto add(std::string path) -> void;

    [[nodiscard]] auto paths() const& -> std::vector<std::string> const& { return paths_; }
    [[nodiscard]] auto paths() && -> std::vector<std::string>;

private:
    /// Cuts a text between two characters.
    static auto cut(std::string& text, std::size_t size) -> void;

    std::vector<std::string> paths_;
    std::size_t text_ = 0;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/told_paths.ipp>
#endif
