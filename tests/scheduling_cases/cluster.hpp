#pragma once

/// \file
/// The cluster of a scheduling case: nodes with their pods, and the other kinds that plugins read.

#include <berth/kube/schedule/catalogue.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/object/codec.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace scheduling_cases {

using namespace berth;
namespace json = boost::json;

inline auto text_of(json::value const& v) -> std::string {
    auto const& s = v.as_string();
    return {s.data(), s.size()};
}

/// The members of an array, which may be missing.
inline auto array_in(json::object const& of, std::string_view name) -> json::array const& {
    static auto const none = json::array();
    auto const* const found = of.if_contains(json::string_view(name.data(), name.size()));
    return found == nullptr || found->is_null() ? none : found->as_array();
}

template <object::kind_type T> auto read(json::value const& v) -> object::stored<T> {
    auto made = object::from_json<T>(v);
    if (!made) throw std::runtime_error(made.error().message);
    return object::stored<T>({object::any_object(*std::move(made)), 1});
}

/// Nodes by name, as the cases break ties.
class cluster {
public:
    explicit cluster(json::object const& c) {
        put_all<kube::namespace_>(c, "namespaces");
        put_all<kube::service>(c, "services");
        put_all<kube::replica_set>(c, "replicaSets");
        put_all<kube::pod_disruption_budget>(c, "pdbs");
        put_all<kube::persistent_volume>(c, "persistentVolumes");
        put_all<kube::persistent_volume_claim>(c, "persistentVolumeClaims");
        put_all<kube::storage_class>(c, "storageClasses");
        put_all<kube::csi_node>(c, "csiNodes");
        put_all<kube::csi_driver>(c, "csiDrivers");
        put_all<kube::csi_storage_capacity>(c, "csiStorageCapacities");
        for (auto const& n : array_in(c, "nodes")) nodes_.emplace_back(read<kube::node>(n));
        std::sort(nodes_.begin(), nodes_.end(),
                  [](auto const& a, auto const& b) { return a.name() < b.name(); });
        for (std::size_t i = 0; i < nodes_.size(); ++i) index_[nodes_[i].name()] = i;
        for (auto const& p : array_in(c, "pods")) add(pod_of(p));
    }
    cluster(cluster const&) = delete;
    auto operator=(cluster const&) -> cluster& = delete;

    [[nodiscard]] auto nodes() const -> std::vector<kube::node_info> const& { return nodes_; }
    [[nodiscard]] auto pod_of(json::value const& v) const -> kube::pod_info {
        return kube::pod_info(read<kube::pod>(v), others_);
    }
    [[nodiscard]] auto bound(kube::pod p) const -> kube::pod_info {
        return kube::pod_info(object::stored<kube::pod>({object::any_object(std::move(p)), 1}), others_);
    }
    /// A pod that is bound, to a node of the cluster or to one that is not known.
    auto add(kube::pod_info p) -> void {
        auto const at = index_.find(p.spec().node_name);
        if (at != index_.end()) nodes_[at->second].add(std::move(p));
    }

private:
    template <object::kind_type T> auto put_all(json::object const& c, std::string_view name) -> void {
        for (auto const& o : array_in(c, name)) others_.put(read<T>(o).ref());
    }

    kube::catalogue others_;
    std::vector<kube::node_info> nodes_;
    std::unordered_map<std::string, std::size_t> index_;
};

} // namespace scheduling_cases
