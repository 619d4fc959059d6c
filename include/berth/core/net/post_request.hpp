#pragma once

/// \file
/// A POST and its answer as values; `post.hpp` makes the one of the other.

#include <berth/core/time.hpp>

#include <cstddef>
#include <string>

namespace berth::net {

/// What is posted, where, and how much of an answer is borne.
struct post_request {
    std::string url; ///< `http://` or `https://`, a host, perhaps a port and a path
    std::string dial =
        {}; ///< `host:port` to connect to in place of the URL's, which is still verified; or empty
    std::string body = {};
    std::string content_type = "application/json";
    std::string authorities = {};    ///< certificates in PEM that vouch for the server; empty: the system's
    duration patience = seconds(10); ///< for all of it, the look-up of a name too
    std::size_t most_bytes = 3U << 20U; ///< of the answer
};

/// A whole answer.
struct post_answer {
    unsigned status = 0;
    std::string body;
};

/// How many of `post_all` are under way at once; the others follow as those end.
inline constexpr std::size_t most_posts_at_once = 16;

} // namespace berth::net
