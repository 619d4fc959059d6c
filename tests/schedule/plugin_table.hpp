#pragma once

/// \file
/// The table of a plugin as a shared library has it, as far as it is the same for all of them.

#include <berth/schedule/plugin_abi.h>

#include <span>

namespace plugin_table {

/// A plugin that reads these fields and refuses for these reasons; it does nothing yet. All must outlive it.
inline auto of(char const* name, std::span<berth_field const> node, std::span<berth_field const> task,
               std::span<berth_reason const> reasons) -> berth_plugin {
    auto out = berth_plugin{};
    out.size = sizeof out;
    out.name = name;
    out.field_size = sizeof(berth_field);
    out.node_fields = node.data();
    out.node_field_count = node.size();
    out.task_fields = task.data();
    out.task_field_count = task.size();
    out.reason_size = sizeof(berth_reason);
    out.reasons = reasons.data();
    out.reason_count = reasons.size();
    return out;
}

} // namespace plugin_table
