#pragma once

/// \file
/// How leases behave in the API, and their table (kubernetes 1.36, `pkg/registry/coordination`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/coordination/lease/type.hpp>
#include <berth/kube/coordination/lease/validation.hpp>

namespace berth::kube {

namespace detail {

inline auto lease_row(lease const& l, time_point now) -> api::table_row {
    return {.cells = {l.metadata.name, l.spec.holder_identity ? *l.spec.holder_identity : std::string(),
                      since(l.metadata.creation_timestamp, now)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto lease_kind() -> api::kind_of<lease> {
    auto k = api::kind_of<lease>{};
    k.create_on_update = true;
    k.unconditional_update = false;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column, text_column("Holder"), age_column};
    k.row = &detail::lease_row;
    return k;
}

} // namespace berth::kube
