#pragma once

/// \file
/// Sets of ports as keys, and the order in which slices list them (kubernetes 1.36,
/// `k8s.io/endpointslice/util`, `NewPortMapKey`).

#include <berth/core/config.hpp>
#include <berth/kube/discovery/endpoint_slice/type.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace berth::kube {

namespace detail {

/// A hash of 128 bits.
struct wide_hash {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    friend auto operator<=>(wide_hash, wide_hash) = default;
};

/// FNV-1a over the bytes of a text.
[[nodiscard]] BERTH_DECL auto fnv_128a(std::string_view text) -> wide_hash;

/// A port as Go prints the structure: its hash decides where the port stands among others.
[[nodiscard]] BERTH_DECL auto go_dump(slice_port const& p) -> std::string;

} // namespace detail

/// Puts ports in the order in which slices of Kubernetes have them: that of their hashes, which does not
/// depend on the order in which services name them.
BERTH_DECL auto sort_ports(object::list<slice_port>& ports) -> void;

/// What sets of equal ports have in common, and no others.
[[nodiscard]] BERTH_DECL auto port_key(object::list<slice_port> ports) -> std::string;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/discovery/endpoint_slice/controller/port_key.ipp>
#endif
