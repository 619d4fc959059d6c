#pragma once

/// \file
/// The bodies of `berth/kube/certificates/certificate_signing_request/admission.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/certificates/certificate_signing_request/admission.hpp>
#include <berth/kube/certificates/certificate_signing_request/subject.hpp>

#include <algorithm>

namespace berth::kube::detail {

inline auto write_requester(certificate_signing_request_spec& s, api::identity const& who) -> void {
    s.username = who.user;
    s.uid = who.uid;
    s.groups = who.groups;
    s.extra = {};
    for (auto const& [key, values] : who.extra) s.extra[key] = values;
}

/// A decision that was there keeps the time of its last change.
inline auto write_times(certificate_signing_request& now, certificate_signing_request const& before,
                        object::timestamp at) -> void {
    for (auto& c : now.status.conditions) {
        if (c.last_update_time.is_zero()) c.last_update_time = at;
        if (!c.last_transition_time.is_zero()) continue;
        auto const& old = before.status.conditions;
        auto const same = std::find_if(old.begin(), old.end(), [&](auto const& o) {
            return o.type == c.type && o.status == c.status && !o.last_transition_time.is_zero();
        });
        c.last_transition_time = same == old.end() ? at : same->last_transition_time;
    }
}

inline auto is_certificate_request(api::admission_request const& r) -> bool {
    return r.of.type == &object::type_of<certificate_signing_request>() && r.object != nullptr;
}

inline auto tell_of_request(api::admission_request& r, api::admission_world const& world) -> result<void> {
    using enum api::admission_request::operation;
    if (!is_certificate_request(r)) return {};
    auto& now = r.object->as<certificate_signing_request>();
    if (r.op == create) write_requester(now.spec, r.who);
    else if (r.op == update && !r.subresource.empty())
        write_times(now, r.before.as<certificate_signing_request>(), object::timestamp(world.now));
    return {};
}

inline auto restrict_subject(api::admission_request& r, api::admission_world const&) -> result<void> {
    constexpr auto signer = std::string_view("kubernetes.io/kube-apiserver-client");
    if (!is_certificate_request(r) || r.op != api::admission_request::operation::create) return {};
    auto const& asked = r.object->as<certificate_signing_request>();
    if (asked.spec.signer_name != signer) return {};
    auto const der = request_bytes(asked.spec.request.data);
    auto const groups = der ? organizations_of(*der) : std::unexpected(der.error());
    if (!groups) return api::refused(r, "failed to parse CSR: " + groups.error().message);
    if (std::find(groups->begin(), groups->end(), api::masters_group) == groups->end()) return {};
    return api::refused(r,
                        "use of " + std::string(signer) + " signer with system:masters group is not allowed");
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto certificate_admission() -> api::admission {
    return {"CertificateSubjectRestriction", &detail::tell_of_request, &detail::restrict_subject};
}

} // namespace berth::kube
