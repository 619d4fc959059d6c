#pragma once

/// \file
/// A store with a bad line to it: refused operations, lost acknowledgements, delays and broken watches, all
/// from one seed.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/core/random.hpp>
#include <berth/core/time.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/types.hpp>
#include <berth/store/watch.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

namespace berth::store {

/// How a delay is spent: a plain function and its context. The default does nothing, as befits virtual time.
struct sleeper {
    void (*function)(void*, duration) = nullptr;
    void* context = nullptr;

    auto operator()(duration d) const -> void {
        if (function != nullptr) function(context, d);
    }
};

/// What goes wrong, and how often. Rates are fractions of the operations, in [0, 1]; of the first three,
/// which exclude each other, the sum must be at most 1.
struct fault_options {
    std::uint64_t seed = 1;
    double error_rate = 0;        ///< `unavailable`: nothing was done
    double lost_request_rate = 0; ///< `timeout` of a write: nothing was done, but the caller cannot know
    double lost_ack_rate = 0;     ///< `timeout` of a write: it was done, but the caller cannot know
    double watch_error_rate = 0;  ///< `unavailable` from a cursor's `next`; no event is lost by it
    double delay_rate = 0;        ///< operations that `sleep` is called for, before they are done
    duration delay{};             ///< the longest delay; they are distributed evenly
    sleeper sleep{};
};

/// What went wrong so far.
struct fault_counts {
    std::uint64_t operations = 0; ///< all that were asked for while faults were on, calls of `next` included
    std::uint64_t refused = 0;
    std::uint64_t lost_requests = 0;
    std::uint64_t lost_acks = 0;
    std::uint64_t refused_nexts = 0;
    std::uint64_t delays = 0;

    friend auto operator==(fault_counts const&, fault_counts const&) -> bool = default;
};

/// The faults of a `with_faults` layer, by a handle that copies share: they can be turned off and on while
/// the store is in use, from any thread. The same seed and the same operations in the same order give the
/// same faults.
class faults {
public:
    explicit faults(fault_options const& options) : state_(std::make_shared<state>(options)) {}

    auto turn_on() const -> void { state_->set(true); }
    auto turn_off() const -> void { state_->set(false); }

    [[nodiscard]] auto counts() const -> fault_counts;

    /// What becomes of one operation; for the layer.
    enum class fate : std::uint8_t { done, refused, lost_request, lost_ack };

    /// Draws the fate of an operation, and spends its delay.
    [[nodiscard]] auto draw(operation_kind kind) const -> fate;

    /// How many of `n` transactions of a batch were done before the line broke: at least one.
    [[nodiscard]] auto draw_part(std::size_t n) const -> std::size_t;

private:
    struct state {
        explicit state(fault_options const& o) : options(o), draw(o.seed) {}

        auto set(bool to) -> void;

        auto draw_fate(operation_kind kind) -> fate;

        auto draw_delay() -> duration;

        fault_options const options;
        std::mutex mutex;
        random_engine draw;
        fault_counts counts{};
        bool on = true;
    };

    std::shared_ptr<state> state_;
};

namespace errors {

[[nodiscard]] inline auto injected_refusal() {
    return fail(error_code::unavailable, "store: injected fault: the store cannot be reached");
}
[[nodiscard]] inline auto injected_silence() {
    return fail(error_code::timeout, "store: injected fault: no answer came, and the outcome is unknown");
}

} // namespace errors

/// A cursor that is refused now and then, and goes on where it was when it is called again.
template <class Cursor, class V> class faulty_cursor {
public:
    faulty_cursor(Cursor inner, faults how) : inner_(std::move(inner)), faults_(std::move(how)) {}

    [[nodiscard]] auto next(std::size_t at_most = detail::usual_batch) -> batch<V> {
        if (faults_.draw(operation_kind::next) != faults::fate::done) return errors::injected_refusal();
        return detail::pull(inner_, at_most);
    }
    [[nodiscard]] auto progress() const -> revision_number { return inner_.progress(); }
    auto on_wake(waker w) -> void { inner_.on_wake(w); }

private:
    Cursor inner_;
    faults faults_;
};

/// What `with_faults` returns.
class faults_layer : public is_layer {
public:
    explicit faults_layer(faults how) : faults_(std::move(how)) {}

    /// The handle that turns the faults off and on, and counts them.
    [[nodiscard]] auto handle() const -> faults { return faults_; }

    template <class S, class Call>
    auto around(S& /*inner*/, operation_kind kind, Call call) const -> decltype(call()) {
        switch (faults_.draw(kind)) {
        case faults::fate::refused: return errors::injected_refusal();
        case faults::fate::lost_request: return errors::injected_silence();
        case faults::fate::lost_ack: static_cast<void>(call()); return errors::injected_silence();
        case faults::fate::done: break;
        }
        return call();
    }

    /// A batch has one fate; if its acknowledgement is lost, some of it may not have been done either.
    template <class S>
    auto commit(S& inner, std::span<txn<typename S::value_type> const> batch) const {
        using reply = result<txn_reply<typename S::value_type>>;
        auto const all = [&](reply const& r) { return std::vector<reply>(batch.size(), r); };
        if (batch.empty()) return all({});
        switch (faults_.draw(operation_kind::commit)) {
        case faults::fate::refused: return all(errors::injected_refusal());
        case faults::fate::lost_request: return all(errors::injected_silence());
        case faults::fate::lost_ack:
            static_cast<void>(inner.commit(batch.first(faults_.draw_part(batch.size()))));
            return all(errors::injected_silence());
        case faults::fate::done: break;
        }
        return inner.commit(batch);
    }

    template <class S> auto put(S& inner, put_request<typename S::value_type> request) const {
        return around(inner, operation_kind::put, [&] { return store::put(inner, std::move(request)); });
    }
    template <class S> auto erase(S& inner, erase_request const& request) const {
        return around(inner, operation_kind::erase, [&] { return store::erase(inner, request); });
    }

    template <class S> auto watch(S& inner, watch_request const& request) const {
        using cursor = faulty_cursor<typename S::cursor, typename S::value_type>;
        return around(inner, operation_kind::watch, [&]() -> result<cursor> {
            auto made = inner.watch(request);
            if (!made) return std::unexpected(std::move(made.error()));
            return cursor{std::move(*made), faults_};
        });
    }

private:
    faults faults_;
};

/// A store that fails like a network and disks do, as often as the options say. Rates of 0 change nothing; at
/// any rate, what is not refused is answered rightly, and a watch loses no event. It never sleeps by itself:
/// a delay is what the given `sleep` makes of it. Thread-safe; one lock per operation.
[[nodiscard]] inline auto with_faults(faults how) -> faults_layer { return faults_layer{std::move(how)}; }
/// The same with faults of its own; `layer().handle()` gives their handle.
[[nodiscard]] inline auto with_faults(fault_options const& options) -> faults_layer {
    return faults_layer{faults{options}};
}

} // namespace berth::store

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/store/with_faults.ipp>
#endif
