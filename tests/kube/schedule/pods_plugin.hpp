#pragma once

/// \file
/// A plugin as a shared library has it for a scheduler: no more than so many pods on a node, and of nodes
/// with much memory left the first.

#include "../../schedule/plugin_table.hpp"

#include <berth/kube/schedule/plugin_libraries.hpp>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace test {

inline auto open_pods(char const* arguments, void** self, char* error, std::uint64_t size) -> std::int32_t {
    auto const given = std::strncmp(arguments, "{\"most\":", 8) == 0;
    if (!given && *arguments != 0) {
        std::snprintf(error, size, "what is %s", arguments);
        return BERTH_FAILED;
    }
    *self = new std::int64_t(given ? std::atoll(arguments + 8) : 2);
    return BERTH_OK;
}
inline auto close_pods(void* self) -> void { delete static_cast<std::int64_t*>(self); }
inline auto filter_pods(void* self, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
    auto const* const pods = static_cast<std::int64_t const*>(call->columns[0]);
    auto const* const cordoned = static_cast<std::int64_t const*>(call->columns[1]);
    auto const most = *static_cast<std::int64_t const*>(self);
    for (std::uint64_t i = 0; i < call->nodes; ++i)
        verdicts[i] = cordoned[i] != 0 ? 2 : pods[i] >= most ? 1 : 0;
    return BERTH_OK;
}
inline auto score_memory(void*, berth_call const* call, double* to) -> std::int32_t {
    auto const* const all = static_cast<std::int64_t const*>(call->columns[2]);
    auto const* const taken = static_cast<std::int64_t const*>(call->columns[3]);
    for (std::uint64_t i = 0; i < call->nodes; ++i)
        to[i] = static_cast<double>((all[i] - taken[i] - call->task[0].whole) >> 20U);
    return BERTH_OK;
}

/// A library of some plugins like it.
class pods_library {
public:
    explicit pods_library(std::vector<char const*> names) {
        for (auto const* const name : names) {
            auto p = plugin_table::of(name, of_nodes, of_pods, reasons);
            p.open = open_pods;
            p.close = close_pods;
            p.filter = filter_pods;
            p.score = score_memory;
            plugins_.push_back(p);
        }
        for (auto const& p : plugins_) all_.push_back(&p);
        table_ = {sizeof table_, BERTH_PLUGIN_ABI_VERSION, 0, all_.data(), all_.size()};
    }
    pods_library(pods_library const&) = delete;
    auto operator=(pods_library const&) -> pods_library& = delete;

    [[nodiscard]] auto plugin(std::size_t i) -> berth_plugin& { return plugins_[i]; }
    [[nodiscard]] auto open(std::string const& file) const -> berth::schedule::plugin_library {
        return berth::schedule::plugin_library::of(&table_, file).value();
    }
    /// Itself among the libraries of a scheduler.
    [[nodiscard]] auto alone() const -> berth::kube::plugin_libraries {
        auto out = berth::kube::plugin_libraries();
        out.add(open("lib.so"), "lib.so").value();
        return out;
    }

private:
    static constexpr auto of_nodes = std::array{
        berth_field{"pods", BERTH_INT64}, berth_field{"cordoned", BERTH_INT64},
        berth_field{"memory_allocatable", BERTH_INT64}, berth_field{"memory_requested", BERTH_INT64}};
    static constexpr auto of_pods = std::array{berth_field{"memory", BERTH_INT64}};
    static constexpr auto reasons = std::array{berth_reason{"enough pods already", BERTH_REJECTED},
                                               berth_reason{"not taking pods", BERTH_RULED_OUT}};
    std::vector<berth_plugin> plugins_;
    std::vector<berth_plugin const*> all_;
    berth_plugins table_ = {};
};

} // namespace test
