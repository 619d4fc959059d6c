#pragma once

/// \file
/// Caches of the objects in an API, kept up to date by list and watch: shared by many readers (`caches`), or
/// of one kind with its type (`cache<T, Client>`).

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
/// readers: controllers on other threads share it. The client must outlive it.
template <api::client Client> class caches {
public:
    explicit caches(Client& client, reflector_options options = {})
        : client_(&client), options_(std::move(options)) {}
    caches(caches const&) = delete;
    auto operator=(caches const&) -> caches& = delete;

    /// Ends a handler's calls when it dies. The caches must outlive it.
    class listening {
    public:
        listening() = default;
        listening(caches& in, object::type_info const& type, std::uint64_t id)
            : in_(&in), type_(&type), id_(id) {}
        listening(listening&& other) noexcept
            : in_(std::exchange(other.in_, nullptr)), type_(other.type_), id_(other.id_) {}
        auto operator=(listening&& other) noexcept -> listening& {
            std::swap(in_, other.in_);
            std::swap(type_, other.type_);
            std::swap(id_, other.id_);
            return *this;
        }
        ~listening() {
            if (in_ != nullptr) in_->forget(*type_, id_);
        }

    private:
        caches* in_ = nullptr;
        object::type_info const* type_ = nullptr;
        std::uint64_t id_ = 0;
    };

    /// Follows a kind, with some indexes. A kind that is followed already gets the indexes it lacks.
    auto follow(object::type_info const& type, std::vector<index> indexes = {}) -> void {
        {
            auto const lock = std::unique_lock(world_.mutex());
            auto& t = world_.follow(type);
            for (auto& i : indexes) t.add_index(std::move(i));
            if (find(type) != nullptr) return;
            auto options = options_;
            options.seed += followed_.size();
            if (!type.resource->namespaced) options.namespace_.clear();
            followed_.emplace_back(*client_, t, std::move(options));
        }
        auto const lock = std::scoped_lock(waker_mutex_);
        waker_();
    }
    template <object::kind_type T> auto follow(std::vector<index> indexes = {}) -> void {
        follow(object::type_of<T>(), std::move(indexes));
    }

    /// Calls `handler` for every change of a followed kind, and first for what is there already (as added).
    [[nodiscard]] auto listen(object::type_info const& type, change_handler handler) -> listening {
        follow(type);
        auto const lock = std::unique_lock(world_.mutex());
        auto& f = *find(type);
        auto const now = snapshot(world_, now_);
        for (object::object_ref const& o : world_.find(type)->all())
            handler(now, change{change::kind::added, {}, o, true, true});
        f.handlers.emplace_back(++handlers_, std::move(handler));
        return {*this, type, handlers_};
    }

    /// A bounded slice of keeping up, for each kind.
    auto step(time_point now) -> wake {
        gather();
        auto wish = wake::signalled();
        auto moved = false;
        for (auto* f : stepping_) {
            auto const before = f->from.revision();
            auto const heard = [&](change const& c) {
                auto const view = snapshot(world_, now);
                for (auto const& [id, handler] : f->handlers) handler(view, c);
            };
            wish = sooner(wish, f->from.step(now, world_.mutex(), heard));
            moved = moved || f->from.revision() != before;
        }
        publish(now);
        if (moved) changed_.notify();
        return wish;
    }
    /// Woken by what happens to the kinds that are followed, and when another one is to be. Not while it is
    /// stepped.
    auto on_wake(waker w) -> void {
        {
            auto const lock = std::scoped_lock(waker_mutex_);
            waker_ = w;
        }
        for (auto* f : stepping_) f->from.on_wake(w);
    }

    /// Whether all followed kinds have been complete once.
    [[nodiscard]] auto synced() const -> bool {
        auto const lock = std::shared_lock(world_.mutex());
        for (auto const& f : followed_)
            if (!f.from.synced()) return false;
        return true;
    }
    /// Whether these kinds have.
    [[nodiscard]] auto synced(std::span<object::type_info const* const> types) const -> bool {
        auto const lock = std::shared_lock(world_.mutex());
        for (auto const* t : types)
            if (auto const* f = find(*t); f == nullptr || !f->from.synced()) return false;
        return true;
    }
    /// Up to which revision the changes of a kind are known; 0 if it is not followed.
    [[nodiscard]] auto revision(object::type_info const& type) const -> object::revision {
        auto const lock = std::shared_lock(world_.mutex());
        auto const* f = find(type);
        return f == nullptr ? 0 : f->from.revision();
    }
    [[nodiscard]] auto counters(object::type_info const& type) const -> reflector_counters {
        auto const lock = std::shared_lock(world_.mutex());
        auto const* f = find(type);
        return f == nullptr ? reflector_counters{} : f->counters;
    }

    /// What is known now; the caches stand still as long as the snapshot lives.
    [[nodiscard]] auto at(time_point now, std::span<failure const> failures = {}) const -> snapshot {
        return world_.at(now, failures);
    }
    /// Called after each step in which some kind's revision went on.
    [[nodiscard]] auto changed() -> signal& { return changed_; }

private:
    struct followed {
        followed(Client& client, table& into, reflector_options options)
            : from(client, into, std::move(options)) {}

        reflector<Client> from;
        reflector_counters counters;
        std::vector<std::pair<std::uint64_t, change_handler>> handlers;
    };

    [[nodiscard]] auto find(object::type_info const& type) const -> followed const* {
        auto i = std::size_t{0};
        for (auto const& t : world_.tables()) {
            if (&t.type() == &type) return i < followed_.size() ? &followed_[i] : nullptr;
            ++i;
        }
        return nullptr;
    }
    [[nodiscard]] auto find(object::type_info const& type) -> followed* {
        return const_cast<followed*>(std::as_const(*this).find(type));
    }
    auto forget(object::type_info const& type, std::uint64_t id) -> void {
        auto const lock = std::unique_lock(world_.mutex());
        std::erase_if(find(type)->handlers, [&](auto const& h) { return h.first == id; });
    }
    /// Kinds may be added by other threads while this one steps.
    auto gather() -> void {
        auto const lock = std::shared_lock(world_.mutex());
        while (stepping_.size() < followed_.size()) {
            stepping_.push_back(&followed_[stepping_.size()]);
            stepping_.back()->from.on_wake(waker_now());
        }
    }
    auto waker_now() -> waker {
        auto const lock = std::scoped_lock(waker_mutex_);
        return waker_;
    }
    auto publish(time_point now) -> void {
        auto const lock = std::unique_lock(world_.mutex());
        now_ = now;
        for (auto* f : stepping_) f->counters = f->from.counters();
    }

    Client* client_;
    reflector_options options_;
    world world_; ///< its n-th table is that of the n-th followed kind
    std::deque<followed> followed_;
    std::vector<followed*> stepping_;
    std::uint64_t handlers_ = 0;
    time_point now_;
    signal changed_;
    std::mutex waker_mutex_;
    waker waker_;
};

/// A cache of one kind, with its type. A component; its readers may be on other threads.
template <object::kind_type T, api::client Client> class cache {
public:
    explicit cache(Client& client, std::vector<index> indexes = {}, reflector_options options = {})
        : all_(client, std::move(options)) {
        all_.template follow<T>(std::move(indexes));
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
    /// Calls `f(seen<T>)` for all objects, while the cache stands still.
    template <class F> auto for_each(F&& f) const -> void {
        auto const v = view();
        for (auto const o : v.template all<T>()) f(o);
    }
    /// As `caches::listen`.
    [[nodiscard]] auto listen(change_handler handler) {
        return all_.listen(object::type_of<T>(), std::move(handler));
    }

private:
    [[nodiscard]] auto view() const -> snapshot { return all_.at({}); }

    caches<Client> all_;
};

} // namespace berth::reconcile
