#pragma once

/// \file
/// POSTs to servers that are not known before, such as webhooks'.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/net/post_request.hpp>

#include <span>
#include <stop_token>
#include <vector>

namespace berth::net {

/// Posts, on a connection of its own. Interim answers (100, 103) are passed over. When a stop is asked for,
/// what is under way ends at once. Errors, in the words of Go's client: `bad_request` for the URL or
/// certificates that cannot be read, `timeout`, and `unavailable` for all else that keeps an answer away,
/// a stop too.
[[nodiscard]] BERTH_DECL auto post(post_request const& q, std::stop_token const& stop = {})
    -> result<post_answer>;

/// Posts all of them at the same time, at most `most_posts_at_once`, on the caller's thread; each has its
/// patience from when it begins. One answer each, in their order; errors: see `post`.
[[nodiscard]] BERTH_DECL auto post_all(std::span<post_request const> all, std::stop_token const& stop = {})
    -> std::vector<result<post_answer>>;

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/post.ipp>
#endif
