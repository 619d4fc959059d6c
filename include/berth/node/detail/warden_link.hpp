#pragma once

/// \file
/// A runtime's end of the line to its warden: forks it, sends requests, reads reports.

#include <berth/core/config.hpp>
#include <berth/core/descriptor.hpp>
#include <berth/core/error.hpp>
#include <berth/node/detail/warden.hpp>

#include <sys/wait.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::node::detail {

/// A program to execute, as the warden wants it.
struct warden_program {
    std::string path = {};
    std::string directory = {}; ///< empty: stay
    std::vector<std::string> arguments = {};
    std::vector<std::string> environment = {}; ///< `NAME=value`
    std::uint64_t data_limit = 0;
    std::vector<std::string> read_only = {}; ///< see `make_read_only`
};

[[nodiscard]] inline auto errno_text(int number) -> std::string {
    char buffer[128];
    return ::strerror_r(number, buffer, sizeof buffer); // the GNU form: answers the text
}

/// The warden's parent side. Closing it (also by dying) ends the warden and everything it started.
class warden_link {
public:
    warden_link() = default;
    warden_link(warden_link&& other) noexcept
        : control_(std::move(other.control_)),
          reports_(std::move(other.reports_)),
          warden_(std::exchange(other.warden_, 0)),
          lost_(other.lost_) {}
    auto operator=(warden_link&& other) noexcept -> warden_link&;
    warden_link(warden_link const&) = delete;
    auto operator=(warden_link const&) -> warden_link& = delete;
    /// Waits until every process has ended: at most about the grace given to `open`.
    ~warden_link() {
        control_.close();
        while (warden_ > 0 && ::waitpid(warden_, nullptr, 0) < 0 && errno == EINTR) {}
    }

    /// Forks a warden. `grace_milliseconds`: how long its processes get to end when the link closes.
    static auto open(int grace_milliseconds) -> result<warden_link>;

    /// Starts a program. `output`: a log for its lines, or with `raw` a file that becomes its output; -1:
    /// none.
    auto start(std::uint64_t id, warden_program const& program, int output, bool raw) const
        -> result<warden_reply>;

    /// Sends a signal to a process with its group.
    auto signal(std::uint64_t id, int number) const -> result<warden_reply>;

    /// The next report, if there is one. Notices that the warden is gone.
    [[nodiscard]] auto next_report() -> std::optional<warden_report>;

    /// Readable when there are reports.
    [[nodiscard]] auto report_fd() const -> int { return reports_.get(); }
    /// The warden has been killed; nothing can be started or reported any more.
    [[nodiscard]] auto lost() const -> bool { return lost_; }

private:
    static auto broken(std::string_view what) -> std::unexpected<error>;

    auto ask(warden_request& request, int first, int second) const -> result<warden_reply>;

    descriptor control_;
    descriptor reports_;
    pid_t warden_ = 0;
    bool lost_ = false;
};

} // namespace berth::node::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/detail/warden_link.ipp>
#endif
