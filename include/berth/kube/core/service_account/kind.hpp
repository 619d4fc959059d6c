#pragma once

/// \file
/// How service accounts behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/core/serviceaccount`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/service_account/type.hpp>
#include <berth/kube/core/service_account/validation.hpp>

namespace berth::kube {

namespace detail {

inline auto service_account_row(service_account const& a, time_point now) -> api::table_row {
    return {.cells = {a.metadata.name, since(a.metadata.creation_timestamp, now)},
            .condition_reason = {},
            .condition_message = {}};
}

} // namespace detail

[[nodiscard]] inline auto service_account_kind() -> api::kind_of<service_account> {
    auto k = api::kind_of<service_account>{};
    k.short_names = {"sa"};
    k.returns_deleted = true;
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column, age_column};
    k.row = &detail::service_account_row;
    return k;
}

} // namespace berth::kube
