#pragma once

/// \file
/// One POST to a server that is not known before, such as a webhook's.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/net/post_request.hpp>

namespace berth::net {

/// Posts, on a connection of its own. Errors, in the words of Go's client: `bad_request` for the URL or
/// certificates that cannot be read, `timeout`, and `unavailable` for all else that keeps an answer away.
[[nodiscard]] BERTH_DECL auto post(post_request const& q) -> result<post_answer>;

} // namespace berth::net

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/core/net/post.ipp>
#endif
