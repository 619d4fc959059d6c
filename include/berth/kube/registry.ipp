#pragma once

/// \file
/// The bodies of `berth/kube/registry.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/registry.hpp>

namespace berth::kube {

BERTH_DECL auto registry() -> api::registry {
    auto out = api::registry();
    std::apply([&](auto const... describe) { (out.add(describe()), ...); }, vocabulary);
    return out;
}

} // namespace berth::kube
