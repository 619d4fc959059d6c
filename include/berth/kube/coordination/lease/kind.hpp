#pragma once

/// \file
/// How leases behave in the API, and their table (kubernetes 1.36, `pkg/registry/coordination`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/coordination/lease/validation.hpp>

namespace berth::kube {

[[nodiscard]] inline auto lease_kind() -> api::kind_of<lease> {
    auto k = api::kind_of<lease>{};
    k.metadata.known_finalizers = false;
    k.create_on_update = true;
    k.unconditional_update = false;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column<lease>(),
                 column<lease>("Holder",
                               [](lease const& l, time_point) -> api::cell {
                                   return l.spec.holder_identity ? *l.spec.holder_identity : std::string();
                               }),
                 age_column<lease>()};
    return k;
}

} // namespace berth::kube
