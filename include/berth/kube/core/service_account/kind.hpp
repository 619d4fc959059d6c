#pragma once

/// \file
/// How service accounts behave in the API, and their table (kubernetes 1.36,
/// `pkg/registry/core/serviceaccount`).

#include <berth/api/kind.hpp>
#include <berth/kube/columns.hpp>
#include <berth/kube/core/service_account/type.hpp>

namespace berth::kube {

[[nodiscard]] inline auto service_account_kind() -> api::kind_of<service_account> {
    auto k = api::kind_of<service_account>{};
    k.short_names = {"sa"};
    k.returns_deleted = true;
    k.metadata.on_update = api::metadata_rules::again::all;
    k.validate = [](service_account const&, api::field_errors&) {}; // a secret may even be named twice
    k.columns = {name_column<service_account>(), age_column<service_account>()};
    return k;
}

} // namespace berth::kube
