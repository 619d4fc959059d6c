#pragma once

/// \file
/// Who sent a request, as far as that is known, and the log of who asked for what.

#include <berth/api/identity.hpp>
#include <berth/core/config.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace berth::api::http {

/// A request that was answered. The views live as long as the call that tells of it.
struct access {
    identity const& who;
    std::string_view method;
    std::string_view path; ///< as sent, still percent-encoded
    unsigned status = 200; ///< a stream has begun with 200
};

/// Hears of requests. Called from several threads at once.
using access_log = std::function<void(access const&)>;

/// The token of an `Authorization` header that begins with `Bearer`; empty if it is another. What follows a
/// second blank does not count.
struct bearer_header {
    std::string_view token{};
    bool misplaced = false; ///< more than one blank is before the token, which is not looked at therefore
};
[[nodiscard]] BERTH_DECL auto read_bearer(std::string_view authorization) -> bearer_header;

/// The identities of programs that nobody has asked for a name: one for each user agent, shared by their
/// requests. Safe to use from several threads at once.
class known_agents {
public:
    [[nodiscard]] auto find(std::string_view user_agent) -> std::shared_ptr<identity const>;

private:
    static constexpr std::size_t most = 256;

    std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<identity const>> agents_;
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/access.ipp>
#endif
