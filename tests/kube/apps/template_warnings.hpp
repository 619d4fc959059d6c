#pragma once

/// \file
/// What writers of workloads are warned of: what the template of their pods says, when that is new.

#include "../vocabulary.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace test {

template <class Workload> auto check_template_warnings(Workload const& before) -> void {
    CHECK(warnings_of(before).empty());
    auto now = before;
    now.spec.template_.spec.node_selector["beta.kubernetes.io/arch"] = "amd64";
    auto const told = std::vector<std::string>{
        "spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "
        "\"kubernetes.io/arch\" instead"};
    CHECK(warnings_of(now) == told);
    CHECK(warnings_of(now, &before) == told);
    CHECK(warnings_of(now, &now).empty());
}

} // namespace test
