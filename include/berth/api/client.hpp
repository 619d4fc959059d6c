#pragma once

/// \file
/// The client concept: how controllers, schedulers and agents speak to an API, in process or over a network.

#include <berth/api/options.hpp>
#include <berth/core/step.hpp>

#include <concepts>
#include <memory>
#include <utility>

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
/// shared immutable handles, so that an in-process client serializes nothing. The free functions below add
/// types.
///
/// Minimal definition: the eight operations. All are safe to call from several threads at once.
/// Laws: what a write answers is what a read then gives (same revision); a watch from the revision of a list
/// tells every later change of that list once and in order; a refused write changes nothing.
/// Models: `api::server<Store>`, `http::remote`.
template <class C>
concept client = requires(C& c, object::resource_name const& r, object::key const& k, object::any_object o) {
    requires watch_stream<typename C::watch_type>;
    { c.get(r, k, get_options{}) } -> std::same_as<result<object::object_ref>>;
    { c.list(r, list_options{}) } -> std::same_as<result<object_list>>;
    { c.watch(r, watch_options{}) } -> std::same_as<result<typename C::watch_type>>;
    { c.create(o, create_options{}) } -> std::same_as<result<object::object_ref>>;
    { c.update(o, update_options{}) } -> std::same_as<result<object::object_ref>>;
    { c.patch(r, k, patch{}, patch_options{}) } -> std::same_as<result<object::object_ref>>;
    { c.remove(r, k, delete_options{}) } -> std::same_as<result<deletion>>;
    /// A subresource that is an action: `binding`, `eviction`. The body is an object of the subresource's
    /// kind.
    { c.act(r, k, std::string_view{}, o, create_options{}) } -> std::same_as<result<object::object_ref>>;
    /// Called whenever anything may have changed; whoever has a watch is better served by its `on_wake`.
    { c.changed() } -> std::same_as<signal&>;
};

namespace detail {

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
template <object::kind_type T, client C>
auto create(C& c, T object, create_options const& options = {}) -> result<object::stored<T>> {
    return detail::typed<T>(c.create(object::any_object(std::move(object)), options));
}

/// Writes an object if `expected` is still its revision (0: unconditionally). Errors: `conflict`, `invalid`.
template <object::kind_type T, client C>
auto update(C& c, T object, object::revision expected, std::string_view subresource = {})
    -> result<object::stored<T>> {
    auto options = update_options{};
    options.subresource = subresource;
    options.expected = expected;
    return detail::typed<T>(c.update(object::any_object(std::move(object)), options));
}

/// Deletes an object. Errors: `not_found`, `conflict` with a precondition.
template <object::kind_type T, client C>
auto remove(C& c, object::key const& k, delete_options const& options = {}) -> result<deletion> {
    return c.remove(T::resource, k, options);
}

} // namespace berth::api
