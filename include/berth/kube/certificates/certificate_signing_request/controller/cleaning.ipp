#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/controller/cleaning.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/controller/cleaning.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>

#include <algorithm>
#include <optional>

namespace berth::kube::detail {

/// When a request is done with; nothing if that is not settled.
inline auto end_of_request(certificate_signing_request const& r) -> std::optional<time_point> {
    constexpr auto decided_for = minutes(60);
    constexpr auto pending_for = minutes(24 * 60);
    if (r.status.conditions.empty()) return r.metadata.creation_timestamp.time() + pending_for;
    auto out = std::optional<time_point>();
    auto const sooner = [&](time_point t) { out = out ? std::min(*out, t) : t; };
    for (auto const& c : r.status.conditions) {
        if (c.type != "Approved" && c.type != "Denied" && c.type != "Failed") continue;
        sooner(c.last_update_time.time() + decided_for);
        if (c.type != "Approved" || r.status.certificate.data.empty()) continue;
        if (auto const end = end_of_certificate(r.status.certificate.data)) sooner(*end);
    }
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto certificate_cleaning_controller::reconcile(reconcile::snapshot const& world,
                                                           object::key const& k) const -> reconcile::plan {
    auto plan = reconcile::plan{};
    auto const r = world.get<certificate_signing_request>(k);
    if (!r || r->metadata.deleting()) return plan;
    auto const end = detail::end_of_request(*r);
    if (!end) return plan;
    if (*end > world.now()) plan.look_again(*end - world.now());
    else plan.remove(r);
    return plan;
}

} // namespace berth::kube
