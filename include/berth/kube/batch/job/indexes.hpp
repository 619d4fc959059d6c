#pragma once

/// \file
/// Sets of indexes as text: `1,3-5,7` (Kubernetes 1.36, `pkg/apis/batch/validation`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/detail/go_text.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace berth::kube {

/// The indexes from `first` to `last`, both included.
struct index_interval {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// An interval `3-5`, or the single index `3`. Errors: what is wrong with the text, as Kubernetes tells it.
[[nodiscard]] BERTH_DECL auto parse_index_interval(std::string_view text, std::int32_t completions)
    -> result<index_interval>;

/// How many indexes a set has; they are told in increasing order, each below `completions`. O(text). Errors:
/// what is wrong with the text, as Kubernetes tells it.
[[nodiscard]] BERTH_DECL auto count_indexes(std::string_view text, std::int32_t completions)
    -> result<std::int64_t>;

/// The first index that is in two sets, or nothing. Intervals that cannot be read are left out: who checks
/// the text of each set tells them. O(both texts).
[[nodiscard]] BERTH_DECL auto common_index(std::string_view a, std::string_view b, std::int32_t completions)
    -> std::optional<std::int64_t>;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/indexes.ipp>
#endif
