#pragma once

/// \file
/// The bodies of `berth/store/etcd/refusal.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/refusal.hpp>

namespace berth::store::detail {

/// gRPC's status codes (`google.golang.org/grpc/codes`).
enum class grpc_code : std::int64_t {
    cancelled = 1,
    unknown = 2,
    invalid_argument = 3,
    deadline_exceeded = 4,
    not_found = 5,
    already_exists = 6,
    permission_denied = 7,
    resource_exhausted = 8,
    failed_precondition = 9,
    out_of_range = 11,
    unavailable = 14,
    unauthenticated = 16,
};

/// Refusals that are told apart by their words, whatever their code. The first match decides.
[[nodiscard]] inline auto known_words(std::string_view message) -> std::pair<error_code, remedy> const* {
    struct phrase {
        std::string_view words;
        std::pair<error_code, remedy> meaning;
    };
    static constexpr auto phrases = std::array{
        phrase{"required revision has been compacted", {error_code::expired, remedy::none}},
        phrase{"required revision is a future revision", {error_code::future_revision, remedy::none}},
        phrase{"requested lease not found", {error_code::not_found, remedy::none}},
        phrase{"lease already exists", {error_code::already_exists, remedy::none}},
        phrase{"too many operations", {error_code::request_too_large, remedy::none}},
        phrase{"request is too large", {error_code::request_too_large, remedy::none}},
        phrase{"message larger than max", {error_code::request_too_large, remedy::none}},
        phrase{"database space exceeded", {error_code::unavailable, remedy::none}},
        phrase{"too many requests", {error_code::too_many_requests, remedy::none}},
        phrase{"invalid auth token", {error_code::unauthorized, remedy::authenticate}},
        phrase{"revision of auth store is old", {error_code::unauthorized, remedy::authenticate}},
        phrase{"auth revision in header is old", {error_code::unauthorized, remedy::authenticate}},
        phrase{"user name is empty", {error_code::unauthorized, remedy::none}},
        phrase{"authentication failed", {error_code::unauthorized, remedy::none}},
        phrase{"permission denied", {error_code::forbidden, remedy::none}},
        phrase{"etcdserver: no leader", {error_code::unavailable, remedy::elsewhere}},
        phrase{"etcdserver: not capable", {error_code::unavailable, remedy::elsewhere}},
        phrase{"raft proposal dropped", {error_code::unavailable, remedy::elsewhere}},
    };
    for (auto const& p : phrases) {
        if (message.find(p.words) != std::string_view::npos) return &p.meaning;
    }
    return nullptr;
}

BERTH_DECL auto meaning_of(std::int64_t code, std::string_view message) -> refusal {
    auto const with = [&](error_code c, remedy r) { return refusal{{c, std::string{message}, {}}, r}; };
    if (auto const* const known = known_words(message)) return with(known->first, known->second);
    switch (static_cast<grpc_code>(code)) {
    case grpc_code::invalid_argument: return with(error_code::bad_request, remedy::none);
    case grpc_code::out_of_range: return with(error_code::bad_request, remedy::none);
    case grpc_code::not_found: return with(error_code::not_found, remedy::none);
    case grpc_code::already_exists: return with(error_code::already_exists, remedy::none);
    case grpc_code::permission_denied: return with(error_code::forbidden, remedy::none);
    case grpc_code::resource_exhausted: return with(error_code::too_many_requests, remedy::none);
    case grpc_code::failed_precondition: return with(error_code::conflict, remedy::none);
    case grpc_code::unauthenticated: return with(error_code::unauthorized, remedy::authenticate);
    case grpc_code::cancelled:
    case grpc_code::unknown:
    case grpc_code::deadline_exceeded:
    case grpc_code::unavailable: return with(error_code::timeout, remedy::unknown);
    }
    return with(error_code::internal, remedy::none);
}

} // namespace berth::store::detail
