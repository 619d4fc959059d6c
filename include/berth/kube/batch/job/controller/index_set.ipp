#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/controller/index_set.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/controller/index_set.hpp>
#include <berth/object/detail/cron_field.hpp>
#include <berth/object/detail/go_text.hpp>

#include <algorithm>
#include <optional>

namespace berth::kube::detail {

/// One interval as far as it can be read; its ends need not be in order.
inline auto readable_interval(std::string_view text) -> std::optional<index_interval> {
    auto const parts = object::detail::split(text, "-", false);
    auto const first = object::detail::go_integer(parts.front());
    auto const last = parts.size() > 1 ? object::detail::go_integer(parts[1]) : first;
    if (!first || !last) return std::nullopt;
    return index_interval{*first, *last};
}

inline auto single_intervals(std::vector<std::int64_t> const& indexes) -> std::vector<index_interval> {
    auto out = std::vector<index_interval>();
    for (auto const i : indexes) out.push_back({i, i});
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL index_set::index_set(std::vector<std::int64_t> const& indexes)
    : index_set(detail::single_intervals(indexes)) {}

BERTH_DECL index_set::index_set(std::vector<index_interval> intervals) {
    std::sort(intervals.begin(), intervals.end(),
              [](auto const& a, auto const& b) { return a.first < b.first; });
    for (auto const& i : intervals) {
        if (i.last < i.first) continue;
        if (intervals_.empty() || intervals_.back().last < i.first - 1) intervals_.push_back(i);
        else intervals_.back().last = std::max(intervals_.back().last, i.last);
    }
}

BERTH_DECL auto index_set::parse(std::string_view text, std::int32_t completions) -> index_set {
    auto out = std::vector<index_interval>();
    if (text.empty()) return {};
    for (auto const part : object::detail::split(text, ",", false)) {
        auto const one = detail::readable_interval(part);
        if (!one || one->first < 0) continue;
        if (one->first >= completions) break;
        out.push_back({one->first, std::min(one->last, std::int64_t{completions} - 1)});
    }
    return index_set(std::move(out));
}

BERTH_DECL auto index_set::to_string() const -> std::string {
    auto out = std::string();
    for (auto const& i : intervals_) {
        if (!out.empty()) out += ',';
        out += std::to_string(i.first);
        if (i.last > i.first) out += (i.last == i.first + 1 ? ',' : '-') + std::to_string(i.last);
    }
    return out;
}

BERTH_DECL auto index_set::has(std::int64_t index) const -> bool {
    auto const after = std::upper_bound(intervals_.begin(), intervals_.end(), index,
                                        [](std::int64_t n, auto const& i) { return n < i.first; });
    return after != intervals_.begin() && index <= std::prev(after)->last;
}

BERTH_DECL auto index_set::size() const -> std::int64_t {
    auto out = std::int64_t{0};
    for (auto const& i : intervals_) out += i.last - i.first + 1;
    return out;
}

BERTH_DECL auto index_set::first_missing(std::int64_t count, std::int64_t completions) const
    -> std::vector<std::int64_t> {
    auto out = std::vector<std::int64_t>();
    auto next = std::int64_t{0};
    auto const fill_to = [&](std::int64_t end) {
        for (; next < end && std::ssize(out) < count; ++next) out.push_back(next);
    };
    for (auto const& i : intervals_) {
        fill_to(std::min(i.first, completions));
        next = std::max(next, i.last + 1);
    }
    fill_to(completions);
    return out;
}

BERTH_DECL auto index_set::with(index_set const& other) const -> index_set {
    auto all = intervals_;
    all.insert(all.end(), other.intervals_.begin(), other.intervals_.end());
    return index_set(std::move(all));
}

BERTH_DECL auto count_common(index_set const& a, index_set const& b) -> std::int64_t {
    auto out = std::int64_t{0};
    auto x = a.intervals().begin();
    auto y = b.intervals().begin();
    while (x != a.intervals().end() && y != b.intervals().end()) {
        auto const shared = std::min(x->last, y->last) - std::max(x->first, y->first) + 1;
        out += std::max(shared, std::int64_t{0});
        if (x->last < y->last) ++x;
        else ++y;
    }
    return out;
}

} // namespace berth::kube
