#pragma once

/// \file
/// The bodies of `berth/kube/core/limit_range/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/limit_range/kind.hpp>

namespace berth::kube {

BERTH_DECL auto limit_range_kind() -> api::kind_of<limit_range> {
    auto k = api::kind_of<limit_range>{};
    k.short_names = {"limits"};
    k.set_defaults = &set_defaults;
    k.prepare_create = [](limit_range& l) { // nobody has to think of a name
        if (l.metadata.name.empty()) l.metadata.name = l.metadata.uid;
    };
    k.validate = &validate;
    k.validate_update = &validate_update;
    auto created = column<limit_range>("Created At", [](limit_range const& l, time_point) -> api::cell {
        return l.metadata.creation_timestamp.to_string();
    });
    created.type = "date";
    k.columns = {name_column<limit_range>(), created};
    return k;
}

} // namespace berth::kube
