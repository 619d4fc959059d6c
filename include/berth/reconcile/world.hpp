#pragma once

/// \file
/// What is known of several kinds (`world`), and a view of it at a moment (`snapshot`): all that a controller
/// sees.

#include <berth/core/config.hpp>
#include <berth/core/time.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/reconcile/table.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::reconcile {

class snapshot;

namespace detail {

/// The tables of a world as they were at a moment: copies, which share with the tables what has not changed.
class frozen_tables {
public:
    explicit frozen_tables(std::deque<table>& of) {
        for (auto& t : of) all_.push_back({&t.type(), t.keep()});
    }

    [[nodiscard]] auto find(object::type_info const& type) const -> table const* {
        for (auto const& frozen : all_)
            if (frozen.type == &type) return frozen.table.get();
        return nullptr;
    }
    /// Whether the tables have not changed since.
    [[nodiscard]] auto are_still(std::deque<table> const& now) const -> bool {
        auto same = all_.size() == now.size();
        for (std::size_t i = 0; same && i < all_.size(); ++i) same = now[i].is_kept_as(all_[i].table.get());
        return same;
    }

private:
    struct frozen_table {
        object::type_info const* type;
        std::shared_ptr<reconcile::table const> table;
    };

    std::vector<frozen_table> all_;
};

} // namespace detail

/// Tables of objects, one per kind. Caches fill it; a test makes one of values:
///
///     auto const w = world{make_deployment("web"), make_pod("web-1")};
///     CHECK(controller.reconcile(w.at(now), {"default", "web"}) == plan{}.remove(...));
///
/// The tables are not synchronized by themselves; `mutex()` is held (shared) while a snapshot is taken, and
/// by caches (alone) while they write.
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

    /// A view at a moment, which stays as it is. Takes the mutex for as long as it takes to copy a pointer,
    /// or, after a change, some pointers per kind.
    [[nodiscard]] auto at(time_point now, std::span<failure const> failures = {}) const -> snapshot;

    /// Lets go of the last view, so that what is about to be written need not be copied if nobody looks.
    /// Takes the mutex.
    auto forget_view() -> void;

    [[nodiscard]] auto mutex() const -> std::shared_mutex& { return mutex_; }

private:
    mutable std::deque<table> tables_; ///< `at` lets them keep a copy
    object::revision revision_ = 0;
    mutable std::shared_mutex mutex_;
    mutable std::shared_ptr<detail::frozen_tables const> last_view_;
};

/// A read-only view of a world at a moment: the only thing, besides the key, that a reconcile function may
/// look at. A value: it holds no lock, and what happens to the world meanwhile is not seen in it. What it
/// hands out is valid as long as it, or a copy of it, lives. For use by one thread.
class snapshot {
public:
    /// A view of a world that stands still as long as the view lives, since its owner sees to that.
    snapshot(world const& w, time_point now, std::span<failure const> failures = {})
        : world_(&w), now_(now), failures_(failures) {}
    snapshot(std::shared_ptr<detail::frozen_tables const> tables, time_point now,
             std::span<failure const> failures)
        : frozen_(std::move(tables)), now_(now), failures_(failures) {}

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
    world const* world_ = nullptr;
    std::shared_ptr<detail::frozen_tables const> frozen_; ///< in place of a world
    time_point now_;
    std::span<failure const> failures_;
    std::span<object::type_info const* const> declared_;
    mutable object::resource_name const* undeclared_ = nullptr;
    mutable std::string_view undeclared_index_;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/world.ipp>
#endif
