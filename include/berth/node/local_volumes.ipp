#pragma once

/// \file
/// The bodies of `berth/node/local_volumes.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/control/local_provisioner.hpp>
#include <berth/node/local_volumes.hpp>
#include <berth/node/persistent_folder.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace berth::node {

BERTH_DECL local_volume_keeper::local_volume_keeper(api::any_client client, local_volume_options options)
    : client_(std::move(client)),
      options_(std::move(options)),
      volumes_(std::make_unique<reconcile::table>(object::type_of<kube::persistent_volume>())),
      follows_(client_, *volumes_,
               {.label_selector = std::string(kube::local_node_label) + "=" + options_.node}) {}

BERTH_DECL auto local_volume_keeper::on_wake(waker w) -> void { follows_.on_wake(std::move(w)); }

BERTH_DECL auto local_volume_keeper::step(time_point now) -> wake {
    auto const wish = follows_.step(now, mutex_, [this](reconcile::change const& c) {
        if (!c.after) return;
        auto const& v = c.after.object.as<kube::persistent_volume>();
        if (is_due(v)) due_.insert(v.metadata.name);
    });
    if (due_.empty()) return wish;
    if (now < retry_at_) return sooner(wish, wake::at(retry_at_));
    for (auto const& name : std::vector<std::string>(due_.begin(), due_.end())) {
        auto const* const there = volumes_->find({}, name);
        auto const done = there == nullptr || !is_due(there->object.as<kube::persistent_volume>())
                              ? result<void>()
                              : let_go(object::stored<kube::persistent_volume>(*there));
        if (!done) {
            retry_at_ = now + options_.retry_interval;
            return sooner(wish, wake::at(retry_at_));
        }
        due_.erase(name);
    }
    return wish;
}

BERTH_DECL auto local_volume_keeper::is_due(kube::persistent_volume const& v) const -> bool {
    return v.metadata.deleting() && v.status.phase != "Bound" && kube::is_local(v) &&
           reconcile::has_finalizer(v.metadata, kube::local_folder_finalizer);
}

/// A change of the volume in the meantime is told, and it is looked at again then.
BERTH_DECL auto local_volume_keeper::let_go(object::stored<kube::persistent_volume> const& v)
    -> result<void> {
    auto const folder = options_.directory.empty() || v->spec.persistent_volume_reclaim_policy != "Delete"
                            ? std::string()
                            : local_volume_folder(options_.directory, v->spec.csi->volume_handle);
    if (!folder.empty()) {
        auto problem = std::error_code();
        auto const files = std::filesystem::remove_all(folder, problem);
        if (problem) return fail(error_code::internal, folder + ": " + problem.message());
        if (files > 0) ++removed_;
    }
    auto freed = *v;
    reconcile::remove_finalizer(freed.metadata, kube::local_folder_finalizer);
    auto const written = api::update(client_, std::move(freed), v.revision_of());
    if (written || written.error().code == error_code::conflict ||
        written.error().code == error_code::not_found)
        return {};
    return std::unexpected(written.error());
}

} // namespace berth::node
