#pragma once

/// \file
/// The bodies of `berth/store/any_store.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/any_store.hpp>

namespace berth::store::detail {

BERTH_DECL auto owned::operator=(owned&& other) noexcept -> owned& {
    std::swap(value_, other.value_);
    std::swap(drop_, other.drop_);
    return *this;
}

} // namespace berth::store::detail
