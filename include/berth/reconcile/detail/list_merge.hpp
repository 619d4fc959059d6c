#pragma once

/// \file
/// How a table takes over what a list or a watch says, and what it tells of that.

#include <berth/reconcile/change.hpp>
#include <berth/reconcile/table.hpp>

#include <utility>
#include <vector>

namespace berth::reconcile::detail {

/// Takes over the state of one object, unless it is older than what is known, and tells what that changed. If
/// it `renews`, there may be more in it than in what is known of the same revision.
template <class Heard>
auto merge_one(table& into, object::object_ref now, bool initial, Heard const& heard, bool renews = false)
    -> void {
    auto const& m = now.object.metadata();
    auto const* known = into.find(m.namespace_, m.name);
    if (known != nullptr && (known->rev > now.rev || (known->rev == now.rev && !renews))) return;
    auto before = into.put(now);
    if (!before) {
        heard(change{change::kind::added, {}, std::move(now), true, initial});
    } else if (before.object.metadata().uid != m.uid) {
        heard(change{change::kind::deleted, std::move(before), {}, false, initial});
        heard(change{change::kind::added, {}, std::move(now), true, initial});
    } else {
        heard(change{change::kind::updated, std::move(before), std::move(now), true, initial});
    }
}

/// Makes the table equal to a complete list, and tells the differences: first what has vanished.
template <class Heard>
auto merge_list(table& into, std::vector<object::object_ref>& listed, bool initial, Heard const& heard,
                bool renews = false) -> void {
    if (into.size() != 0) {
        auto names = flat_index();
        names.reserve(listed.size());
        auto const hash = [](object::meta const& m) { return hash_name(m.namespace_, m.name); };
        for (std::uint32_t i = 0; i < listed.size(); ++i) names.insert(hash(listed[i]->metadata()), i);
        auto vanished = std::vector<object::key>();
        for (object::object_ref const& known : into.all()) {
            auto const& m = known->metadata();
            auto const same = [&](auto i) {
                auto const& other = listed[i]->metadata();
                return other.name == m.name && other.namespace_ == m.namespace_;
            };
            auto const at = names.find(hash(m), same);
            // A store that went back in time may list an older state: it is the state there is now.
            if (at == nowhere || listed[at].rev < known.rev) vanished.push_back(m.where());
        }
        for (auto const& k : vanished)
            heard(change{change::kind::deleted, into.erase(k.namespace_, k.name), {}, false, initial});
    }
    into.reserve(listed.size());
    for (auto& item : listed) merge_one(into, std::move(item), initial, heard, renews);
}

} // namespace berth::reconcile::detail
