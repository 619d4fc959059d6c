#pragma once

/// \file
/// The bodies of `berth/kube/rbac/columns.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/rbac/columns.hpp>

namespace berth::kube::detail {

BERTH_DECL auto shown_subjects(object::list<subject> const& subjects, std::string_view kind) -> std::string {
    auto out = std::vector<std::string>();
    for (auto const& s : subjects)
        if (s.kind == kind) out.push_back(kind == "ServiceAccount" ? s.namespace_ + "/" + s.name : s.name);
    return joined(out, ", ");
}

} // namespace berth::kube::detail
