#pragma once

/// \file
/// What is known of several kinds (`world`), and a view of it at a moment (`snapshot`): all that a controller
/// sees.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/reconcile/table.hpp>

#include <deque>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <utility>

namespace berth::reconcile {

class snapshot;

/// Tables of objects, one per kind. Caches fill it; a test makes one of values:
///
///     auto const w = world{make_deployment("web"), make_pod("web-1")};
///     CHECK(controller.reconcile(w.at(now), {"default", "web"}) == plan{}.remove(...));
///
/// The tables are not synchronized by themselves; `mutex()` is held by snapshots (shared) and caches (alone).
class world {
public:
    world() = default;
    /// A world of these objects; their revisions count from 1. Kinds of which there is no object are unknown
    /// to it until `follow` names them.
    template <object::kind_type... Ts>
        requires(sizeof...(Ts) > 0)
    explicit world(Ts... values) {
        (add(object::any_object(std::move(values))), ...);
    }

    /// The table of a kind, made first if need be. Tables keep their place.
    auto follow(object::type_info const& type) -> table&;
    template <object::kind_type T> auto follow() -> table& { return follow(object::type_of<T>()); }

    /// The table of a kind, or null.
    [[nodiscard]] auto find(object::type_info const& type) const -> table const*;
    [[nodiscard]] auto find(object::type_info const& type) -> table* {
        return const_cast<table*>(std::as_const(*this).find(type));
    }
    [[nodiscard]] auto find(object::resource_name const& r) const -> table const*;

    [[nodiscard]] auto tables() const -> std::deque<table> const& { return tables_; }
    [[nodiscard]] auto tables() -> std::deque<table>& { return tables_; }

    /// Adds or replaces an object, at the next revision.
    auto add(object::any_object o) -> object::object_ref;
    template <object::kind_type T> auto add(T value) -> object::stored<T> {
        return object::stored<T>(add(object::any_object(std::move(value))));
    }
    /// The revision that `add` gave last.
    [[nodiscard]] auto revision() const -> object::revision { return revision_; }
    /// The next revision, for a change that leaves no object behind.
    auto advance() -> object::revision { return ++revision_; }

    /// A view at a moment. Holds the mutex (shared) as long as it lives.
    [[nodiscard]] auto at(time_point now, std::span<failure const> failures = {}) const -> snapshot;

    [[nodiscard]] auto mutex() const -> std::shared_mutex& { return mutex_; }

private:
    std::deque<table> tables_;
    object::revision revision_ = 0;
    mutable std::shared_mutex mutex_;
};

/// A read-only view of a world at a moment: the only thing, besides the key, that a reconcile function may
/// look at. What it hands out is valid as long as it lives. For use by one thread.
class snapshot {
public:
    /// A view that holds no lock, for who holds it already.
    snapshot(world const& w, time_point now, std::span<failure const> failures = {})
        : world_(&w), now_(now), failures_(failures) {}
    snapshot(world const& w, time_point now, std::span<failure const> failures,
             std::shared_lock<std::shared_mutex> lock)
        : world_(&w), now_(now), failures_(failures), lock_(std::move(lock)) {}

    [[nodiscard]] auto now() const -> time_point { return now_; }

    /// The steps of the last plan for the same key that did not succeed; empty after a success. This is how a
    /// controller writes a condition such as `ReplicaFailure`.
    [[nodiscard]] auto failures() const -> std::span<failure const> { return failures_; }

    /// The object of this name; false if there is none.
    template <object::kind_type T> [[nodiscard]] auto get(key const& k) const -> seen<T> {
        auto const* t = table_of(object::type_of<T>());
        return seen<T>(t == nullptr ? nullptr : t->find(k));
    }
    template <object::kind_type T>
    [[nodiscard]] auto get(std::string_view namespace_, std::string_view name) const -> seen<T> {
        auto const* t = table_of(object::type_of<T>());
        return seen<T>(t == nullptr ? nullptr : t->find(namespace_, name));
    }

    /// All objects of a kind.
    template <object::kind_type T> [[nodiscard]] auto all() const -> objects<T> {
        auto const* t = table_of(object::type_of<T>());
        return t == nullptr ? objects<T>() : t->template all<T>();
    }
    /// Those in a namespace.
    template <object::kind_type T> [[nodiscard]] auto all_in(std::string_view namespace_) const
        -> objects<T> {
        return where<T>(by_namespace, namespace_);
    }
    /// Those with a value in a named index. The controller declares its indexes.
    template <object::kind_type T>
    [[nodiscard]] auto where(std::string_view index_name, std::string_view value) const -> objects<T> {
        auto const* t = table_of(object::type_of<T>());
        if (t == nullptr) return {};
        if (!t->has_index(index_name)) undeclared_index_ = index_name;
        return t->template where<T>(index_name, value);
    }
    /// Those whose controlling owner has this uid.
    template <object::kind_type T> [[nodiscard]] auto owned_by(std::string_view uid) const -> objects<T> {
        return where<T>(by_controller, uid);
    }
    template <object::kind_type T, object::kind_type Owner>
    [[nodiscard]] auto owned_by(seen<Owner> owner) const -> objects<T> {
        return owned_by<T>(owner->metadata.uid);
    }

    /// The table of a kind, its types erased, or null.
    [[nodiscard]] auto table_of(object::type_info const& type) const -> table const*;

    /// Only these kinds may be looked at; none means all that the world knows. The loop sets what its
    /// controller declares.
    auto restrict_to(std::span<object::type_info const* const> kinds) -> void { declared_ = kinds; }
    /// A kind that was asked for and is not followed, or not declared; null if there was none. It reads as
    /// empty, which no controller may act upon: the loop refuses the plan.
    [[nodiscard]] auto undeclared() const -> object::resource_name const* { return undeclared_; }
    /// An index that was asked for and does not exist; empty if there was none.
    [[nodiscard]] auto undeclared_index() const -> std::string_view { return undeclared_index_; }

private:
    world const* world_;
    time_point now_;
    std::span<failure const> failures_;
    std::span<object::type_info const* const> declared_;
    std::shared_lock<std::shared_mutex> lock_;
    mutable object::resource_name const* undeclared_ = nullptr;
    mutable std::string_view undeclared_index_;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/world.ipp>
#endif
