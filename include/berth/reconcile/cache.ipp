#pragma once

/// \file
/// The bodies of `berth/reconcile/cache.hpp`.

#include <berth/core/config.hpp>
#include <berth/reconcile/cache.hpp>

namespace berth::reconcile {

BERTH_DECL caches::caches(api::any_client client, reflector_options options)
    : client_(std::move(client)), options_(std::move(options)) {}

BERTH_DECL caches::~caches() = default;

BERTH_DECL auto caches::follow(object::type_info const& type, std::vector<index> indexes, object_parts needed)
    -> void {
    {
        auto const lock = std::unique_lock(world_.mutex());
        auto& t = world_.follow(type);
        for (auto& i : indexes) t.add_index(std::move(i));
        if (auto* const known = find(type); known != nullptr) {
            if (needed == object_parts::metadata || !known->from.want_whole()) return;
        } else {
            auto options = options_;
            if (needed == object_parts::metadata) options.parts = object_parts::metadata;
            options.seed += followed_.size();
            if (!type.resource->namespaced) options.namespace_.clear();
            followed_.emplace_back(client_, t, std::move(options));
        }
    }
    auto const lock = std::scoped_lock(waker_mutex_);
    waker_();
}

BERTH_DECL auto caches::listen(object::type_info const& type, change_handler handler, object_parts needed)
    -> listening {
    follow(type, {}, needed);
    auto const lock = std::unique_lock(world_.mutex());
    auto& f = *find(type);
    auto const now = snapshot(world_, now_);
    for (object::object_ref const& o : world_.find(type)->all())
        handler(now, change{change::kind::added, {}, o, true, true});
    f.handlers.emplace_back(++handlers_, std::move(handler));
    return {*this, type, handlers_};
}

BERTH_DECL auto caches::step(time_point now) -> wake {
    gather();
    world_.forget_view();
    auto wish = wake::signalled();
    auto moved = false;
    for (auto* f : stepping_) {
        auto const before = std::pair(f->from.revision(), f->from.synced());
        auto const heard = [&](change const& c) {
            auto const view = snapshot(world_, now);
            for (auto const& [id, handler] : f->handlers) handler(view, c);
        };
        wish = sooner(wish, f->from.step(now, world_.mutex(), heard));
        moved = moved || before != std::pair(f->from.revision(), f->from.synced());
    }
    publish(now);
    if (moved) changed_.notify();
    return wish;
}

BERTH_DECL auto caches::on_wake(waker w) -> void {
    {
        auto const lock = std::scoped_lock(waker_mutex_);
        waker_ = w;
    }
    for (auto* f : stepping_) f->from.on_wake(w);
}

BERTH_DECL auto caches::synced() const -> bool {
    auto const lock = std::shared_lock(world_.mutex());
    for (auto const& f : followed_)
        if (!f.from.synced()) return false;
    return true;
}

BERTH_DECL auto caches::synced(std::span<object::type_info const* const> types) const -> bool {
    auto const lock = std::shared_lock(world_.mutex());
    for (auto const* t : types)
        if (auto const* f = find(*t); f == nullptr || !f->from.synced()) return false;
    return true;
}

BERTH_DECL auto caches::revision(object::type_info const& type) const -> object::revision {
    auto const lock = std::shared_lock(world_.mutex());
    auto const* f = find(type);
    return f == nullptr ? 0 : f->from.revision();
}

BERTH_DECL auto caches::counters(object::type_info const& type) const -> reflector_counters {
    auto const lock = std::shared_lock(world_.mutex());
    auto const* f = find(type);
    return f == nullptr ? reflector_counters{} : f->counters;
}

BERTH_DECL auto caches::find(object::type_info const& type) const -> followed const* {
    auto i = std::size_t{0};
    for (auto const& t : world_.tables()) {
        if (&t.type() == &type) return i < followed_.size() ? &followed_[i] : nullptr;
        ++i;
    }
    return nullptr;
}

BERTH_DECL auto caches::find(object::type_info const& type) -> followed* {
    return const_cast<followed*>(std::as_const(*this).find(type));
}

BERTH_DECL auto caches::forget(object::type_info const& type, std::uint64_t id) -> void {
    auto const lock = std::unique_lock(world_.mutex());
    std::erase_if(find(type)->handlers, [&](auto const& h) { return h.first == id; });
}

BERTH_DECL auto caches::gather() -> void {
    auto const lock = std::shared_lock(world_.mutex());
    while (stepping_.size() < followed_.size()) { // Kinds may be added by other threads while this one steps.
        stepping_.push_back(&followed_[stepping_.size()]);
        stepping_.back()->from.on_wake(waker_now());
    }
}

BERTH_DECL auto caches::waker_now() -> waker {
    auto const lock = std::scoped_lock(waker_mutex_);
    return waker_;
}

BERTH_DECL auto caches::publish(time_point now) -> void {
    auto const lock = std::unique_lock(world_.mutex());
    now_ = now;
    for (auto* f : stepping_) f->counters = f->from.counters();
}

BERTH_DECL auto caches::listening::operator=(listening&& other) noexcept -> listening& {
    std::swap(in_, other.in_);
    std::swap(type_, other.type_);
    std::swap(id_, other.id_);
    return *this;
}

} // namespace berth::reconcile
