#pragma once

/// \file
/// A runtime without processes: containers live, succeed and fail by rule, in whatever time the caller passes
/// in. Deterministic: the same calls at the same times give the same answers.

#include <berth/core/config.hpp>
#include <berth/node/runtime.hpp>

#include <csignal>
#include <cstddef>
#include <map>
#include <set>

namespace berth::node {

/// How the containers that match behave. The first rule that matches counts.
struct simulated_rule {
    std::string image = {};                ///< a pattern with `*`; empty: any
    std::string name = {};                 ///< a pattern for `container_spec::name`; empty: any
    std::optional<duration> runs_for{};    ///< nothing: as `container_spec::pretended` says
    int exit_code = 0;                     ///< when `runs_for` is over
    duration stops_after = {};             ///< from SIGTERM to its end
    bool ignores_terminate = false;        ///< only SIGKILL ends it
    std::optional<error> refuses{};        ///< starting fails with this
    int refuses_times = -1;                ///< how often it fails, per name; -1: always
    duration ready_after = {};             ///< actions succeed from this age on
    std::optional<duration> ready_until{}; ///< and fail again from this one
};

/// Options of a `simulated_runtime`.
struct simulated_options {
    std::vector<simulated_rule> rules; ///< containers that match none end as they are told, or when
    machine_facts machine = {.cpu_millis = 32'000,
                             .memory_bytes = std::int64_t{256} << 30U,
                             .storage_bytes = std::int64_t{1} << 40U,
                             .os_image = "simulated",
                             .runtime_name = "simulated",
                             .runtime_version = "1"};
};

namespace detail {

/// Whether a text matches a pattern in which `*` stands for anything.
[[nodiscard]] constexpr auto matches_pattern(std::string_view pattern, std::string_view text) -> bool {
    auto p = std::size_t{0};
    auto t = std::size_t{0};
    auto star = std::string_view::npos;
    auto mark = std::size_t{0};
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

} // namespace detail

/// A model of `runtime` that only keeps books. Ends are reported in the order of their times. It may hold the
/// containers of any number of nodes: what it does costs no more for those that nothing happens to.
class simulated_runtime {
public:
    explicit simulated_runtime(simulated_options options = {}) : options_(std::move(options)) {}

    auto start(container_spec const& spec, time_point now) -> result<container_id>;

    /// The action succeeds or fails at once (it is reported by the next poll), as the container's rule says.
    auto run(container_id id, action const&, time_point now) -> result<container_id>;

    auto signal(container_id id, int number, time_point now) -> result<void>;

    auto poll(time_point now) -> std::vector<exit_report>;

    [[nodiscard]] auto next(time_point) const -> wake;

    [[nodiscard]] auto running() const -> std::vector<container_id>;
    /// How many containers run.
    [[nodiscard]] auto size() const -> std::size_t { return containers_; }

    [[nodiscard]] auto machine() const -> machine_facts { return options_.machine; }

    /// Ends a container by hand, as if it had crashed at `at`. Errors: `not_found`.
    auto end(container_id id, int exit_code, time_point at) -> result<void>;

private:
    struct simulated_life {
        std::size_t rule = 0; ///< its place in the options; beyond them: none
        time_point started{};
        std::optional<time_point> ends = {};
        int exit_code = 0;
        int signal = 0;
        bool is_action = false;
        std::string output = {};
    };

    auto rule_of(container_spec const& spec) const -> std::size_t;
    [[nodiscard]] auto rule_at(std::size_t place) const -> simulated_rule const&;
    auto enter(simulated_life life) -> container_id;
    auto ends_at(container_id id, simulated_life& life, time_point end) -> void;

    simulated_options options_;
    std::map<container_id, simulated_life> lives_;
    std::set<std::pair<time_point, container_id>> ends_; ///< of the lives that will end
    std::map<std::string, int, std::less<>> refused_;
    std::size_t containers_ = 0;
    std::uint64_t last_ = 0;
};
static_assert(runtime<simulated_runtime>);

} // namespace berth::node

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/node/simulated_runtime.ipp>
#endif
