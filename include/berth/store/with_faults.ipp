#pragma once

/// \file
/// The bodies of `berth/store/with_faults.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/with_faults.hpp>

namespace berth::store {

BERTH_DECL auto faults::counts() const -> fault_counts {
    auto const lock = std::scoped_lock(state_->mutex);
    return state_->counts;
}

BERTH_DECL auto faults::draw(operation_kind kind) const -> fate {
    auto pause = duration{};
    auto out = fate::done;
    {
        auto const lock = std::scoped_lock(state_->mutex);
        if (!state_->on) return fate::done;
        ++state_->counts.operations;
        out = state_->draw_fate(kind);
        pause = state_->draw_delay();
    }
    if (pause.nanoseconds > 0) state_->options.sleep(pause);
    return out;
}

BERTH_DECL auto faults::draw_part(std::size_t n) const -> std::size_t {
    auto const lock = std::scoped_lock(state_->mutex);
    return 1 + static_cast<std::size_t>(state_->draw.below(n));
}

BERTH_DECL auto faults::state::set(bool to) -> void {
    auto const lock = std::scoped_lock(mutex);
    on = to;
}

BERTH_DECL auto faults::state::draw_fate(operation_kind kind) -> fate {
    auto const x = draw.fraction();
    if (kind == operation_kind::next) {
        if (x >= options.watch_error_rate) return fate::done;
        ++counts.refused_nexts;
        return fate::refused;
    }
    auto edge = options.error_rate;
    if (x < edge) {
        ++counts.refused;
        return fate::refused;
    }
    if (!is_write(kind)) return fate::done;
    if (x < (edge += options.lost_request_rate)) {
        ++counts.lost_requests;
        return fate::lost_request;
    }
    if (x >= edge + options.lost_ack_rate) return fate::done;
    ++counts.lost_acks;
    return fate::lost_ack;
}

BERTH_DECL auto faults::state::draw_delay() -> duration {
    if (options.delay_rate <= 0 || draw.fraction() >= options.delay_rate) return {};
    ++counts.delays;
    auto const longest = static_cast<std::uint64_t>(options.delay.nanoseconds);
    return nanoseconds(1 + static_cast<std::int64_t>(draw.below(longest)));
}

} // namespace berth::store
