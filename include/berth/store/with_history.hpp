#pragma once

/// \file
/// A store that forgets by itself: about so many revisions are kept, and older ones are compacted away.

#include <berth/core/error.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/layer.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <memory>
#include <utility>
#include <vector>

namespace berth::store {

/// How much of the past a store keeps.
struct history_options {
    revision_number revisions = 100'000; ///< so many can always be read, the newest included; at least 1
    revision_number stride = 0; ///< so many more may gather before a compaction; 0 means a quarter of those
};

namespace detail {

/// The store's revision that a write's reply tells; 0 if it tells none.
template <class R> [[nodiscard]] auto revision_told(R const& reply) -> revision_number {
    if constexpr (std::same_as<R, revision_number>) return reply;
    else if constexpr (requires { reply.revision; }) return reply.revision;
    else return 0;
}
template <class T> [[nodiscard]] auto revision_told(result<T> const& reply) -> revision_number {
    if constexpr (std::same_as<T, void>) return 0;
    else return reply ? revision_told(*reply) : 0;
}
template <class T> [[nodiscard]] auto revision_told(std::vector<result<T>> const& replies)
    -> revision_number {
    auto out = revision_number{0};
    for (auto const& r : replies) out = std::max(out, revision_told(r));
    return out;
}

} // namespace detail

/// What `with_history` returns.
class history_layer : public is_layer {
public:
    explicit history_layer(history_options const& options)
        : state_(
              std::make_shared<state>(std::max<revision_number>(options.revisions, 1), stride_of(options))) {}

    template <class S, class Call>
    auto around(S& inner, operation_kind kind, Call call) const -> decltype(call()) {
        auto out = call();
        if constexpr (requires { inner.compact(revision_number{}); }) {
            if (is_write(kind) && kind != operation_kind::compact) trim(inner, detail::revision_told(out));
        }
        return out;
    }

private:
    struct state {
        state(revision_number k, revision_number s) : kept(k), stride(s), due(k + s) {}

        revision_number kept;
        revision_number stride;
        std::atomic<revision_number> due; ///< the revision at which to compact next
        std::atomic<bool> busy{false};
    };

    [[nodiscard]] static auto stride_of(history_options const& options) -> revision_number {
        if (options.stride > 0) return options.stride;
        return std::max<revision_number>(options.revisions / 4, 1);
    }

    /// Compacts if it is time and nobody else is at it. What comes of it is no concern of the caller's: it is
    /// tried again after the next stride.
    template <class S> auto trim(S& inner, revision_number now) const noexcept -> void {
        if (now < state_->due.load(std::memory_order_relaxed)) return;
        if (state_->busy.exchange(true)) return;
        if (now >= state_->due.load()) {
            state_->due.store(now + state_->stride);
            try {
                auto const target = now - state_->kept + 1;
                if (target > inner.compacted()) static_cast<void>(inner.compact(target));
            } catch (...) { // the write that brought us here was done: nothing may undo its answer
                static_cast<void>(0);
            }
        }
        state_->busy.store(false);
    }

    std::shared_ptr<state> state_;
};

/// A store that keeps between `revisions` and `revisions + stride` revisions of its past and compacts what is
/// older, as etcd's automatic compaction by revisions does (etcd 3.5, `api/v3compactor/revision.go`). It
/// never compacts further than that; whoever calls `compact` may.
///
/// One write in `stride` pays for a compaction; the others pay for one look at an atomic number. A compaction
/// that fails is left to a later one, and disturbs no write. Only writes through this layer count: if others
/// write as well, more gathers.
[[nodiscard]] inline auto with_history(history_options const& options = {}) -> history_layer {
    return history_layer{options};
}

} // namespace berth::store
