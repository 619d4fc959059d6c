#pragma once

/// \file
/// The bodies of `berth/core/net/post.hpp`.

#include <berth/core/config.hpp>
#include <berth/core/net/detail/posting.hpp>
#include <berth/core/net/post.hpp>

#include <utility>

namespace berth::net {

BERTH_DECL auto post(post_request const& q, std::stop_token const& stop) -> result<post_answer> {
    return std::move(post_all(std::span(&q, 1), stop).front());
}

BERTH_DECL auto post_all(std::span<post_request const> all, std::stop_token const& stop)
    -> std::vector<result<post_answer>> {
    return detail::post_all_by(&detail::system_addresses, all, stop);
}

} // namespace berth::net
