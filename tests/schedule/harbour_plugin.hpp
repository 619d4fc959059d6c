#pragma once

/// \file
/// A plugin for the hosts of the harbour, as a shared library has it, and lambdas of the same text.

#include "harbour.hpp"
#include "plugin_table.hpp"

#include <berth/schedule/plugin_library.hpp>

#include <array>
#include <cstdint>

namespace harbour_plugin {

using namespace berth::schedule;
using harbour::host, harbour::task;

// A plugin as a library has it: it fits tasks to hosts, and prefers those with much left.
inline auto fit(void*, berth_call const* call, std::uint8_t* verdicts) -> std::int32_t {
    auto const* const free = static_cast<std::int64_t const*>(call->columns[0]);
    auto const* const tainted = static_cast<std::int64_t const*>(call->columns[1]);
    for (std::uint64_t i = 0; i < call->nodes; ++i)
        verdicts[i] = tainted[i] != 0 ? 2 : free[i] < call->task[0].whole ? 1 : 0;
    return BERTH_OK;
}
inline auto prefer(void* self, berth_call const* call, double* points) -> std::int32_t {
    auto const* const free = static_cast<std::int64_t const*>(call->columns[0]);
    auto const factor = self == nullptr ? 1 : *static_cast<int*>(self);
    for (std::uint64_t i = 0; i < call->nodes; ++i)
        points[i] = static_cast<double>(factor * (free[i] - call->task[0].whole));
    return BERTH_OK;
}
inline constexpr auto of_node =
    std::array{berth_field{"cpu_free", BERTH_INT64}, berth_field{"tainted", BERTH_INT64}};
inline constexpr auto of_task = std::array{berth_field{"cpu", BERTH_INT64}};
inline constexpr auto reasons =
    std::array{berth_reason{"not enough cpu", BERTH_REJECTED}, berth_reason{"tainted", BERTH_RULED_OUT}};

inline auto plugin(char const* name) -> berth_plugin {
    auto out = plugin_table::of(name, of_node, of_task, reasons);
    out.filter = fit;
    out.score = prefer;
    return out;
}
/// A library of one plugin.
struct library_of {
    berth_plugin one;
    berth_plugin const* all[1] = {&one};
    berth_plugins table = {sizeof table, BERTH_PLUGIN_ABI_VERSION, 0, all, 1};

    explicit library_of(berth_plugin p) : one(p) {}
    library_of(library_of const&) = delete;
    auto operator=(library_of const&) -> library_of& = delete;
    [[nodiscard]] auto open() const { return plugin_library::of(&table, "test"); }
};

inline constexpr auto host_fields =
    std::array{plugin_field<&host::cpu_free>("cpu_free"),
               plugin_field<[](host const& h) { return h.tainted; }>("tainted"),
               plugin_field<[](host const& h) { return h.cpu_free / 2.0; }>("half")};
inline constexpr auto task_fields = std::array{plugin_field<&task::cpu>("cpu")};
inline auto words() -> plugin_vocabulary<task, host> { return {task_fields, host_fields}; }

inline constexpr auto fits = filter<"fits">([](task const& t, host const& h) {
    if (h.tainted != 0) return rule_out("tainted");
    return h.cpu_free < t.cpu ? reject("not enough cpu") : accept;
});
inline constexpr auto much_left =
    score<"much left">([](task const& t, host const& h) { return h.cpu_free - t.cpu; });

} // namespace harbour_plugin
