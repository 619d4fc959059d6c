#pragma once

/// \file
/// A controller that is chosen at run time: any model of `controller`, erased.

#include <berth/core/config.hpp>
#include <berth/reconcile/detail/controller_rules.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// What some controller remembers of a key; null: as at first.
using any_memory = std::shared_ptr<void const>;

namespace detail {

/// What a change of a kind means to a controller.
enum class role : std::uint8_t { reconciled, owned, watched };

/// A kind that a controller hears of.
struct heard_kind {
    role as;
    auto (*type)() -> object::type_info const&;
    /// The keys that an object concerns, or null.
    auto (*keys_for)(void const*, snapshot const&, object::any_object const&) -> std::vector<key>;
    /// Whether an update matters, or null: each does.
    auto (*matters)(void const*, object::any_object const&, object::any_object const&) -> bool;
    /// Whether an object can matter as it is, or null: each can.
    auto (*can_matter)(void const*, snapshot const&, object::any_object const&) -> bool;
};

/// The functions of an erased controller.
struct controller_table {
    std::string_view name;
    std::span<heard_kind const> heard;
    auto (*seen)() -> std::vector<object::type_info const*>;
    auto (*written)() -> std::vector<object::type_info const*>;
    auto (*indexes)() -> std::vector<index>;
    auto (*reconcile)(void const*, snapshot const&, key const&, any_memory const&) -> decision<any_memory>;
    auto (*same_memory)(void const*, void const*) -> bool; ///< null, if it has none
};

template <class C, class T> constexpr auto heard_as(role as) -> heard_kind {
    auto out = heard_kind{as, &object::type_of<T>, nullptr, nullptr, nullptr};
    if constexpr (maps<C, T>)
        out.keys_for = [](void const* c, snapshot const& world, object::any_object const& o) {
            return std::vector<key>(static_cast<C const*>(c)->keys_for(world, o.as<T>()));
        };
    if constexpr (judges<C, T>)
        out.matters = [](void const* c, object::any_object const& before, object::any_object const& after) {
            return static_cast<bool>(static_cast<C const*>(c)->matters(before.as<T>(), after.as<T>()));
        };
    if constexpr (sieves<C, T>)
        out.can_matter = [](void const* c, snapshot const& world, object::any_object const& o) {
            return static_cast<bool>(static_cast<C const*>(c)->matters(world, o.as<T>()));
        };
    return out;
}

template <class C, class... Owned, class... Watched>
constexpr auto all_heard(kinds<Owned...>, kinds<Watched...>) {
    return std::array<heard_kind, 1 + sizeof...(Owned) + sizeof...(Watched)>{
        heard_as<C, typename C::reconciles>(role::reconciled), heard_as<C, Owned>(role::owned)...,
        heard_as<C, Watched>(role::watched)...};
}
template <class C>
inline constexpr auto heard_by = all_heard<C>(decltype(owned_kinds<C>()){}, decltype(watched_kinds<C>()){});

template <class C>
auto decide(void const* c, snapshot const& world, key const& k, any_memory const& before)
    -> decision<any_memory> {
    auto const& self = *static_cast<C const*>(c);
    if constexpr (remembers<C>) {
        using memory = typename C::memory;
        auto made = before == nullptr ? self.reconcile(world, k, memory())
                                      : self.reconcile(world, k, *static_cast<memory const*>(before.get()));
        auto kept = any_memory();
        if (!(made.memory == memory())) kept = std::make_shared<memory const>(std::move(made.memory));
        return {std::move(made.plan), std::move(kept)};
    } else {
        return {self.reconcile(world, k), nullptr};
    }
}

template <class C> constexpr auto memory_comparison() -> auto (*)(void const*, void const*) -> bool {
    if constexpr (remembers<C>)
        return [](void const* a, void const* b) {
            using memory = typename C::memory;
            return *static_cast<memory const*>(a) == *static_cast<memory const*>(b);
        };
    else return nullptr;
}

template <class C> inline constexpr controller_table controller_table_of = {
    .name = C::name,
    .heard = heard_by<C>,
    .seen = &kinds_seen<C>,
    .written = &kinds_written<C>,
    .indexes = &indexes_of<C>,
    .reconcile = &decide<C>,
    .same_memory = memory_comparison<C>(),
};

} // namespace detail

/// Any controller. Copies share what they hold; a call costs one indirect call. What is no controller is told
/// why by the compiler, and so is who has misspelt an optional member.
class any_controller {
public:
    template <class C>
        requires(!std::is_same_v<C, any_controller>)
    explicit any_controller(C c) : any_controller(std::make_shared<C const>(std::move(c))) {}

    /// Shares a controller.
    template <class C> explicit any_controller(std::shared_ptr<C const> shares) : held_(std::move(shares)) {
        if constexpr (detail::is_right<C>()) table_ = &detail::controller_table_of<C>;
    }
    /// Refers to a controller, which must outlive this one and its copies.
    template <class C> [[nodiscard]] static auto of(C const& refers_to) -> any_controller {
        return any_controller(std::shared_ptr<C const>(std::shared_ptr<void>(), &refers_to));
    }

    /// The controller, if it is a `C`, or null.
    template <controller C> [[nodiscard]] auto get_if() const -> C const* {
        auto const is = table_ == &detail::controller_table_of<C>;
        return is ? static_cast<C const*>(held_.get()) : nullptr;
    }

    [[nodiscard]] auto name() const -> std::string_view { return table_->name; }
    /// The kind whose keys it is asked about.
    [[nodiscard]] auto reconciled() const -> object::type_info const& { return table_->heard[0].type(); }
    /// The kinds of which it hears, and how: the reconciled, the owned, the watched ones, in this order.
    [[nodiscard]] auto heard() const -> std::span<detail::heard_kind const> { return table_->heard; }
    /// The kinds that it may look at, and those that its plans may write; each once.
    [[nodiscard]] auto seen() const { return table_->seen(); }
    [[nodiscard]] auto written() const { return table_->written(); }
    [[nodiscard]] auto indexes() const -> std::vector<index> { return table_->indexes(); }

    /// What to do for a key, and what to remember of it.
    [[nodiscard]] auto reconcile(snapshot const& world, key const& k, any_memory const& before = {}) const
        -> decision<any_memory> {
        return table_->reconcile(held_.get(), world, k, before);
    }
    /// The keys that an object of a heard kind concerns by `keys_for`.
    [[nodiscard]] auto keys_for(detail::heard_kind const& kind, snapshot const& world,
                                object::any_object const& o) const -> std::vector<key>;
    /// Whether an update of an object of a heard kind can matter.
    [[nodiscard]] auto matters(detail::heard_kind const& kind, object::any_object const& before,
                               object::any_object const& after) const -> bool {
        return kind.matters == nullptr || kind.matters(held_.get(), before, after);
    }
    /// Whether an object of a heard kind can matter as it is.
    [[nodiscard]] auto matters(detail::heard_kind const& kind, snapshot const& world,
                               object::any_object const& o) const -> bool {
        return kind.can_matter == nullptr || kind.can_matter(held_.get(), world, o);
    }
    /// Whether two memories of this controller are equal.
    [[nodiscard]] auto same(any_memory const& a, any_memory const& b) const -> bool {
        if (a == nullptr || b == nullptr) return a == b;
        return table_->same_memory(a.get(), b.get());
    }

private:
    detail::controller_table const* table_ = nullptr;
    std::shared_ptr<void const> held_;
};

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/any_controller.ipp>
#endif
