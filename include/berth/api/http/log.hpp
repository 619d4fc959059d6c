#pragma once

/// \file
/// The `log` subresource of pods: what is asked for, whose log it is, and where it comes from
/// (Kubernetes 1.36, `PodLogOptions`, `registry/core/pod/strategy.go`).

#include <berth/api/http/parameters.hpp>
#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api::http {

/// Which part of which container's log is wanted.
struct log_request {
    std::string namespace_;
    std::string pod;
    std::string uid; ///< of the pod
    std::string container;
    std::string node; ///< where the pod runs
    bool follow = false;
    bool previous = false;   ///< of the container's run before this one
    bool timestamps = false; ///< begin each line with its time
    std::optional<std::int64_t> tail_lines;
    std::optional<std::int64_t> limit_bytes;
    std::optional<std::int64_t> since_seconds;
    std::string since_time;   ///< RFC 3339; empty: from the beginning
    std::uint64_t offset = 0; ///< 0: begin as the members above say; else go on where the last part ended
};

/// A part of a log.
struct log_part {
    std::string text;
    std::uint64_t next = 0; ///< the offset to go on from; not 0
    bool finished = true;   ///< nothing will be added any more; only a log that is followed looks at it
};

/// Where logs come from: reads what there is now and does not wait for more. Called from the server's
/// threads. Errors: e.g. `bad_request` for a container that has not started, in the words of the one who runs
/// it.
using log_source = std::function<result<log_part>(log_request const&)>;

namespace detail {

/// The member of a record at a path of names, and its type; both null if it is absent.
struct member {
    object::type_info const* type = nullptr;
    void const* value = nullptr;

    [[nodiscard]] auto find(std::string_view name) const -> member;
    [[nodiscard]] auto text() const -> std::string {
        auto const is_text = type != nullptr && type->form == object::shape::text;
        return is_text ? type->text(value) : std::string();
    }
    [[nodiscard]] auto elements() const -> std::vector<member>;
};

BERTH_DECL auto container_names(member const& spec, std::string_view list) -> std::vector<std::string>;

/// The container of a pod that is meant, or why it is not clear.
[[nodiscard]] BERTH_DECL auto choose_container(std::string const& pod, member const& spec, std::string asked)
    -> result<std::string>;

} // namespace detail

/// What a request for a pod's log asks for. An empty `node` in the answer means that the pod runs nowhere yet
/// and its log is empty. Errors: `bad_request`, `invalid`.
[[nodiscard]] BERTH_DECL auto read_log_request(query const& q, object::any_object const& pod)
    -> result<log_request>;

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/log.ipp>
#endif
