#pragma once

/// \file
/// The bodies of `berth/kube/registry.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/described/kinds.hpp>
#include <berth/kube/registry.hpp>

namespace berth::kube {

BERTH_DECL auto registry() -> api::registry {
    auto out = api::registry();
    vocabulary([&](auto const& describe) { out.add(describe()); });
    for (auto& k : described_kinds()) out.add(std::move(k));
    return out;
}

} // namespace berth::kube
