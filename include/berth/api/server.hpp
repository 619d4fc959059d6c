#pragma once

/// \file
/// The reception desk: an API server in the process, over any versioned store.

#include <berth/api/admission.hpp>
#include <berth/api/check_schema.hpp>
#include <berth/api/client.hpp>
#include <berth/api/clock_function.hpp>
#include <berth/api/expiry.hpp>
#include <berth/api/identity.hpp>
#include <berth/api/object_store.hpp>
#include <berth/api/registry.hpp>
#include <berth/api/watcher.hpp>
#include <berth/core/config.hpp>

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::api {

/// What a server needs besides a store and kinds.
struct server_options {
    clock_function now;     ///< the clock
    std::uint64_t seed = 0; ///< of uids and generated names
    admission_chain admission;
    std::vector<lifetime> lifetimes = {}; ///< kinds whose objects go by themselves, on leases of the store
};

class local_client;

/// The API over a store: defaults, admission, validation, optimistic concurrency, generations, subresources,
/// finalizers, graceful deletion, watches, dry runs. Every operation is safe to call from several threads at
/// once; none waits for anything but the store. The store must outlive the server; the kinds may be changed
/// while it runs (`kinds().change`).
///
/// `as(somebody)` is a client for somebody. The server itself is one too (models `api::client`), for what it
/// does on its own account: as `system:apiserver`.
class server : public single_writes<server> {
public:
    using watch_type = watcher;

    /// Over a store of objects, or of their documents.
    template <stores_objects Store>
    server(Store& store, shared_registry const& kinds, server_options options)
        : server(objects_in(store, kinds), kinds, std::move(options)) {}

    /// A client that speaks for somebody. Cheap to copy; the server must outlive it.
    [[nodiscard]] auto as(identity who) -> local_client;

    [[nodiscard]] auto kinds() const -> shared_registry const& { return kinds_; }
    [[nodiscard]] auto now() const -> time_point { return options_.now(); }
    [[nodiscard]] auto changed() -> wake_signal&;
    [[nodiscard]] auto revision() const -> object::revision;
    /// Whether a write of objects of a kind may have to wait now for somebody whom admission calls
    /// (`admission::waits`).
    [[nodiscard]] auto may_wait(kind const& of) const -> bool;

    /// An object, or what one of its subresources shows of it. Errors: `not_found`; `future_revision` if the
    /// store has not come to the revision asked for.
    auto get(object::resource_name const& r, object::key const& k, get_options const& o) const
        -> result<object::object_ref>;

    /// Errors: `invalid`, `bad_request` for options; `expired`, `future_revision`.
    auto list(object::resource_name const& r, list_options const& o) const -> result<object_list>;

    /// Errors: `invalid`, `bad_request` for options; `expired`, `future_revision`.
    auto watch(object::resource_name const& r, watch_options const& o) -> result<watch_type>;

    /// Does writes on the server's own account; see `local_client::commit`.
    auto commit(std::span<write const> batch) -> std::vector<result<written>> {
        return commit(itself_, batch);
    }

    /// Does writes for somebody: each on its own, those of one object in their order. One round trip to the
    /// store to read what is written over, one to write; more only where others write the same objects at the
    /// same time. Errors, of each: `not_found`, `already_exists`, `conflict`, `invalid`, `bad_request`, what
    /// admission says; `unavailable`, `timeout` of the store.
    auto commit(identity const& who, std::span<write const> batch) -> std::vector<result<written>>;

    server(server const&) = delete;
    auto operator=(server const&) -> server& = delete;
    ~server();

private:
    server(object_store&& store, shared_registry kinds, server_options options);

    /// What admission, actions and reviews may see.
    auto world_of(registry const& known, time_point time) const -> admission_world;

    /// The same, and what they may write.
    auto writable_world_of(registry const& known, time_point time) -> admission_world;

    static auto expiry_of(server_options const& o) -> std::unique_ptr<expiry_leases>;
    static auto reads_of(admission_chain const& chain) -> std::vector<object::resource_name const*>;

    auto read(registry const& known, kind const& k, object::key const& where) const
        -> result<object::object_ref>;
    /// What there is of a kind that is not stored.
    auto present(registry const& known, kind const& k) const -> result<std::vector<object::any_object>>;
    auto list_present(registry const& known, kind const& k, std::string const& space,
                      selection const& chosen) const -> result<object_list>;

    /// What the server writes with.
    struct parts;

    shared_registry kinds_;
    server_options options_;
    identity itself_ = server_identity();
    std::unique_ptr<parts> parts_;
};

/// A client of a server in the same process that speaks for somebody: a handle, cheap to copy. Models
/// `api::client`. The server must outlive it.
class local_client : public single_writes<local_client> {
public:
    using watch_type = watcher;

    local_client(server& to, identity who)
        : local_client(to, std::make_shared<identity const>(std::move(who))) {}
    /// Shares an identity with others.
    local_client(server& to, std::shared_ptr<identity const> who) : server_(&to), who_(std::move(who)) {}

    [[nodiscard]] auto who() const -> identity const& { return *who_; }

    auto get(object::resource_name const& r, object::key const& k, get_options const& o) const
        -> result<object::object_ref> {
        return server_->get(r, k, o);
    }
    auto list(object::resource_name const& r, list_options const& o) const -> result<object_list> {
        return server_->list(r, o);
    }
    auto watch(object::resource_name const& r, watch_options const& o) const -> result<watch_type> {
        return server_->watch(r, o);
    }
    /// See `server::commit`.
    auto commit(std::span<write const> batch) const -> std::vector<result<written>> {
        return server_->commit(*who_, batch);
    }
    [[nodiscard]] auto changed() const -> wake_signal& { return server_->changed(); }

private:
    server* server_;
    std::shared_ptr<identity const> who_;
};

inline auto server::as(identity who) -> local_client { return {*this, std::move(who)}; }

static_assert(client<server>);
static_assert(client<local_client>);

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/server.ipp>
#endif
