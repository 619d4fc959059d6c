#pragma once

/// \file
/// `kubectl logs` from the files that agents of this machine write: a source of logs for an HTTP front.

#include <berth/api/client.hpp>
#include <berth/api/http/log.hpp>
#include <berth/kube/types/pod.hpp>
#include <berth/node/logs.hpp>
#include <berth/node/pod_status.hpp>

#include <string>
#include <utility>

namespace berth::node {

namespace detail {

/// An offset that says which file it is of: the restart count above, the place in the file (plus one) below.
inline constexpr auto log_place_bits = 40U;

[[nodiscard]] inline auto log_options_of(api::http::log_request const& r, time_point now) -> log_options {
    auto out =
        log_options{.tail_lines = r.tail_lines, .limit_bytes = r.limit_bytes, .timestamps = r.timestamps};
    if (r.since_seconds) out.since = now - seconds(*r.since_seconds);
    if (auto const t = object::parse_time(r.since_time); !r.since_time.empty() && t) out.since = *t;
    return out;
}

/// Why there is no log: in the words of the kubelet (1.36, `validateContainerLogStatus`).
[[nodiscard]] inline auto no_log(api::http::log_request const& r, kube::pod_status const& status)
    -> std::unexpected<error> {
    auto const of = "container \"" + r.container + "\" in pod \"" + r.pod + "\" ";
    if (r.previous)
        return fail(error_code::bad_request, "previous terminated container \"" + r.container +
                                                 "\" in pod \"" + r.pod + "\" not found");
    auto const* s = status_of(status.container_statuses, r.container);
    if (s == nullptr) s = status_of(status.init_container_statuses, r.container);
    if (s == nullptr) return fail(error_code::bad_request, of + "is not available");
    if (s->state.waiting)
        return fail(error_code::bad_request, of + "is waiting to start: " + s->state.waiting->reason);
    return fail(error_code::not_found, of + "has no log on this machine");
}

} // namespace detail

/// Reads logs below `root`, the `log_directory` of the agents. `client` is asked for the pod where there is
/// no log, and must outlive the source; `now` is called for `sinceSeconds`.
template <api::client Client, class Now>
[[nodiscard]] auto log_source(Client& client, std::string root, Now now) -> api::http::log_source {
    return [&client, root = std::move(root),
            now](api::http::log_request const& r) -> result<api::http::log_part> {
        auto const place = log_place{root, r.namespace_, r.pod, r.uid, r.container};
        auto const options = detail::log_options_of(r, now());
        auto which = std::optional<std::int32_t>();
        if (r.offset != 0) which = static_cast<std::int32_t>(r.offset >> detail::log_place_bits);
        else which = incarnation_of(place, r.previous);
        if (!which) {
            auto const pod = api::get<kube::pod>(client, {r.namespace_, r.pod});
            return detail::no_log(r, pod ? (*pod)->status : kube::pod_status());
        }
        auto const mask = (std::uint64_t{1} << detail::log_place_bits) - 1;
        if ((r.offset & mask) == mask) return api::http::log_part{{}, r.offset, true}; // its limit is reached
        auto reader = log_reader::open(place.file(*which), options);
        if (!reader) return std::unexpected(std::move(reader).error());
        if (r.offset != 0) reader->go_to(static_cast<std::int64_t>(r.offset & mask) - 1);
        auto out = api::http::log_part();
        auto const over = reader->finished(); // asked first: what was written before is read below
        out.text = reader->read(r.follow ? std::size_t{1} << 20U : std::size_t{1} << 30U);
        out.finished = over || reader->exhausted();
        auto const place_in_file =
            reader->exhausted() ? mask : static_cast<std::uint64_t>(reader->position()) + 1;
        out.next = static_cast<std::uint64_t>(*which) << detail::log_place_bits | place_in_file;
        return out;
    };
}

} // namespace berth::node
