#pragma once

/// \file
/// The client concept: how controllers, schedulers and agents speak to an API, in process or over a network.

#include <berth/api/options.hpp>
#include <berth/api/write.hpp>
#include <berth/core/config.hpp>
#include <berth/core/step.hpp>

#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::api {

/// An open watch: a pull cursor. `next` answers an event, nothing yet, or an error after which the watch is
/// over
/// (`expired`: list again; anything else: watch again from the last revision).
///
/// `on_wake(waker)` takes the place of the waker it had, which brings the owner back when there may be
/// something new after `next` answered nothing; it may be called at once, and more often than needed. An
/// empty waker ends the calls, as does the end of the watch, and none is under way afterwards. It must not
/// call the watch.
template <class W>
concept watch_stream = std::movable<W> && requires(W& w) {
    { w.next() } -> std::same_as<result<std::optional<watch_event>>>;
    w.on_wake(waker{});
};

/// The reception desk as its clients see it. Kinds are named by their `resource_name`; objects travel as
/// shared immutable handles, so that an in-process client serializes nothing. A client speaks for somebody:
/// its identity comes with the handle, and callers' code does not know of it.
///
/// Minimal definition:
/// * `get`, `list`, `watch`: see the free functions below for typed ones;
/// * `commit(writes)`: does the writes, each on its own, those of one object in their order; one answer each.
///   A batch costs about as many round trips as one write, which is why it is the primitive: single writes
///   (`create`, `update`, `patch_object`, `apply`, `remove`, `act` below, and the members of `single_writes`)
///   follow;
/// * `changed()`: notified whenever an open watch of this client may have something new.
/// All are safe to call from several threads at once.
///
/// Laws (`api/laws.hpp` checks them): what a write answers is what a read then gives (same revision); a watch
/// from the revision of a list tells every later change of that list once and in order; a refused write
/// changes nothing, and nothing of the others in its batch; a dry run changes nothing.
/// Models: `api::server`, `api::local_client`, `any_client`, `http::remote`.
template <class C>
concept client =
    requires(C& c, object::resource_name const& r, object::key const& k, std::span<write const> batch) {
        requires watch_stream<typename C::watch_type>;
        { c.get(r, k, get_options{}) } -> std::same_as<result<object::object_ref>>;
        { c.list(r, list_options{}) } -> std::same_as<result<object_list>>;
        { c.watch(r, watch_options{}) } -> std::same_as<result<typename C::watch_type>>;
        { c.commit(batch) } -> std::same_as<std::vector<result<written>>>;
        { c.changed() } -> std::same_as<wake_signal&>;
    };

namespace detail {

BERTH_DECL auto only_one(std::vector<result<written>> answers) -> result<written>;

/// A deletion of each object of a list.
BERTH_DECL auto deletions_of(object_list const& all, object::resource_name const& r, delete_options const& o)
    -> std::vector<write>;

/// The first error among answers that is not that something was gone already.
BERTH_DECL auto first_error(std::vector<result<written>> answers) -> result<void>;

} // namespace detail

/// One write.
template <client C> [[nodiscard]] auto commit_one(C& c, write const& w) -> result<written> {
    return detail::only_one(c.commit(std::span<write const>(&w, 1)));
}

namespace detail {

BERTH_DECL auto object_of(result<written> done) -> result<object::object_ref>;

BERTH_DECL auto deletion_of(result<written> done) -> result<deletion>;

BERTH_DECL auto written_of(result<object::object_ref> done, bool created = false) -> result<written>;
auto single_write(auto& c, create_request const& r) -> result<written> {
    return written_of(c.create(r.object, r.options), true);
}
auto single_write(auto& c, update_request const& r) -> result<written> {
    return written_of(c.update(r.object, r.options));
}
auto single_write(auto& c, patch_request const& r) -> result<written> {
    return written_of(c.patch(*r.resource, r.where, r.patch, r.options));
}
auto single_write(auto& c, apply_request const& r) -> result<written> {
    if constexpr (requires { c.apply(*r.resource, r.where, r.body, r.options); })
        return written_of(c.apply(*r.resource, r.where, r.body, r.options));
    else return fail(error_code::unsupported_media_type, "server-side apply is not supported");
}
auto single_write(auto& c, remove_request const& r) -> result<written> {
    auto done = c.remove(*r.resource, r.where, r.options);
    if (!done) return std::unexpected(std::move(done).error());
    return written{.object = std::move(done->object), .gone = done->gone};
}
auto single_write(auto& c, act_request const& r) -> result<written> {
    return written_of(c.act(*r.resource, r.where, r.subresource, r.body, r.options));
}

template <object::kind_type T> auto typed(result<object::object_ref> r) -> result<object::stored<T>> {
    if (!r) return std::unexpected(std::move(r).error());
    return object::stored<T>(*std::move(r));
}

} // namespace detail

/// Reads an object. Errors: `not_found`.
template <object::kind_type T, client C> auto get(C& c, object::key const& k) -> result<object::stored<T>> {
    return detail::typed<T>(c.get(T::resource, k, get_options{}));
}

/// Lists the objects of a kind.
template <object::kind_type T, client C>
auto list(C& c, list_options const& options = {}) -> result<std::vector<object::stored<T>>> {
    auto page = c.list(T::resource, options);
    if (!page) return std::unexpected(std::move(page).error());
    auto out = std::vector<object::stored<T>>();
    out.reserve(page->items.size());
    for (auto& item : page->items) out.emplace_back(std::move(item));
    return out;
}

/// Creates an object. Errors: `already_exists`, `invalid`, what admission refuses.
template <client C>
auto create(C& c, object::any_object object, create_options const& options = {})
    -> result<object::object_ref> {
    return detail::object_of(commit_one(c, create_request{std::move(object), options}));
}
template <object::kind_type T, client C>
auto create(C& c, T object, create_options const& options = {}) -> result<object::stored<T>> {
    return detail::typed<T>(api::create(c, object::any_object(std::move(object)), options));
}

/// Writes an object if `options.expected` is still its revision (0: the object's `resource_version` decides,
/// and without one it is overwritten). Errors: `conflict`, `invalid`, `not_found`.
template <client C>
auto update(C& c, object::any_object object, update_options const& options) -> result<object::object_ref> {
    return detail::object_of(commit_one(c, update_request{std::move(object), options}));
}
template <object::kind_type T, client C>
auto update(C& c, T object, object::revision expected, std::string_view subresource = {})
    -> result<object::stored<T>> {
    auto options = update_options{};
    options.subresource = subresource;
    options.expected = expected;
    return detail::typed<T>(api::update(c, object::any_object(std::move(object)), options));
}

/// Changes an object as a patch says. Errors: as `update`, and `bad_request` for the patch.
template <client C>
auto patch_object(C& c, object::resource_name const& r, object::key const& k, patch p,
                  patch_options const& options = {}) -> result<object::object_ref> {
    return detail::object_of(commit_one(c, patch_request{&r, k, std::move(p), options}));
}

/// Server-side apply of a JSON text. Errors: as `patch`; `conflict` with another owner of a field.
template <client C>
auto apply(C& c, object::resource_name const& r, object::key const& k, std::string body,
           patch_options const& options = {}) -> result<object::object_ref> {
    return detail::object_of(commit_one(c, apply_request{&r, k, std::move(body), options}));
}

/// Deletes an object. Errors: `not_found`, `conflict` with a precondition.
template <client C>
auto remove(C& c, object::resource_name const& r, object::key const& k, delete_options const& options = {})
    -> result<deletion> {
    return detail::deletion_of(commit_one(c, remove_request{&r, k, options}));
}
template <object::kind_type T, client C>
auto remove(C& c, object::key const& k, delete_options const& options = {}) -> result<deletion> {
    return api::remove(c, T::resource, k, options);
}

/// Posts a body to a subresource that is an action. Errors: those of the action; `not_found`.
template <client C>
auto act(C& c, object::resource_name const& r, object::key const& k, std::string_view subresource,
         object::any_object body, create_options const& options = {}) -> result<object::object_ref> {
    return detail::object_of(
        commit_one(c, act_request{&r, k, std::string(subresource), std::move(body), options}));
}

/// Deletes what a list gives; answers what was there. Errors: those of the list, and the first one of a
/// deletion.
template <client C>
auto remove_collection(C& c, object::resource_name const& r, list_options const& which,
                       delete_options const& o) -> result<object_list> {
    auto found = c.list(r, which);
    if (!found) return found;
    auto gone = detail::first_error(c.commit(detail::deletions_of(*found, r, o)));
    if (!gone) return std::unexpected(std::move(gone).error());
    return found;
}

/// The single writes as members, for models of `client`: `class mine : public single_writes<mine>`.
template <class Self> class single_writes {
public:
    auto create(object::any_object x, create_options const& o) const -> result<object::object_ref> {
        return api::create(self(), std::move(x), o);
    }
    auto update(object::any_object x, update_options const& o) const -> result<object::object_ref> {
        return api::update(self(), std::move(x), o);
    }
    auto patch(object::resource_name const& r, object::key const& k, api::patch p,
               patch_options const& o) const -> result<object::object_ref> {
        return api::patch_object(self(), r, k, std::move(p), o);
    }
    auto apply(object::resource_name const& r, object::key const& k, std::string body,
               patch_options const& o) const -> result<object::object_ref> {
        return api::apply(self(), r, k, std::move(body), o);
    }
    auto remove(object::resource_name const& r, object::key const& k, delete_options const& o) const
        -> result<deletion> {
        return api::remove(self(), r, k, o);
    }
    auto act(object::resource_name const& r, object::key const& k, std::string_view subresource,
             object::any_object body, create_options const& o) const -> result<object::object_ref> {
        return api::act(self(), r, k, subresource, std::move(body), o);
    }

private:
    friend Self;
    single_writes() = default;

    auto self() const -> Self& { return const_cast<Self&>(static_cast<Self const&>(*this)); }
};

/// A batch as single writes in order, for clients that have nothing better: `single.create(object, options)`
/// and the other members that `single_writes` has.
template <class Single> auto one_by_one(Single& single, std::span<write const> batch)
    -> std::vector<result<written>> {
    auto out = std::vector<result<written>>();
    out.reserve(batch.size());
    for (auto const& w : batch)
        out.push_back(std::visit([&](auto const& r) { return detail::single_write(single, r); }, w));
    return out;
}

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/client.ipp>
#endif
