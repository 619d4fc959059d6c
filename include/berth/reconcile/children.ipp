#pragma once

/// \file
/// The bodies of `berth/reconcile/children.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/children.hpp>
#include <berth/reconcile/ownership.hpp>

#include <range/v3/algorithm/set_algorithm.hpp>
#include <range/v3/algorithm/unique.hpp>

#include <algorithm>
#include <iterator>
#include <string>

namespace berth::reconcile::detail {

/// A set of objects: sorted by their keys, each there once. (Where they are wanted only, at no revision.)
using object_set = std::vector<object::object_ref>;

struct key_of {
    auto operator()(object::object_ref const& o) const -> key { return o.object.metadata().where(); }
};

BERTH_DECL auto set_of(object_set objects) -> object_set {
    std::stable_sort(objects.begin(), objects.end(),
                     [](auto const& a, auto const& b) { return key_of()(a) < key_of()(b); });
    objects.erase(ranges::unique(objects, ranges::equal_to(), key_of()), objects.end());
    return objects;
}

/// Those of `a` whose keys are not in `b`.
BERTH_DECL auto without(object_set const& a, object_set const& b) -> object_set {
    auto out = object_set();
    ranges::set_difference(a, b, std::back_inserter(out), ranges::less(), key_of(), key_of());
    return out;
}

/// Those of `a` whose keys are in `b`.
BERTH_DECL auto within(object_set const& a, object_set const& b) -> object_set {
    auto out = object_set();
    ranges::set_intersection(a, b, std::back_inserter(out), ranges::less(), key_of(), key_of());
    return out;
}

/// A child that is wanted, as the owner would make it.
BERTH_DECL auto made_child(object::any_object const& wanted, object::object_ref const& owner)
    -> object::any_object {
    auto const& of = owner.object.metadata();
    auto out = object::draft(wanted);
    auto& m = out.metadata();
    if (wanted.resource().namespaced && owner.object.resource().namespaced) m.namespace_ = of.namespace_;
    if (!is_controlled_by(m, of.uid))
        m.owner_references.push_back(controlled_by(owner.object.resource(), of));
    return std::move(out).finish();
}

/// A child with all that is wanted of it.
BERTH_DECL auto adjusted_child(object::any_object const& is, object::any_object const& wanted)
    -> object::any_object {
    auto out = object::draft(is);
    for (auto const& f : wanted.type().fields)
        if (f.name != "metadata" && f.name != "status" && f.name != "kind" && f.name != "apiVersion")
            f.type().assign(f.in(out.data()), f.in(wanted.data()));
    for (auto const& [name, value] : wanted.metadata().labels) out.metadata().labels[name] = value;
    for (auto const& [name, value] : wanted.metadata().annotations) out.metadata().annotations[name] = value;
    return std::move(out).finish();
}

BERTH_DECL auto compare_children(snapshot const& world, object::object_ref const& owner,
                                 object::type_info const& kind, std::vector<object::any_object> children)
    -> children_difference {
    auto const* const table = world.table_of(kind);
    if (table == nullptr) return {};
    auto const& uid = owner.object.metadata().uid;
    auto wanted = object_set();
    auto owned = object_set();
    auto leaving = object_set();
    auto taken = object_set();
    for (auto const& c : children) wanted.push_back({made_child(c, owner), 0});
    for (object::object_ref const& o : table->where(by_controller, uid))
        (o.object.metadata().deleting() ? leaving : owned).push_back(o);
    wanted = set_of(std::move(wanted));
    owned = set_of(std::move(owned));
    leaving = set_of(std::move(leaving));
    for (auto const& w : wanted)
        if (auto const* const o = table->find(w.object.metadata().where()))
            if (!is_controlled_by(o->object.metadata(), uid)) taken.push_back(*o);

    auto out = children_difference();
    out.missing = without(without(without(wanted, owned), leaving), taken);
    out.surplus = without(owned, wanted);
    auto const are = within(owned, wanted);
    auto const should_be = within(wanted, owned);
    for (std::size_t i = 0; i < are.size(); ++i)
        if (auto after = adjusted_child(are[i].object, should_be[i].object); !(after == are[i].object))
            out.different.push_back({are[i], std::move(after)});
    out.leaving = std::move(leaving);
    out.taken = std::move(taken);
    return out;
}

/// Makes steps out of a difference, with a note behind each.
class children_planner {
public:
    children_planner(object::object_ref const& owner, children_options how) : owner_(&owner), how_(how) {}

    auto run(children_difference const& found) -> plan {
        for (auto const& o : found.missing) told(out_.create(o.object), "Created", "{name}");
        if (!how_.keep_surplus)
            for (auto const& o : found.surplus) told(out_.remove(o), "Removed", "{name}");
        auto const all_there = out_.empty() && found.leaving.empty() && found.missing.empty();
        for (auto const& [is, should_be] : found.different) {
            if (how_.change == changing::update) told(out_.update(is, should_be), "Updated", "{name}");
            else if (how_.change == changing::replace) told(out_.remove(is), "Outdated", "{name}");
        }
        if (how_.change == changing::replace_one && all_there && !found.different.empty())
            told(out_.remove(found.different.front().is), "Outdated", "{name}");
        return std::move(out_);
    }

private:
    auto told(plan& to, std::string reason, std::string message) const -> void {
        if (how_.tell) to.tell({reference(owner_->object), "Normal", std::move(reason), std::move(message)});
    }

    object::object_ref const* owner_;
    children_options how_;
    plan out_;
};

BERTH_DECL auto plan_children(object::object_ref const& owner, children_difference const& found,
                              children_options how) -> plan {
    return children_planner(owner, how).run(found);
}

} // namespace berth::reconcile::detail
