#pragma once

/// \file
/// The bodies of `berth/api/fenced_client.hpp`.

#include <berth/api/fenced_client.hpp>
#include <berth/core/config.hpp>

#include <variant>

namespace berth::api::detail {

inline auto nobody_leads() -> std::unexpected<error> {
    auto details = error_details{};
    details.causes.push_back({"LeadershipOver", "there is no leadership to write under", ""});
    return berth::fail(error_code::conflict, "this process does not lead; nothing was written",
                       std::move(details));
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto fenced_client::commit(std::span<write const> batch) const -> std::vector<result<written>> {
    auto const leads = source_ ? source_() : fence_;
    auto const refuses = source_ && !leads;
    auto const fence_of = [](auto& w) -> decltype(auto) {
        return std::visit([](auto& one) -> auto& { return one.options.fenced_by; }, w);
    };
    auto out = std::vector<result<written>>(batch.size());
    auto guarded = std::vector<write>();
    auto which = std::vector<std::size_t>();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (refuses && !fence_of(batch[i])) {
            out[i] = detail::nobody_leads();
            continue;
        }
        which.push_back(i);
        auto& w = guarded.emplace_back(batch[i]);
        if (!fence_of(w)) fence_of(w) = leads;
    }
    if (guarded.empty()) return out;
    auto done = client_.commit(guarded);
    for (std::size_t i = 0; i < done.size(); ++i) out[which[i]] = std::move(done[i]);
    return out;
}

} // namespace berth::api
