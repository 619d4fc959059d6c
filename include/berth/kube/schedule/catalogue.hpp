#pragma once

/// \file
/// What plugins read beside the nodes and the pod: the other kinds of the cluster, at hand without an API.
///
/// The shell owns one, keeps it up to date (`put`, `remove`), and gives it to each `pod_info`. A further kind
/// is a further member, named in `each`; what it is to select pods by, if it does, is a `selection_of`.

#include <berth/core/config.hpp>
#include <berth/kube/apps/replica_set/type.hpp>
#include <berth/kube/core/namespace/type.hpp>
#include <berth/kube/core/persistent_volume/type.hpp>
#include <berth/kube/core/persistent_volume_claim/type.hpp>
#include <berth/kube/core/service/type.hpp>
#include <berth/kube/policy/pod_disruption_budget/type.hpp>
#include <berth/kube/storage/csi_driver/type.hpp>
#include <berth/kube/storage/csi_node/type.hpp>
#include <berth/kube/storage/csi_storage_capacity/type.hpp>
#include <berth/kube/storage/storage_class/type.hpp>
#include <berth/object/any_object.hpp>
#include <berth/object/selector.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::kube {

/// Which pods a service is for; one without a selector is for none.
[[nodiscard]] BERTH_DECL auto selection_of(service const& s) -> object::selector;
/// Which pods are a set's, as far as labels say.
[[nodiscard]] BERTH_DECL auto selection_of(replica_set const& s) -> object::selector;
/// Which pods a budget guards; one without a selector, or with an empty one, guards none when pods are
/// evicted for others (kubernetes 1.36, `defaultpreemption`).
[[nodiscard]] BERTH_DECL auto selection_of(pod_disruption_budget const& b) -> object::selector;

/// A kind that selects pods of its namespace.
template <class T>
concept selects_pods = requires(T const& o) {
    { selection_of(o) } -> std::same_as<object::selector>;
};

/// The objects of one kind, by namespace and name. Look-ups are logarithmic; what selects pods has its
/// selector ready.
template <object::kind_type T> class shelf {
public:
    struct entry {
        object::stored<T> value;
        object::selector selects; ///< of a kind that selects pods
    };
    using row = std::map<std::string, entry, std::less<>>;

    /// Replaces what was there of this name. Answers what is there now.
    auto put(object::stored<T> o) -> entry const& {
        auto e = entry{std::move(o), {}};
        if constexpr (selects_pods<T>) e.selects = selection_of(*e.value);
        auto const& m = e.value->metadata;
        return rows_[m.namespace_].insert_or_assign(m.name, std::move(e)).first->second;
    }
    /// Whether it was there.
    auto remove(std::string_view space, std::string_view name) -> bool {
        auto const at = rows_.find(space);
        if (at == rows_.end()) return false;
        auto const o = at->second.find(name);
        if (o == at->second.end()) return false;
        at->second.erase(o);
        if (at->second.empty()) rows_.erase(at);
        return true;
    }

    /// The object of this name, or null. Those of no namespace are in the namespace "".
    [[nodiscard]] auto find(std::string_view space, std::string_view name) const -> T const* {
        auto const* const e = entry_of(space, name);
        return e == nullptr ? nullptr : &*e->value;
    }
    /// The same with its selector.
    [[nodiscard]] auto entry_of(std::string_view space, std::string_view name) const -> entry const* {
        auto const& all = in(space);
        auto const at = all.find(name);
        return at == all.end() ? nullptr : &at->second;
    }
    /// All of a namespace, by name.
    [[nodiscard]] auto in(std::string_view space) const -> row const& {
        static auto const none = row();
        auto const at = rows_.find(space);
        return at == rows_.end() ? none : at->second;
    }
    /// All, by namespace and name.
    [[nodiscard]] auto rows() const -> std::map<std::string, row, std::less<>> const& { return rows_; }

    /// Those of a namespace that select pods with these labels, by name.
    template <class Labels>
    [[nodiscard]] auto selecting(std::string_view space, Labels const& labels) const -> std::vector<T const*>
        requires selects_pods<T>
    {
        auto out = std::vector<T const*>();
        for (auto const& [name, e] : in(space))
            if (e.selects.matches(labels)) out.push_back(&*e.value);
        return out;
    }

private:
    std::map<std::string, row, std::less<>> rows_;
};

/// The kinds beside pods and nodes by which pods are placed.
class catalogue {
public:
    shelf<namespace_> namespaces;
    shelf<service> services;
    shelf<replica_set> replica_sets;
    shelf<pod_disruption_budget> budgets;
    shelf<persistent_volume> volumes;
    shelf<persistent_volume_claim> claims;
    shelf<storage_class> storage_classes;
    shelf<csi_node> csi_nodes;
    shelf<csi_driver> csi_drivers;
    shelf<csi_storage_capacity> storage_capacities;

    /// Whether the place of a pod may depend on its annotations and its index labels (`is_index_label`). A
    /// shell may say no if it knows that no plugin looks at them by itself. It is yes again when a service or
    /// a set selects by such a label; who sees a pod that does (`asks_for_indexes`) has to say so.
    bool indexes_matter = true;

    /// Calls `f` with each shelf.
    template <class F> auto each(F&& f) -> void {
        f(namespaces);
        f(services);
        f(replica_sets);
        f(budgets);
        f(volumes);
        f(claims);
        f(storage_classes);
        f(csi_nodes);
        f(csi_drivers);
        f(storage_capacities);
    }

    /// Takes an object in its present state. Whether its kind is one of these.
    auto put(object::object_ref const& o) -> bool;
    /// An object has gone. Whether it was there.
    auto remove(object::any_object const& o) -> bool;
    /// The types of these kinds: what a shell listens to.
    [[nodiscard]] static auto types() -> std::vector<object::type_info const*>;

    /// The labels of a namespace; none if it is not known.
    [[nodiscard]] auto labels_of(std::string_view space) const -> object::string_map const&;
};

/// A catalogue in which nothing is.
[[nodiscard]] BERTH_DECL auto empty_catalogue() -> catalogue const&;

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/catalogue.ipp>
#endif
