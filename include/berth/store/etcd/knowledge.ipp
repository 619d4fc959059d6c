#pragma once

/// \file
/// The bodies of `berth/store/etcd/knowledge.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/knowledge.hpp>

namespace berth::store::detail {

BERTH_DECL auto raise(std::atomic<revision_number>& number, revision_number to) -> void {
    auto now = number.load();
    while (now < to && !number.compare_exchange_weak(now, to)) {}
}

} // namespace berth::store::detail
