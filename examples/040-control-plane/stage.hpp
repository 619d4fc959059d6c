#pragma once

/// \file
/// What the story is told with: a clock that begins with it, lines with their times, waits that can fail.

#include "parts.hpp"

#include <chrono>
#include <csignal>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace plane {

/// How far a deployment is.
struct deployment_progress {
    std::string name;
    int wanted = 0, updated = 0, available = 0, existing = 0;
    bool seen = false; ///< its controller has seen its last change

    [[nodiscard]] auto complete() const -> bool {
        return seen && updated == wanted && available == wanted && existing == wanted;
    }
};

/// The stage: prints, waits, and remembers the timeline.
class stage {
public:
    stage(api_server& api, sigset_t const& ending);

    /// A new chapter.
    auto chapter(std::string const& title) -> void;
    /// A line of the story, with its time; it becomes part of the timeline.
    auto say(std::string const& line) -> void;
    /// Waits until something is so, showing how far the deployments are. Says what was seen, or what was not.
    auto wait_for(std::string const& what, std::chrono::seconds limit, std::function<bool()> const& is_so)
        -> bool;
    /// What the deployments are like now.
    [[nodiscard]] auto deployments() const -> std::vector<deployment_progress>;
    /// Prints all lines again, as a summary.
    auto print_timeline() const -> void;
    /// Whether one of the ending signals has come.
    [[nodiscard]] auto ended() const -> bool { return ended_; }

private:
    auto show_progress() -> void;
    auto clear_progress() -> void;
    [[nodiscard]] auto elapsed() const -> double;

    api_server& api_;
    sigset_t ending_;
    bool ended_ = false;
    bool terminal_;
    std::string shown_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::vector<std::pair<double, std::string>> timeline_;
};

/// Where each pod went and why, told by the scheduler from its own thread.
class explanations {
public:
    struct entry {
        std::string node;
        std::string why;
    };

    auto add(berth::object::key const& pod, std::string const& node, std::string const& why) -> void {
        auto const lock = std::scoped_lock(mutex_);
        entries_[pod.to_string()] = {node, why};
    }
    [[nodiscard]] auto find(std::string const& pod) const -> entry {
        auto const lock = std::scoped_lock(mutex_);
        auto const at = entries_.find(pod);
        return at == entries_.end() ? entry{} : at->second;
    }

private:
    mutable std::mutex mutex_;
    std::map<std::string, entry> entries_;
};

} // namespace plane
