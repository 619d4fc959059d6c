#pragma once

/// \file
/// The bodies of `berth/kube/batch/job/indexes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/batch/job/indexes.hpp>

#include <algorithm>

namespace berth::kube::detail {

/// One index below `completions`.
inline auto parse_index(std::string_view text, std::int32_t completions) -> result<std::int64_t> {
    auto const n = object::detail::go_integer(text);
    if (!n)
        return fail(error_code::invalid,
                    "cannot convert string to integer for index: " + object::detail::go_quoted(text));
    if (*n >= completions)
        return fail(error_code::invalid, "too large index: " + object::detail::go_quoted(text));
    return *n;
}

/// What is wrong with an index that does not come after the one before it.
inline auto not_increasing(std::int64_t previous, std::int64_t current) -> std::unexpected<error> {
    return fail(error_code::invalid, "non-increasing order, previous: " + std::to_string(previous) +
                                         ", current: " + std::to_string(current));
}

/// Takes the part before the first `separator` off a text; all of it if there is none.
inline auto take_part(std::string_view& text, char separator) -> std::string_view {
    auto const end = std::min(text.find(separator), text.size());
    auto const part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto parse_index_interval(std::string_view text, std::int32_t completions)
    -> result<index_interval> {
    auto const dash = text.find('-');
    if (dash != std::string_view::npos && text.find('-', dash + 1) != std::string_view::npos)
        return fail(error_code::invalid,
                    "the fragment " + object::detail::go_quoted(text) +
                        " violates the requirement that an index interval can have at most two parts "
                        "separated by '-'");
    auto const first = detail::parse_index(text.substr(0, dash), completions);
    if (!first) return std::unexpected(first.error());
    if (dash == std::string_view::npos) return index_interval{*first, *first};
    auto const last = detail::parse_index(text.substr(dash + 1), completions);
    if (!last) return std::unexpected(last.error());
    if (*first >= *last) return detail::not_increasing(*first, *last);
    return index_interval{*first, *last};
}

BERTH_DECL auto count_indexes(std::string_view text, std::int32_t completions) -> result<std::int64_t> {
    if (text.empty()) return std::int64_t{0};
    auto total = std::int64_t{0};
    auto previous = std::optional<std::int64_t>();
    for (auto more = true; more;) {
        more = text.find(',') != std::string_view::npos;
        auto const one = parse_index_interval(detail::take_part(text, ','), completions);
        if (!one) return std::unexpected(one.error());
        if (previous && *previous >= one->first) return detail::not_increasing(*previous, one->first);
        total += one->last - one->first + 1;
        previous = one->last;
    }
    return total;
}

BERTH_DECL auto common_index(std::string_view a, std::string_view b, std::int32_t completions)
    -> std::optional<std::int64_t> {
    auto const next = [&](std::string_view& text) -> std::optional<index_interval> {
        while (!text.empty())
            if (auto const one = parse_index_interval(detail::take_part(text, ','), completions)) return *one;
        return std::nullopt;
    };
    auto x = next(a);
    auto y = next(b);
    while (x && y) {
        if (x->first <= y->last && y->first <= x->last) return std::max(x->first, y->first);
        if (x->first <= y->first) x = next(a);
        else y = next(b);
    }
    return std::nullopt;
}

} // namespace berth::kube
