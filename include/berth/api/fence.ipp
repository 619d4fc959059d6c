#pragma once

/// \file
/// The bodies of `berth/api/fence.hpp`.

#include <berth/api/fence.hpp>
#include <berth/core/config.hpp>

#include <array>
#include <charconv>

namespace berth::api {

BERTH_DECL auto to_string(fence const& f) -> std::string {
    return f.lease.namespace_ + '/' + f.lease.name + '/' + std::to_string(f.transitions) + '/' + f.holder;
}

BERTH_DECL auto parse_fence(std::string_view text) -> result<fence> {
    auto const refuse = [&] {
        return berth::fail(error_code::bad_request, "a fence is NAMESPACE/LEASE/TRANSITIONS/HOLDER, such as "
                                                    "kube-system/kube-scheduler/3/host-1, and not \"" +
                                                        std::string(text) + "\"");
    };
    auto parts = std::array<std::string_view, 3>();
    auto rest = text;
    for (auto& p : parts) {
        auto const slash = rest.find('/');
        if (slash == std::string_view::npos || slash == 0) return refuse();
        p = rest.substr(0, slash);
        rest.remove_prefix(slash + 1);
    }
    auto out = fence{{std::string(parts[0]), std::string(parts[1])}, std::string(rest), 0};
    auto const* const end = parts[2].data() + parts[2].size();
    auto const [stopped, failed] = std::from_chars(parts[2].data(), end, out.transitions);
    if (failed != std::errc{} || stopped != end || out.transitions < 0 || rest.empty()) return refuse();
    return out;
}

BERTH_DECL auto leadership_over(fence const& f, std::string const& now) -> std::unexpected<error> {
    auto details = error_details{};
    details.name = f.lease.name;
    details.group = "coordination.k8s.io";
    details.kind = "leases";
    details.causes.push_back({"LeadershipOver", "the write was made under " + to_string(f), ""});
    return berth::fail(error_code::conflict,
                       "the leadership of " + f.lease.to_string() + " under which " + f.holder +
                           " made this write is over: " + now + "; nothing was written",
                       std::move(details));
}

BERTH_DECL auto is_leadership_over(error const& e) -> bool {
    if (e.code != error_code::conflict) return false;
    for (auto const& c : e.details.causes)
        if (c.reason == "LeadershipOver") return true;
    return false;
}

} // namespace berth::api
