#pragma once

/// \file
/// A client whose writes are made under a leadership.

#include <berth/api/any_client.hpp>
#include <berth/api/fence.hpp>
#include <berth/core/config.hpp>

#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace berth::api {

/// A client that puts a leadership on every write (see `fence`). Reads pass as they are. Models `client`.
///
///     auto writes = fenced_client(server, [&] { return election.fence(); });
///
/// The leadership is that of the moment at which a write is handed over, unless the write says under which it
/// is made. Whoever decides slowly takes it before deciding, and gives that one:
/// `fenced_client(server, election.fence())`.
class fenced_client : public single_writes<fenced_client> {
public:
    using watch_type = any_watch;
    using source = std::function<shared_fence()>;

    /// Under whatever leadership `now` tells, from any thread; where it tells none, writes are refused
    /// (`conflict`, see `leadership_over`) and not sent.
    fenced_client(any_client client, source now) : client_(std::move(client)), source_(std::move(now)) {}
    /// Under one leadership; null: writes pass as they are.
    fenced_client(any_client client, shared_fence f) : client_(std::move(client)), fence_(std::move(f)) {}

    auto get(object::resource_name const& r, object::key const& k, get_options const& o) const
        -> result<object::object_ref> {
        return client_.get(r, k, o);
    }
    auto list(object::resource_name const& r, list_options const& o) const -> result<object_list> {
        return client_.list(r, o);
    }
    auto watch(object::resource_name const& r, watch_options const& o) const -> result<watch_type> {
        return client_.watch(r, o);
    }
    auto commit(std::span<write const> batch) const -> std::vector<result<written>>;
    [[nodiscard]] auto changed() const -> wake_signal& { return client_.changed(); }

private:
    any_client client_;
    source source_;
    shared_fence fence_;
};
static_assert(client<fenced_client>);

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/fenced_client.ipp>
#endif
