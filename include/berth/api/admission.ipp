#pragma once

/// \file
/// The bodies of `berth/api/admission.hpp`.

#include <berth/api/admission.hpp>
#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>

namespace berth::api {

BERTH_DECL auto refused(admission_request const& r, std::string_view why) -> std::unexpected<error> {
    auto name = std::string_view(r.name);
    if (name.empty() && r.object != nullptr) {
        auto const& m = r.object->metadata();
        name = m.name.empty() ? m.generate_name : m.name;
    }
    return forbidden(*r.of.resource, name, why);
}

} // namespace berth::api
