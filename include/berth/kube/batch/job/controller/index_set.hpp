#pragma once

/// \file
/// Sets of indexes as intervals, and as the text in the status of a job: `1,3-5` (kubernetes 1.36,
/// `pkg/controller/job/indexed_job_utils.go`).

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/indexes.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// A set of indexes. What it costs goes by its intervals, not by its indexes.
class index_set {
public:
    index_set() = default;
    /// The set of these indexes, in any order.
    explicit index_set(std::vector<std::int64_t> const& indexes);

    /// Reads a set. What cannot be read is left out, and so is what is not below `completions`.
    [[nodiscard]] static auto parse(std::string_view text, std::int32_t completions) -> index_set;

    /// `1,3-5`; two neighbours are told apart: `1,2`.
    [[nodiscard]] auto to_string() const -> std::string;

    [[nodiscard]] auto has(std::int64_t index) const -> bool;
    /// How many indexes are in it.
    [[nodiscard]] auto size() const -> std::int64_t;
    [[nodiscard]] auto empty() const -> bool { return intervals_.empty(); }
    /// In order, and apart from each other.
    [[nodiscard]] auto intervals() const -> std::vector<index_interval> const& { return intervals_; }

    /// What is in either.
    [[nodiscard]] auto with(index_set const& other) const -> index_set;

    /// The first `count` indexes below `completions` that are not in it.
    [[nodiscard]] auto first_missing(std::int64_t count, std::int64_t completions) const
        -> std::vector<std::int64_t>;

private:
    explicit index_set(std::vector<index_interval> intervals);

    std::vector<index_interval> intervals_;
};

/// How many indexes are in both.
[[nodiscard]] BERTH_DECL auto count_common(index_set const& a, index_set const& b) -> std::int64_t;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/batch/job/controller/index_set.ipp>
#endif
