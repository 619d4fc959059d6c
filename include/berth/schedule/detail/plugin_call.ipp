#pragma once

/// \file
/// The bodies of `berth/schedule/detail/plugin_call.hpp`.

#include <berth/schedule/detail/plugin_call.hpp>

namespace berth::schedule::detail {

BERTH_DECL auto open_plugin::verdict_of(std::int32_t status, std::uint8_t said) const -> verdict {
    if (status != BERTH_OK)
        return rule_out("plugin " + name + " failed with status " + std::to_string(status));
    if (said == 0) return {};
    if (said <= refusals.size()) return refusals[said - 1U];
    return rule_out("plugin " + name + " gave reason " + std::to_string(said) + " of " +
                    std::to_string(refusals.size()));
}

} // namespace berth::schedule::detail
