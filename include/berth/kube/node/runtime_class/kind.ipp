#pragma once

/// \file
/// The bodies of `berth/kube/node/runtime_class/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/node/runtime_class/kind.hpp>

namespace berth::kube {

BERTH_DECL auto runtime_class_kind() -> api::kind_of<runtime_class> {
    auto k = api::kind_of<runtime_class>{};
    k.validate = &validate;
    k.validate_update = &validate_update;
    k.columns = {name_column<runtime_class>(),
                 column<runtime_class>(
                     "Handler", [](runtime_class const& c, time_point) -> api::cell { return c.handler; }),
                 age_column<runtime_class>()};
    return k;
}

} // namespace berth::kube
