#pragma once

/// \file
/// What etcd's refusals mean: its gRPC codes and words (etcd 3.5 `api/v3rpc/rpctypes/error.go`) as Berth's
/// errors, and whether a refused request may have been done all the same.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace berth::store::detail {

/// What may be done about a refusal.
enum class remedy : std::uint8_t {
    none,         ///< it is final
    elsewhere,    ///< nothing was done; another member may do it
    authenticate, ///< nothing was done; a new token may help
    unknown,      ///< it may have been done: a read can be repeated, a write must not
};

struct refusal {
    error why{};
    remedy then = remedy::none;
};

/// The meaning of a gRPC code with its message. Everything that etcd says when it lost sight of a request
/// ("request timed out", "leader changed", "server stopped") leaves open whether it was done.
[[nodiscard]] BERTH_DECL auto meaning_of(std::int64_t code, std::string_view message) -> refusal;

} // namespace berth::store::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/etcd/refusal.ipp>
#endif
