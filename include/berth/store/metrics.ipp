#pragma once

/// \file
/// The bodies of `berth/store/metrics.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/metrics.hpp>

namespace berth::store {

BERTH_DECL auto latency_histogram::add(duration d) -> void {
    auto i = std::size_t{0};
    while (i < latency_bounds.size() && d > latency_bounds[i]) ++i;
    buckets_[i].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(d.nanoseconds, std::memory_order_relaxed);
}

BERTH_DECL auto latency_histogram::count() const -> std::uint64_t {
    auto out = std::uint64_t{0};
    for (auto const& b : buckets_) out += b.load(std::memory_order_relaxed);
    return out;
}

} // namespace berth::store

namespace berth::store::detail {

/// The series of one histogram; its count is the sum of the buckets as they were read.
inline auto append_histogram(exposition& out, std::string_view name, std::string_view label,
                             latency_histogram const& h) -> void {
    auto const buckets = std::string{name} + "_bucket";
    auto so_far = std::uint64_t{0};
    for (std::size_t i = 0; i < latency_bounds.size(); ++i) {
        so_far += h.bucket(i);
        out.sample(buckets, {{"operation", label}, {"le", seconds_text(latency_bounds[i])}}, so_far);
    }
    so_far += h.bucket(latency_bounds.size());
    out.sample(buckets, {{"operation", label}, {"le", "+Inf"}}, so_far);
    out.sample(std::string{name} + "_sum", {{"operation", label}}, seconds_text(h.sum()));
    out.sample(std::string{name} + "_count", {{"operation", label}}, so_far);
}

} // namespace berth::store::detail

namespace berth::store {

BERTH_DECL auto to_prometheus(metrics const& m) -> std::string {
    auto out = exposition{};
    auto const each_kind = [](auto f) {
        for (std::size_t i = 0; i < operation_kinds; ++i) f(static_cast<operation_kind>(i));
    };
    out.family("berth_store_operations_total", "counter",
               "Operations asked of the store, by kind and outcome; each transaction of a commit counts.");
    each_kind([&](operation_kind kind) {
        for (outcome o = 0; o < outcomes; ++o) {
            if (auto const n = m.count_of(kind, o); n != 0) {
                out.sample("berth_store_operations_total",
                           {{"operation", name_of(kind)}, {"code", name_of(o)}}, n);
            }
        }
    });
    out.family("berth_store_operation_duration_seconds", "histogram", "How long calls of the store took.");
    each_kind([&](operation_kind kind) {
        auto const& h = m.latency_of(kind);
        if (h.count() == 0) return;
        detail::append_histogram(out, "berth_store_operation_duration_seconds", name_of(kind), h);
    });
    out.family("berth_store_watch_events_total", "counter", "Events that watches delivered.");
    out.sample("berth_store_watch_events_total", {}, m.events());
    out.family("berth_store_value_bytes_total", "counter", "Bytes of values that were read and written.");
    out.sample("berth_store_value_bytes_total", {{"direction", "read"}}, m.bytes_read());
    out.sample("berth_store_value_bytes_total", {{"direction", "written"}}, m.bytes_written());
    return std::move(out).text();
}

} // namespace berth::store
