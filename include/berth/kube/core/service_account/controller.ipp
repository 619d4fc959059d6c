#pragma once

/// \file
/// The bodies of `berth/kube/core/service_account/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/service_account/controller.hpp>

namespace berth::kube {

BERTH_DECL auto service_accounts_controller::keys_for(reconcile::snapshot const&,
                                                      service_account const& a) const
    -> std::vector<object::key> {
    if (a.metadata.name != account_name) return {};
    return {{{}, a.metadata.namespace_}};
}

BERTH_DECL auto service_accounts_controller::reconcile(reconcile::snapshot const& world,
                                                       object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const space = world.get<namespace_>(k);
    if (!space || !is_active(*space) || world.get<service_account>(k.name, account_name)) return plan;
    auto account = service_account{};
    account.metadata.namespace_ = k.name;
    account.metadata.name = account_name;
    plan.create(std::move(account));
    return plan;
}

BERTH_DECL auto root_certificate_controller::keys_for(reconcile::snapshot const&, config_map const& m) const
    -> std::vector<object::key> {
    if (m.metadata.name != map_name) return {};
    return {{{}, m.metadata.namespace_}};
}

BERTH_DECL auto root_certificate_controller::reconcile(reconcile::snapshot const& world,
                                                       object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const space = world.get<namespace_>(k);
    if (!space || !is_active(*space)) return plan;
    auto const there = world.get<config_map>(k.name, map_name);
    auto wanted = there ? *there : config_map{};
    wanted.data = {};
    wanted.data["ca.crt"] = bundle;
    auto& said = wanted.metadata.annotations["kubernetes.io/description"];
    if (said.empty()) said = description;
    if (there) {
        plan.update(there, std::move(wanted));
        return plan;
    }
    wanted.metadata.namespace_ = k.name;
    wanted.metadata.name = map_name;
    plan.create(std::move(wanted));
    return plan;
}

} // namespace berth::kube
