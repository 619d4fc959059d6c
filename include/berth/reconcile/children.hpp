#pragma once

/// \file
/// What an object should own against what it owns: the difference, and the plan that makes it vanish.

#include <berth/core/config.hpp>
#include <berth/reconcile/plan.hpp>
#include <berth/reconcile/world.hpp>

#include <range/v3/range/concepts.hpp>

#include <cstdint>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// What becomes of a child that is not as it should be.
enum class changing : std::uint8_t {
    update,      ///< it is changed
    replace,     ///< it is removed; once it is gone, a new one is made
    replace_one, ///< the same for one child at a time, and only while all others are there
    leave,       ///< nothing
};

/// How to bring about what should be.
struct children_options {
    changing change = changing::update;
    bool keep_surplus = false; ///< remove nothing that is not wanted
    bool clean_up = false;     ///< remove the children of an owner that is being deleted
    bool tell = false;         ///< with notes on the owner: `Created`, `Removed`, `Updated`, `Outdated`
};

/// What should be against what there is, as sets of keys; each part is in the order of its keys.
struct children_difference {
    struct pair {
        object::object_ref is;
        object::any_object should_be;
    };

    std::vector<object::object_ref> missing; ///< wanted, and not there; at revision 0
    std::vector<object::object_ref> surplus; ///< there, and not wanted
    std::vector<pair> different;             ///< there, and wanted otherwise
    std::vector<object::object_ref> leaving; ///< on their way out: they are there until they are gone
    std::vector<object::object_ref> taken;   ///< somebody else's, under a name that is wanted
};

namespace detail {

[[nodiscard]] BERTH_DECL auto compare_children(snapshot const& world, object::object_ref const& owner,
                                               object::type_info const& kind,
                                               std::vector<object::any_object> children)
    -> children_difference;
[[nodiscard]] BERTH_DECL auto plan_children(object::object_ref const& owner, children_difference const& found,
                                            children_options how) -> plan;

/// A range of a kind of objects.
template <class R>
concept range_of_kind = ranges::input_range<R> && object::kind_type<ranges::range_value_t<R>>;

template <range_of_kind R> auto erased(R&& wanted) -> std::vector<object::any_object> {
    auto out = std::vector<object::any_object>();
    for (auto&& child : wanted)
        out.emplace_back(ranges::range_value_t<R>(std::forward<decltype(child)>(child)));
    return out;
}

} // namespace detail

/// Compares the children that `owner` should have with those that it controls. A child that is wanted needs a
/// name, and nothing else of its metadata: it gets the owner's namespace and a reference to the owner. A
/// child is as it should be if all its members but `metadata` and `status` are equal to the wanted ones, and
/// the wanted labels and annotations are on it. (What the API fills in by itself must therefore be wanted, or
/// the child is different for ever.) Of two that are wanted under one name the first counts.
template <object::kind_type Owner, detail::range_of_kind Wanted>
[[nodiscard]] auto compare_children(snapshot const& world, seen<Owner> owner, Wanted&& wanted)
    -> children_difference {
    return detail::compare_children(world, owner.ref(), object::type_of<ranges::range_value_t<Wanted>>(),
                                    detail::erased(std::forward<Wanted>(wanted)));
}

/// Gives an object the children that it should have: creates those that are missing, removes those that are
/// too many, and changes those that differ (see `compare_children`), in this order, and of each part in the
/// order of their keys. An object that is being deleted gets none, and keeps those that it has: the garbage
/// collector takes them with it (or `clean_up` says that this controller does). A name that somebody else has
/// taken is left alone.
///
///     auto const wanted = views::iota(0, db->spec.members) |
///                         views::transform([&](int n) { return new_member(*db, n); });
///     return children(world, db, wanted, {.change = changing::replace_one});
template <object::kind_type Owner, detail::range_of_kind Wanted>
[[nodiscard]] auto children(snapshot const& world, seen<Owner> owner, Wanted&& wanted,
                            children_options how = {}) -> plan {
    auto const deleting = owner->metadata.deleting();
    if (deleting && !how.clean_up) return {};
    auto erased = deleting ? std::vector<object::any_object>() : detail::erased(std::forward<Wanted>(wanted));
    auto const& kind = object::type_of<ranges::range_value_t<Wanted>>();
    return detail::plan_children(owner.ref(),
                                 detail::compare_children(world, owner.ref(), kind, std::move(erased)), how);
}

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/children.ipp>
#endif
