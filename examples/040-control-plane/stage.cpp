/// \file
/// The telling of the story.

#include "stage.hpp"

#include <berth/kube/apps/deployment/type.hpp>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace plane {

namespace {

/// Ten squares, as many of them full as there are parts done.
auto bar(int done, int all) -> std::string {
    constexpr auto squares = 10;
    auto const full = all == 0 ? squares : std::clamp(done * squares / all, 0, squares);
    auto out = std::string();
    for (auto i = 0; i < squares; ++i) out += i < full ? "■" : "□";
    return out;
}

} // namespace

stage::stage(api_server& api, sigset_t const& ending)
    : api_(api), ending_(ending), terminal_(::isatty(STDOUT_FILENO) == 1) {}

auto stage::elapsed() const -> double {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

auto stage::chapter(std::string const& title) -> void {
    std::printf("\n%s\n", title.c_str());
    std::fflush(stdout);
}

auto stage::say(std::string const& line) -> void {
    clear_progress();
    timeline_.emplace_back(elapsed(), line);
    std::printf("  %6.2f s  %s\n", elapsed(), line.c_str());
    std::fflush(stdout);
}

auto stage::deployments() const -> std::vector<deployment_progress> {
    auto out = std::vector<deployment_progress>();
    auto const all = berth::api::list<berth::kube::deployment>(api_);
    if (!all) return out;
    for (auto const& d : *all) {
        auto const& s = d->status;
        out.push_back({d->metadata.name, d->spec.replicas.value_or(1), s.updated_replicas,
                       s.available_replicas, s.replicas, s.observed_generation >= d->metadata.generation});
    }
    return out;
}

auto stage::show_progress() -> void {
    auto line = std::string();
    for (auto const& d : deployments())
        line += "  " + d.name + " " + bar(std::min(d.updated, d.available), d.wanted) + " " +
                std::to_string(std::min(d.updated, d.available)) + "/" + std::to_string(d.wanted);
    if (line == shown_ || line.empty()) return;
    if (terminal_) std::printf("\r\033[K          %s", line.c_str());
    else std::printf("            %s\n", line.c_str());
    std::fflush(stdout);
    shown_ = std::move(line);
}

auto stage::clear_progress() -> void {
    if (terminal_ && !shown_.empty()) std::printf("\r\033[K");
    shown_.clear();
}

auto stage::wait_for(std::string const& what, std::chrono::seconds limit, std::function<bool()> const& is_so)
    -> bool {
    auto const end = std::chrono::steady_clock::now() + limit;
    while (!ended_ && std::chrono::steady_clock::now() < end) {
        if (is_so()) {
            say(what);
            return true;
        }
        show_progress();
        auto const pause = timespec{0, 50'000'000};
        ended_ = ::sigtimedwait(&ending_, nullptr, &pause) > 0;
    }
    say(ended_ ? "stopped by a signal" : "NOT SEEN within " + std::to_string(limit.count()) + " s: " + what);
    return false;
}

auto stage::print_timeline() const -> void {
    std::printf("\nTimeline\n");
    for (auto const& [at, line] : timeline_) std::printf("  %6.2f s  %s\n", at, line.c_str());
}

} // namespace plane
