#pragma once

/// \file
/// Who belongs to whom among objects of all kinds: what the garbage collector knows (kubernetes 1.36,
/// `pkg/controller/garbagecollector/graph.go`, `graph_builder.go`). Changes go in, and it says which objects
/// are worth a look.

#include <berth/api/lifecycle.hpp>
#include <berth/core/config.hpp>
#include <berth/reconcile/change.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace berth::kube {

/// An object as the garbage collector sees it.
struct owned_object {
    object::resource_name const* resource = nullptr;
    object::key where;
    std::string uid;
    object::list<object::owner_reference> owners;
    bool deleting = false;
    bool deletes_dependents = false; ///< it is being deleted in the foreground: after its dependents
    bool orphans_dependents = false; ///< it is being deleted, and its dependents are to stay

    [[nodiscard]] auto blocks(std::string_view owner) const -> bool;
};

/// The objects that have been seen, their owners and their dependents, by uid.
class ownership_graph {
public:
    ownership_graph() = default;
    ownership_graph(ownership_graph&&) = default;
    auto operator=(ownership_graph&&) -> ownership_graph& = default;

    /// Takes in a change. Calls `look(uid)` for each object that may have to be deleted, unblocked or let go
    /// because of it.
    template <class Look> auto apply(reconcile::change const& c, Look&& look) -> void {
        if (c.type == reconcile::change::kind::deleted) remove(c.before->metadata().uid, look);
        else put(c.after.object, look);
    }

    [[nodiscard]] auto find(std::string_view uid) const -> owned_object const*;
    /// Those that name an owner, in no order.
    [[nodiscard]] auto dependents(std::string_view owner) const -> std::vector<owned_object>;
    [[nodiscard]] auto has_dependents(std::string_view owner) const -> bool;
    /// Whether an object with this uid was seen to go; uids never come back. Only the last few hundred are
    /// known.
    [[nodiscard]] auto is_gone(std::string_view uid) const -> bool;
    [[nodiscard]] auto size() const -> std::size_t { return objects_.size(); }

    /// Calls `look(uid)` for each object that names an owner which was not seen, or is being deleted in a way
    /// that concerns others: all that can be worth a look when nothing was looked at before.
    template <class Look> auto look_at_all(Look&& look) const -> void {
        for (auto const& o : objects_)
            if (is_worth_a_look(o)) look(o.uid);
    }
    /// Whether some owner of an object was not seen, or not where the object says it is.
    [[nodiscard]] auto lacks_owner(owned_object const& o) const -> bool;

private:
    static constexpr std::size_t gone_remembered = 500;

    /// Objects by their uids.
    struct by_uid {
        using is_transparent = void;

        static auto of(owned_object const& o) -> std::string_view { return o.uid; }
        static auto of(std::string_view uid) -> std::string_view { return uid; }
        template <class T> auto operator()(T const& o) const -> std::size_t {
            return std::hash<std::string_view>()(of(o));
        }
        template <class A, class B> auto operator()(A const& a, B const& b) const -> bool {
            return of(a) == of(b);
        }
    };

    [[nodiscard]] auto is_worth_a_look(owned_object const& o) const -> bool;

    static auto made(object::any_object const& from) -> owned_object;

    template <class Look> auto put(object::any_object const& from, Look& look) -> void {
        auto const [before, place] = replace(made(from));
        auto const& there = *place;
        for (auto const& o : before.owners) unlink(o.uid, there);
        for (auto const& o : there.owners) dependents_[o.uid].insert(&there);
        if (lets_owners_go(before, there))
            for (auto const& o : before.owners) look_if_waiting(o.uid, look);
        if (there.deletes_dependents && !before.deletes_dependents)
            for (auto const& d : dependents(there.uid)) look(d.uid);
        if (is_worth_a_look(there)) look(there.uid);
    }

    template <class Look> auto remove(std::string const& uid, Look& look) -> void {
        auto const found = objects_.find(std::string_view(uid));
        if (found == objects_.end()) return;
        auto const gone = objects_.extract(found);
        auto const& o = std::as_const(gone.value());
        remember_gone(uid);
        for (auto const& owner : o.owners) {
            unlink(owner.uid, o);
            look_if_waiting(owner.uid, look);
        }
        for (auto const& d : dependents(uid)) look(d.uid);
    }

    /// Whether an owner that waits for its dependents may no longer have to wait for this one.
    static auto lets_owners_go(owned_object const& before, owned_object const& now) -> bool;
    template <class Look> auto look_if_waiting(std::string const& owner, Look& look) const -> void {
        if (auto const* const o = find(owner); o != nullptr && o->deletes_dependents) look(owner);
    }
    struct replaced {
        owned_object before;       ///< empty if the object is new
        owned_object const* place; ///< only read, so that the owners stay shared with the object's
    };
    /// Puts an object in place of what was there of it. It stays where it is as long as it is known.
    auto replace(owned_object now) -> replaced;
    auto unlink(std::string const& owner, owned_object const& dependent) -> void;
    auto remember_gone(std::string const& uid) -> void;

    std::unordered_set<owned_object, by_uid, by_uid> objects_;
    std::unordered_map<std::string, std::unordered_set<owned_object const*>> dependents_;
    std::unordered_set<std::string> gone_;
    std::deque<std::string> gone_in_order_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/control/ownership_graph.ipp>
#endif
