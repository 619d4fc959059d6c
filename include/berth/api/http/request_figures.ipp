#pragma once

/// \file
/// The bodies of `berth/api/http/request_figures.hpp`.

#include <berth/api/http/request_figures.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <span>

namespace berth::api::http::detail {

/// The upper ends of the buckets, in milliseconds.
inline constexpr std::int64_t duration_bounds_ms[] = {5,    25,    50,    100,   200,   400,   600,  800,
                                                      1000, 1250,  1500,  2000,  3000,  4000,  5000, 6000,
                                                      8000, 10000, 15000, 20000, 30000, 45000, 60000};

/// The labels of a request, and one more if it has a name.
inline auto sample_of(exposition& out, std::string_view name, request_labels const& l, std::string_view more,
                      std::string_view value, std::string_view number) -> void {
    exposition::label const all[] = {{more, value},
                                     {"component", "apiserver"},
                                     {"dry_run", l.dry_run ? "All" : ""},
                                     {"group", l.group},
                                     {"resource", l.resource},
                                     {"scope", l.scope},
                                     {"subresource", l.subresource},
                                     {"verb", l.verb},
                                     {"version", l.version}};
    out.sample(name, std::span(all).subspan(more.empty() ? 1 : 0), number);
}

} // namespace berth::api::http::detail

namespace berth::api::http {

BERTH_DECL auto request_figures::answered(request_labels const& about, unsigned status, duration took)
    -> void {
    auto const* const end = std::end(detail::duration_bounds_ms);
    auto const* const place = std::find_if(std::begin(detail::duration_bounds_ms), end,
                                           [&](std::int64_t ms) { return took <= milliseconds(ms); });
    auto const lock = std::scoped_lock(mutex_);
    auto& f = all_[about];
    ++f.by_status[status];
    ++f.buckets[static_cast<std::size_t>(place - std::begin(detail::duration_bounds_ms))];
    f.sum = f.sum + took;
}

BERTH_DECL auto request_figures::streaming(request_labels const& about) -> std::shared_ptr<void> {
    auto const lock = std::scoped_lock(mutex_);
    auto& open = all_[about].open; // entries stay where they are
    ++open;
    return std::shared_ptr<void>(&open, [this](void* at) {
        auto const again = std::scoped_lock(mutex_);
        --*static_cast<std::int64_t*>(at);
    });
}

BERTH_DECL auto request_figures::append(exposition& out) const -> void {
    out.family("apiserver_current_inflight_requests", "gauge", "Requests that are being answered.");
    for (auto const kind : {1, 0})
        out.sample("apiserver_current_inflight_requests",
                   {{"request_kind", kind == 1 ? "mutating" : "readOnly"}},
                   std::string_view(std::to_string(under_way_[kind].load())));
    auto const lock = std::scoped_lock(mutex_);
    out.family("apiserver_longrunning_requests", "gauge", "Watches and logs that are open.");
    for (auto const& [about, f] : all_)
        if (about.verb == "WATCH" || f.open > 0)
            detail::sample_of(out, "apiserver_longrunning_requests", about, {}, {}, std::to_string(f.open));
    out.family("apiserver_request_total", "counter", "Requests that were answered.");
    for (auto const& [about, f] : all_)
        for (auto const& [status, count] : f.by_status)
            detail::sample_of(out, "apiserver_request_total", about, "code", std::to_string(status),
                              std::to_string(count));
    out.family("apiserver_request_duration_seconds", "histogram", "How long answers took.");
    for (auto const& [about, f] : all_) {
        auto count = std::uint64_t{0};
        for (std::size_t i = 0; i <= bounds; ++i) {
            count += f.buckets[i];
            auto const end =
                i == bounds ? std::string("+Inf") : seconds_text(milliseconds(detail::duration_bounds_ms[i]));
            detail::sample_of(out, "apiserver_request_duration_seconds_bucket", about, "le", end,
                              std::to_string(count));
        }
        detail::sample_of(out, "apiserver_request_duration_seconds_sum", about, {}, {}, seconds_text(f.sum));
        detail::sample_of(out, "apiserver_request_duration_seconds_count", about, {}, {},
                          std::to_string(count));
    }
}

} // namespace berth::api::http
