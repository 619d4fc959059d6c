#pragma once

/// \file
/// `kubectl logs` from the files that the agents of a machine write: a source of logs for an HTTP front
/// (`api::http::log_source`), which it knows only by the shape of its requests.

#include <berth/api/client.hpp>
#include <berth/core/clock.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/node/logs.hpp>
#include <berth/node/pod_status.hpp>

#include <concepts>
#include <functional>
#include <string>
#include <utility>

namespace berth::node {

/// A part of a log; becomes any struct of the same members in the same order.
struct log_part {
    std::string text;
    std::uint64_t next = 0; ///< where the next part begins; not 0
    bool finished = true;   ///< nothing will be added any more

    template <class Part>
        requires std::is_aggregate_v<Part> && requires(Part p) {
            { p.text } -> std::same_as<std::string&>;
            { p.next } -> std::same_as<std::uint64_t&>;
            { p.finished } -> std::same_as<bool&>;
        }
    operator Part() && { // NOLINT: meant to be implicit
        return Part{std::move(text), next, finished};
    }
};

/// Reads logs below one folder, the `log_directory` of agents. Keeps nothing between calls: the offset of a
/// part says which file it is of and where it ends. Copies are alike, and may be called from several threads.
class log_service {
public:
    /// Without a client it cannot say why a container has no log yet, and says that it is being created.
    explicit log_service(std::string root) : root_(std::move(root)) {}

    /// Asks `client`, which must outlive the service, about containers that have no log.
    template <api::client Client>
    log_service(Client& client, std::string root)
        : root_(std::move(root)), status_([&client](object::key const& k) {
              auto const pod = api::get<kube::pod>(client, k);
              return pod ? (*pod)->status : kube::pod_status();
          }) {}

    /// What there is of a log now. Errors: `bad_request` if there is none, in the words of the kubelet (1.36,
    /// `validateContainerLogStatus`).
    template <class Request> auto operator()(Request const& r) const -> result<log_part> {
        constexpr auto mask = (std::uint64_t{1} << place_bits) - 1;
        auto const place = log_place{root_, r.namespace_, r.pod, r.uid, r.container};
        auto const restarts = r.offset != 0 ? std::optional(static_cast<std::int32_t>(r.offset >> place_bits))
                                            : incarnation_of(place, r.previous);
        if (!restarts) return no_log(r);
        if ((r.offset & mask) == mask) return log_part{{}, r.offset, true}; // its limit of bytes is reached
        auto reader = log_reader::open(place.file(*restarts), options_of(r));
        if (!reader) return std::unexpected(std::move(reader).error());
        if (r.offset != 0) reader->go_to(static_cast<std::int64_t>(r.offset & mask) - 1);
        auto out = log_part();
        out.finished = reader->finished(); // asked first: what was written before is read below
        out.text = reader->read(r.follow ? std::size_t{1} << 20U : std::size_t{1} << 30U);
        out.finished = out.finished || reader->exhausted();
        auto const at = reader->exhausted() ? mask : static_cast<std::uint64_t>(reader->position()) + 1;
        out.next = static_cast<std::uint64_t>(*restarts) << place_bits | at;
        return out;
    }

private:
    static constexpr auto place_bits = 40U; ///< an offset: the restart count above, the place plus one below

    template <class Request> static auto options_of(Request const& r) -> log_options {
        auto out =
            log_options{.tail_lines = r.tail_lines, .limit_bytes = r.limit_bytes, .timestamps = r.timestamps};
        if (r.since_seconds) out.since = system_clock{}.now() - seconds(*r.since_seconds);
        if (auto const t = object::parse_time(r.since_time); !r.since_time.empty() && t) out.since = *t;
        return out;
    }

    template <class Request> auto no_log(Request const& r) const -> std::unexpected<error> {
        auto const subject = "container \"" + r.container + "\" in pod \"" + r.pod + "\" ";
        if (r.previous) return fail(error_code::bad_request, "previous terminated " + subject + "not found");
        auto reason = std::string("ContainerCreating");
        auto const status = status_ ? status_({r.namespace_, r.pod}) : kube::pod_status();
        for (auto const* const list : {&status.container_statuses, &status.init_container_statuses})
            if (auto const* s = status_of(*list, r.container)) {
                if (!s->state.waiting)
                    return fail(error_code::bad_request, subject + "has no log on this machine");
                reason = s->state.waiting->reason;
            }
        return fail(error_code::bad_request, subject + "is waiting to start: " + reason);
    }

    std::string root_;
    std::function<kube::pod_status(object::key const&)> status_;
};

} // namespace berth::node
