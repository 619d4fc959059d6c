#pragma once

/// \file
/// A signal whose wakers each care for a range of keys: a write calls those that it concerns, and no others.

#include <berth/core/step.hpp>
#include <berth/store/detail/range_index.hpp>
#include <berth/store/fwd.hpp>
#include <berth/store/key_range.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::store {

/// Wakers by the keys that they care for. What stores keep for the cursors that have a waker; a store of
/// one's own does well to use it too.
///
/// A subscription is armed, called once, and then left alone until it is armed again: whoever is awake
/// already costs a writer nothing. The order of things makes sure that no wake is lost:
/// * who waits calls `arm()` first, and then looks whether something has happened;
/// * who writes first lets its writes be seen, and then calls `find` with the keys, and what that answers.
///
/// Thread-safe; its subscriptions may outlive it. `find` costs nothing while there are none, and else a look
/// into a filter and, if there are ranges, a logarithmic search in them for each key, plus what is found.
class range_signal {
    struct listener {
        std::atomic<revision_number> since{0}; ///< 0: armed; else the revision that it was called for
        std::mutex mutex;                      ///< held during a call
        waker call{};                          ///< guarded by `mutex`

        auto notify() -> void {
            auto const lock = std::scoped_lock(mutex);
            call();
        }
        auto silence() -> void {
            auto const lock = std::scoped_lock(mutex);
            call = {};
        }
    };
    using index = detail::range_index<std::shared_ptr<listener>>;

    struct shared {
        std::atomic<std::size_t> count{0};
        std::mutex mutex;
        index listeners; ///< guarded by `mutex`

        auto remove(index::entry& entry) -> void {
            auto kept = std::shared_ptr<listener>();
            {
                auto const lock = std::scoped_lock(mutex);
                kept = listeners.erase(entry);
                count.fetch_sub(1);
            }
            kept->silence();
        }
    };

public:
    /// Ends when it dies, and no call of its waker is under way afterwards.
    class subscription {
    public:
        subscription() = default;
        subscription(subscription&& other) noexcept
            : shared_(std::move(other.shared_)), entry_(std::exchange(other.entry_, nullptr)) {}
        auto operator=(subscription&& other) noexcept -> subscription& {
            std::swap(shared_, other.shared_);
            std::swap(entry_, other.entry_);
            return *this;
        }
        subscription(subscription const&) = delete;
        auto operator=(subscription const&) -> subscription& = delete;
        ~subscription() {
            if (entry_ != nullptr) shared_->remove(*entry_);
        }

        explicit operator bool() const { return entry_ != nullptr; }
        /// The first revision in which a key of the range was written since it was armed; 0 if there is none,
        /// as far as writers have got.
        [[nodiscard]] auto concerned_since() const -> revision_number { return entry_->value->since.load(); }
        /// Wants to be called at the next write in the range. Comes before the look at what there is.
        auto arm() const -> void {
            if (concerned_since() != 0) entry_->value->since.store(0);
        }
        /// Calls the waker now.
        auto notify() const -> void { entry_->value->notify(); }

    private:
        friend range_signal;
        subscription(std::shared_ptr<shared> s, index::entry& e) : shared_(std::move(s)), entry_(&e) {}

        std::shared_ptr<shared> shared_{};
        index::entry* entry_ = nullptr;
    };

    /// Those whom some writes concern. Calling them is for the time when no lock is held.
    class [[nodiscard]] found {
    public:
        auto notify() const -> void {
            for (auto const& l : listeners_) l->notify();
        }

    private:
        friend range_signal;
        auto add(std::shared_ptr<listener> const& l, revision_number at) -> void {
            auto before = l->since.load();
            while (before == 0 || at < before) { // who writes out of order must not hide what came before
                if (!l->since.compare_exchange_weak(before, at)) continue;
                if (before == 0) listeners_.push_back(l);
                return;
            }
        }
        std::vector<std::shared_ptr<listener>> listeners_;
    };

    range_signal() = default;
    range_signal(range_signal const&) = delete;
    auto operator=(range_signal const&) -> range_signal& = delete;

    /// Calls `w` at the next write in the range; armed from the beginning.
    [[nodiscard]] auto subscribe(key_range keys, waker w) -> subscription {
        auto made = std::make_shared<listener>();
        made->call = w;
        auto const lock = std::scoped_lock(shared_->mutex);
        auto& entry = shared_->listeners.insert(keys, std::move(made));
        shared_->count.fetch_add(1);
        return {shared_, entry};
    }

    /// Disarms and answers the armed ones that care for any of the keys: `each(visit)` calls
    /// `visit(key, revision)` for each key that was written, in the order of the revisions.
    template <class Keys> auto find(Keys each) -> found {
        auto out = found();
        if (shared_->count.load() == 0) return out;
        auto const lock = std::scoped_lock(shared_->mutex);
        each([&](std::string_view key, revision_number at) {
            shared_->listeners.visit_key(key, [&](auto const& l) { out.add(l, at); });
        });
        return out;
    }
    /// The same for those that care for any key of a range.
    auto find_in(key_range keys, revision_number at) -> found {
        auto out = found();
        if (shared_->count.load() == 0) return out;
        auto const lock = std::scoped_lock(shared_->mutex);
        shared_->listeners.visit_range(keys, [&](auto const& l) { out.add(l, at); });
        return out;
    }

private:
    std::shared_ptr<shared> shared_ = std::make_shared<shared>();
};

} // namespace berth::store
