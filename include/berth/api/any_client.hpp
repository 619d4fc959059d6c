#pragma once

/// \file
/// A client that is chosen at run time: any model of `api::client`, erased.

#include <berth/api/client.hpp>

#include <concepts>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::api {

/// An open watch of any client; models `watch_stream`. One allocation when it is opened, one indirect call
/// per event. After it was moved from, it can only be assigned to or destroyed.
class any_watch {
public:
    template <class W>
        requires(!std::same_as<std::remove_cvref_t<W>, any_watch> && watch_stream<W>)
    explicit any_watch(W watch)
        : watch_(new W(std::move(watch)), [](void* w) { delete static_cast<W*>(w); }),
          next_([](void* w) { return static_cast<W*>(w)->next(); }),
          on_wake_([](void* w, waker who) { static_cast<W*>(w)->on_wake(who); }),
          progress_([](void const* w) -> object::revision {
              if constexpr (requires(W const& told) { told.progress(); })
                  return static_cast<W const*>(w)->progress();
              else return 0;
          }) {}

    [[nodiscard]] auto next() -> result<std::optional<watch_event>> { return next_(watch_.get()); }
    auto on_wake(waker who) -> void { on_wake_(watch_.get(), who); }
    /// How far it has come, where it has told all there is; 0 if it cannot tell.
    [[nodiscard]] auto progress() const -> object::revision { return progress_(watch_.get()); }

private:
    std::unique_ptr<void, void (*)(void*)> watch_;
    auto (*next_)(void*) -> result<std::optional<watch_event>>;
    auto (*on_wake_)(void*, waker) -> void;
    auto (*progress_)(void const*) -> object::revision;
};
static_assert(watch_stream<any_watch>);

namespace detail {

struct client_table;

/// An erased client: its functions, and who keeps it.
struct erased_client {
    client_table const* table;
    std::shared_ptr<void> client;
};

/// The functions of an erased client.
struct client_table {
    auto (*get)(void*, object::resource_name const&, object::key const&, get_options const&)
        -> result<object::object_ref>;
    auto (*list)(void*, object::resource_name const&, list_options const&) -> result<object_list>;
    auto (*watch)(void*, object::resource_name const&, watch_options const&) -> result<any_watch>;
    auto (*commit)(void*, std::span<write const>) -> std::vector<result<written>>;
    auto (*changed)(void*) -> wake_signal&;
    auto (*metadata_only)(void*) -> erased_client; ///< null: it cannot be asked for less
};

/// Clients that can be asked for no more of objects than their metadata.
template <class C>
concept can_be_lean = requires(C const& c) {
    { c.metadata_only() } -> client;
};
template <class C> constexpr auto ask_lean() -> erased_client (*)(void*);

template <client C> inline constexpr client_table client_table_of = {
    .get = [](void* c, auto const&... a) { return static_cast<C*>(c)->get(a...); },
    .list = [](void* c, auto const&... a) { return static_cast<C*>(c)->list(a...); },
    .watch = [](void* c, auto const&... a) -> result<any_watch> {
        auto opened = static_cast<C*>(c)->watch(a...);
        if (!opened) return std::unexpected(std::move(opened).error());
        return any_watch(*std::move(opened));
    },
    .commit = [](void* c, std::span<write const> batch) { return static_cast<C*>(c)->commit(batch); },
    .changed = [](void* c) -> wake_signal& { return static_cast<C*>(c)->changed(); },
    .metadata_only = ask_lean<C>(),
};

template <class C> constexpr auto ask_lean() -> erased_client (*)(void*) {
    if constexpr (can_be_lean<C>) {
        using lean = std::remove_cvref_t<decltype(std::declval<C const&>().metadata_only())>;
        return [](void* c) {
            return erased_client{&client_table_of<lean>,
                                 std::make_shared<lean>(static_cast<C const*>(c)->metadata_only())};
        };
    } else {
        return nullptr;
    }
}

} // namespace detail

/// Any client, in process or over a network, as a configuration says. Models `client`, answers like what it
/// holds, and costs one indirect call per request (a batch is one). Copies speak through the same client.
///
///     auto c = any_client(server);                  // refers to the server, which must outlive it
///     auto d = any_client(server.as(somebody));     // takes the handle over, and shares it with its copies
class any_client : public single_writes<any_client> {
public:
    using watch_type = any_watch;

    /// Refers to a client, which must outlive this one and its copies.
    template <class C>
        requires(!std::same_as<std::remove_const_t<C>, any_client> && client<C>)
    any_client(C& refers_to) // NOLINT(google-explicit-constructor): a client is an any_client
        : table_(&detail::client_table_of<C>), client_(std::shared_ptr<void>(), &refers_to) {}
    /// Takes a client over.
    template <class C>
        requires(!std::is_lvalue_reference_v<C> && !std::same_as<std::remove_const_t<C>, any_client> &&
                 client<C>)
    any_client(C&& takes) // NOLINT(google-explicit-constructor)
        : table_(&detail::client_table_of<C>), client_(std::make_shared<C>(std::move(takes))) {}
    /// Shares a client.
    template <client C>
    explicit any_client(std::shared_ptr<C> shares)
        : table_(&detail::client_table_of<C>), client_(std::move(shares)) {}

    auto get(object::resource_name const& r, object::key const& k, get_options const& o) const
        -> result<object::object_ref> {
        return table_->get(client_.get(), r, k, o);
    }
    auto list(object::resource_name const& r, list_options const& o) const -> result<object_list> {
        return table_->list(client_.get(), r, o);
    }
    auto watch(object::resource_name const& r, watch_options const& o) const -> result<watch_type> {
        return table_->watch(client_.get(), r, o);
    }
    auto commit(std::span<write const> batch) const -> std::vector<result<written>> {
        return table_->commit(client_.get(), batch);
    }
    [[nodiscard]] auto changed() const -> wake_signal& { return table_->changed(client_.get()); }

    /// The same API, asked for no more of objects than their metadata, if the client can do that
    /// (`http::remote::metadata_only`).
    [[nodiscard]] auto metadata_only() const -> std::optional<any_client> {
        if (table_->metadata_only == nullptr) return std::nullopt;
        auto out = *this;
        auto lean = table_->metadata_only(client_.get());
        out.table_ = lean.table;
        out.client_ = std::move(lean.client);
        return out;
    }

private:
    detail::client_table const* table_;
    std::shared_ptr<void> client_;
};
static_assert(client<any_client>);

} // namespace berth::api
