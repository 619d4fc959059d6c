#pragma once

/// \file
/// All kinds of the Kubernetes vocabulary, ready for a server.

#include <berth/api/registry.hpp>
#include <berth/kube/vocabulary.hpp>

namespace berth::kube {

/// A registry of the kinds that this version of Berth has. Add your own to it before a server is made.
[[nodiscard]] inline auto registry() -> api::registry {
    auto out = api::registry();
    std::apply([&](auto const... describe) { (out.add(describe()), ...); }, vocabulary);
    return out;
}

} // namespace berth::kube
