#pragma once

/// \file
/// A store that is measured: every operation is counted and timed.

#include <berth/core/error.hpp>
#include <berth/core/time.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/metrics.hpp>
#include <berth/store/types.hpp>
#include <berth/store/watch.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store {
namespace detail {

/// The bytes of a value that is a string; 0 for others.
template <class V> [[nodiscard]] auto bytes_of(V const& value) -> std::uint64_t {
    if constexpr (std::convertible_to<V const&, std::string_view>) return std::string_view{value}.size();
    else return 0;
}
template <class V> [[nodiscard]] auto bytes_of(range_reply<V> const& reply) -> std::uint64_t {
    auto out = std::uint64_t{0};
    for (auto const& kv : reply.kvs) out += bytes_of(kv.value());
    return out;
}

/// What passed in one direction and the other.
struct traffic {
    std::uint64_t read = 0;
    std::uint64_t written = 0;
};

/// Adds what a transaction read and wrote in the branch that it took.
template <class V> auto add_traffic(txn<V> const& t, txn_reply<V> const& reply, traffic& out) -> void {
    auto const& steps = reply.succeeded ? t.then : t.otherwise;
    for (std::size_t i = 0; i < std::min(steps.size(), reply.replies.size()); ++i) {
        auto const& request = steps[i].request;
        auto const& answer = reply.replies[i].reply;
        if (auto const* put = std::get_if<put_request<V>>(&request)) out.written += bytes_of(put->value);
        if (auto const* seen = std::get_if<range_reply<V>>(&answer)) out.read += bytes_of(*seen);
        auto const* nested = std::get_if<txn<V>>(&request);
        if (nested != nullptr) add_traffic(*nested, std::get<txn_reply<V>>(answer), out);
    }
}

template <class T> [[nodiscard]] auto outcome_of(result<T> const& r) -> outcome {
    return r ? succeeded : store::outcome_of(r.error().code);
}

} // namespace detail

/// A cursor whose calls are counted and timed.
template <class Cursor, class V> class measured_cursor {
public:
    measured_cursor(Cursor inner, metrics& figures, clock_ref time)
        : inner_(std::move(inner)), metrics_(&figures), clock_(time) {}

    [[nodiscard]] auto next(std::size_t at_most = detail::usual_batch) -> batch<V> {
        auto const begin = clock_.now();
        auto out = detail::pull(inner_, at_most);
        metrics_->add_latency(operation_kind::next, clock_.now() - begin);
        metrics_->count(operation_kind::next, detail::outcome_of(out));
        if (!out || out->empty()) return out;
        metrics_->add_events(out->size());
        auto bytes = std::uint64_t{0};
        for (auto const& e : *out) bytes += detail::bytes_of(e.kv.value());
        metrics_->add_bytes_read(bytes);
        return out;
    }
    [[nodiscard]] auto progress() const -> revision_number { return inner_.progress(); }
    auto on_wake(waker w) -> void { inner_.on_wake(w); }

private:
    Cursor inner_;
    metrics* metrics_;
    clock_ref clock_;
};

/// What `with_metrics` returns.
class metrics_layer : public is_layer {
public:
    metrics_layer(metrics& figures, clock_ref time) : metrics_(&figures), clock_(time) {}

    template <class S, class Call>
    auto around(S& /*inner*/, operation_kind kind, Call call) const -> decltype(call()) {
        auto out = timed(kind, call);
        metrics_->count(kind, detail::outcome_of(out));
        return out;
    }

    template <class S> auto range(S& inner, range_request const& request) const {
        auto out = around(inner, operation_kind::range, [&] { return inner.range(request); });
        if (out) metrics_->add_bytes_read(detail::bytes_of(*out));
        return out;
    }

    template <class S>
    auto commit(S& inner, std::span<txn<typename S::value_type> const> batch) const {
        auto out = timed(operation_kind::commit, [&] { return inner.commit(batch); });
        auto passed = detail::traffic{};
        for (std::size_t i = 0; i < out.size(); ++i) {
            metrics_->count(operation_kind::commit, detail::outcome_of(out[i]));
            if (out[i]) detail::add_traffic(batch[i], *out[i], passed);
        }
        metrics_->add_bytes_read(passed.read);
        metrics_->add_bytes_written(passed.written);
        return out;
    }

    template <class S> auto put(S& inner, put_request<typename S::value_type> request) const {
        auto const bytes = detail::bytes_of(request.value);
        auto out = around(inner, operation_kind::put, [&] { return store::put(inner, std::move(request)); });
        if (out) metrics_->add_bytes_written(bytes);
        return out;
    }
    template <class S> auto erase(S& inner, erase_request const& request) const {
        return around(inner, operation_kind::erase, [&] { return store::erase(inner, request); });
    }

    template <class S> auto watch(S& inner, watch_request const& request) const {
        using cursor = measured_cursor<typename S::cursor, typename S::value_type>;
        return around(inner, operation_kind::watch, [&]() -> result<cursor> {
            auto made = inner.watch(request);
            if (!made) return std::unexpected(std::move(made.error()));
            return cursor{std::move(*made), *metrics_, clock_};
        });
    }

private:
    template <class Call> auto timed(operation_kind kind, Call const& call) const -> decltype(call()) {
        auto const begin = clock_.now();
        auto out = call();
        metrics_->add_latency(kind, clock_.now() - begin);
        return out;
    }

    metrics* metrics_;
    clock_ref clock_;
};

/// A store whose operations are counted and timed in `figures`, by `time` (`berth::monotonic`, say), which
/// both must outlive the store and its cursors. Answers as ever. Costs two looks at the clock and a few
/// additions to atomic numbers per operation. Where it stands decides what it sees: in front of `with_faults`
/// the faults, behind it none of them.
[[nodiscard]] inline auto with_metrics(metrics& figures, clock_ref time) -> metrics_layer {
    return {figures, time};
}

} // namespace berth::store
