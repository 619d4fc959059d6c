#pragma once

/// \file
/// Caches of the objects in an API, kept up to date by list and watch: shared by many readers (`caches`), or
/// of one kind with its type (`cache<T>`).

#include <berth/core/config.hpp>
#include <berth/reconcile/change.hpp>
#include <berth/reconcile/reflector.hpp>
#include <berth/reconcile/world.hpp>

#include <deque>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// Hears a change, together with the caches' state right after it. Called by the thread that steps the
/// caches, which holds their mutex: it may look at the snapshot, and must not call the caches.
using change_handler = std::function<void(snapshot const&, change const&)>;

/// The objects of several kinds, each kept up to date by a reflector. One component feeds any number of
/// readers: controllers on other threads share it. A client that is referred to must outlive it.
class caches {
public:
    explicit caches(api::any_client client, reflector_options options = {});
    caches(caches const&) = delete;
    auto operator=(caches const&) -> caches& = delete;
    ~caches();

    /// Ends a handler's calls when it dies. The caches must outlive it.
    class listening {
    public:
        listening() = default;
        listening(caches& in, object::type_info const& type, std::uint64_t id)
            : in_(&in), type_(&type), id_(id) {}
        listening(listening&& other) noexcept
            : in_(std::exchange(other.in_, nullptr)), type_(other.type_), id_(other.id_) {}
        auto operator=(listening&& other) noexcept -> listening&;
        ~listening() {
            if (in_ != nullptr) in_->forget(*type_, id_);
        }

    private:
        caches* in_ = nullptr;
        object::type_info const* type_ = nullptr;
        std::uint64_t id_ = 0;
    };

    /// Follows a kind, with some indexes. A kind that is followed already gets the indexes it lacks. If all
    /// who follow it need no more than the metadata, no more is asked for, where the client can do that; who
    /// comes later and needs all has the kind listed again, and it is not `synced` until that is done.
    auto follow(object::type_info const& type, std::vector<index> indexes = {},
                object_parts needed = object_parts::all) -> void;
    template <object::kind_type T>
    auto follow(std::vector<index> indexes = {}, object_parts needed = object_parts::all) -> void {
        follow(object::type_of<T>(), std::move(indexes), needed);
    }

    /// Calls `handler` for every change of a kind, which is followed, and first for what is there already (as
    /// added).
    [[nodiscard]] auto listen(object::type_info const& type, change_handler handler,
                              object_parts needed = object_parts::all) -> listening;

    /// A bounded slice of keeping up, for each kind.
    auto step(time_point now) -> wake;
    /// Woken by what happens to the kinds that are followed, and when another one is to be. Not while it is
    /// stepped.
    auto on_wake(waker w) -> void;

    /// Whether all followed kinds have been complete once.
    [[nodiscard]] auto synced() const -> bool;
    /// Whether these kinds have.
    [[nodiscard]] auto synced(std::span<object::type_info const* const> types) const -> bool;
    /// Up to which revision the changes of a kind are known; 0 if it is not followed.
    [[nodiscard]] auto revision(object::type_info const& type) const -> object::revision;
    [[nodiscard]] auto counters(object::type_info const& type) const -> reflector_counters;

    /// What is known now; the snapshot stays so, and the caches go on.
    [[nodiscard]] auto at(time_point now, std::span<failure const> failures = {}) const -> snapshot {
        return world_.at(now, failures);
    }
    /// Called after each step in which some kind's revision went on.
    [[nodiscard]] auto changed() -> wake_signal& { return changed_; }

private:
    struct followed {
        followed(api::any_client client, table& into, reflector_options options)
            : from(std::move(client), into, std::move(options)) {}

        reflector from;
        reflector_counters counters;
        std::vector<std::pair<std::uint64_t, change_handler>> handlers;
    };

    [[nodiscard]] auto find(object::type_info const& type) const -> followed const*;
    [[nodiscard]] auto find(object::type_info const& type) -> followed*;
    auto forget(object::type_info const& type, std::uint64_t id) -> void;
    auto gather() -> void;
    auto waker_now() -> waker;
    auto publish(time_point now) -> void;

    api::any_client client_;
    reflector_options options_;
    world world_; ///< its n-th table is that of the n-th followed kind
    std::deque<followed> followed_;
    std::vector<followed*> stepping_;
    std::uint64_t handlers_ = 0;
    time_point now_;
    wake_signal changed_;
    std::mutex waker_mutex_;
    waker waker_;
};

/// A cache of one kind, with its type. A component; its readers may be on other threads.
template <object::kind_type T> class cache {
public:
    explicit cache(api::any_client client, std::vector<index> indexes = {}, reflector_options options = {})
        : all_(std::move(client), std::move(options)) {
        all_.follow<T>(std::move(indexes));
    }

    auto step(time_point now) -> wake { return all_.step(now); }
    auto on_wake(waker w) -> void { all_.on_wake(w); }

    /// Whether it has been complete once.
    [[nodiscard]] auto synced() const -> bool { return all_.synced(); }
    /// All changes up to this revision are in it.
    [[nodiscard]] auto revision() const -> object::revision { return all_.revision(object::type_of<T>()); }
    [[nodiscard]] auto counters() const -> reflector_counters { return all_.counters(object::type_of<T>()); }
    [[nodiscard]] auto size() const -> std::size_t { return view().template all<T>().size(); }

    /// The object of this name; false if there is none.
    [[nodiscard]] auto get(object::key const& k) const -> object::stored<T> {
        auto const v = view();
        auto const found = v.template get<T>(k);
        return found ? found.keep() : object::stored<T>();
    }
    /// The objects with a value in an index.
    [[nodiscard]] auto by_index(std::string_view index_name, std::string_view value) const
        -> std::vector<object::stored<T>> {
        auto const v = view();
        auto out = std::vector<object::stored<T>>();
        for (auto const o : v.template where<T>(index_name, value)) out.push_back(o.keep());
        return out;
    }
    /// Calls `f(seen<T>)` for all objects that there are when it is called.
    template <class F> auto for_each(F&& f) const -> void {
        auto const v = view();
        for (auto const o : v.template all<T>()) f(o);
    }
    /// As `caches::listen`.
    [[nodiscard]] auto listen(change_handler handler) -> caches::listening {
        return all_.listen(object::type_of<T>(), std::move(handler));
    }

private:
    [[nodiscard]] auto view() const -> snapshot { return all_.at({}); }

    caches all_;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/cache.ipp>
#endif
