#pragma once

/// \file
/// A client of any Kubernetes-style API over HTTP: what controllers, schedulers and agents speak to when the
/// API is in another process.

#include <berth/api/client.hpp>
#include <berth/api/http/detail/remote_desk.hpp>
#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/core/net/tls_files.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::api::http {

/// An open watch of a `remote`: events come as lines of JSON on a connection of its own. `next` reads what
/// has arrived and does not wait.
class remote_watch {
public:
    remote_watch(std::shared_ptr<detail::remote_desk> desk, detail::remote_stream stream)
        : desk_(std::move(desk)), stream_(std::move(stream)) {}

    /// See `watch_stream`. Errors: `expired`; `unavailable` when the server has ended the watch or cannot be
    /// reached any more; `internal` for what is no event.
    auto next() -> result<std::optional<watch_event>> { return stream_.next(*desk_); }
    auto on_wake(waker w) -> void { stream_.on_wake(w); }

private:
    std::shared_ptr<detail::remote_desk> desk_;
    detail::remote_stream stream_;
};

/// Speaks to an API server over HTTP/1.1, in JSON; models `api::client`. Copies speak through the same
/// connections, and any number of threads may use them.
///
///     auto server = http::remote::connect(kinds, {.url = "http://127.0.0.1:8001"});
///     if (server) reconcile::manager(my_controller()).run({.client = *server});
///
/// It speaks of the kinds of a registry only: their types say how objects are read. A batch of writes is sent
/// ahead on one connection. What only reads is tried again on another connection; a write that may have been
/// done is not, and is told as `timeout`.
class remote : public single_writes<remote> {
public:
    using watch_type = remote_watch;

    /// Nothing is sent yet. Errors: `bad_request` for the URL or for files that TLS needs.
    [[nodiscard]] static auto connect(shared_registry kinds, remote_options options) -> result<remote>;

    auto get(object::resource_name const& r, object::key const& k, get_options const& o) const
        -> result<object::object_ref>;
    auto list(object::resource_name const& r, list_options const& o) const -> result<object_list>;
    auto watch(object::resource_name const& r, watch_options const& o) const -> result<watch_type>;
    auto commit(std::span<write const> batch) const -> std::vector<result<written>>;
    [[nodiscard]] auto changed() const -> wake_signal& { return desk_->changed(); }

    /// The same server, asked for no more of objects than their metadata: everything else of what `get`,
    /// `list` and `watch` answer is zero. For caches that keep nothing else, so that whole objects do not
    /// travel:
    ///
    ///     reconcile::cache<kube::pod>(server.metadata_only(), {}, {.transform = reconcile::keep_metadata()})
    [[nodiscard]] auto metadata_only() const -> remote {
        auto out = *this;
        out.metadata_only_ = true;
        return out;
    }

    /// Where it is.
    [[nodiscard]] auto url() const -> std::string const& { return desk_->url(); }

private:
    explicit remote(std::shared_ptr<detail::remote_desk> desk) : desk_(std::move(desk)) {}

    std::shared_ptr<detail::remote_desk> desk_;
    bool metadata_only_ = false;
};
static_assert(client<remote>);

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/remote.ipp>
#endif
