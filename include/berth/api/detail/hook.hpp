#pragma once

/// \file
/// The functions of a kind's description: typed where they are written, erased once where they are kept.

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

namespace berth::api::detail {

/// A function of objects whose type is not known here, or none. Cheap to make from a plain function: one
/// small function per type and signature.
template <class Signature> class hook;

template <class R, class... A> class hook<R(A...)> {
public:
    hook() = default;
    hook(std::nullptr_t) {} // NOLINT(google-explicit-constructor)
    /// Any function object, shared by the copies.
    template <class F>
        requires(!std::is_same_v<F, hook> && std::is_invocable_r_v<R, F const&, A...>)
    hook(F closure) // NOLINT(google-explicit-constructor)
        : call_([](hook const& self, A... a) -> R {
              return (*static_cast<F const*>(self.state_.get()))(std::forward<A>(a)...);
          }),
          state_(std::make_shared<F const>(std::move(closure))) {}

    explicit operator bool() const { return call_ != nullptr; }
    auto operator()(A... a) const -> R { return call_(*this, std::forward<A>(a)...); }

    /// From now on it calls a function of objects of type `T`, or nothing. It must not have been made from a
    /// function object.
    template <class T, class... B> auto bind(R (*f)(B...)) -> void {
        function_ = reinterpret_cast<plain>(f);
        call_ = f == nullptr ? nullptr : &hook::call_plain<T, B...>;
    }

private:
    using plain = void (*)();

    template <class T, class... B> static auto call_plain(hook const& self, A... a) -> R;

    auto (*call_)(hook const&, A...) -> R = nullptr;
    plain function_ = nullptr;
    std::shared_ptr<void const> state_;
};

/// How a description of objects of type `T` speaks of them; without a type, by their address.
template <class T> struct self_of {
    using change = T&;
    using view = T const&;
    using maybe = T const*;
    template <class Signature> using function = Signature*;
};
template <> struct self_of<void> {
    using change = void*;
    using view = void const*;
    using maybe = void const*;
    template <class Signature> using function = hook<Signature>;
};

/// An argument of a typed function as one of the erased function, and back.
template <class T, class A> struct argument {
    using erased = A;
    static auto typed(A a) -> A { return static_cast<A&&>(a); }
};
template <class T> struct argument<T, T&> {
    using erased = void*;
    static auto typed(void* p) -> T& { return *static_cast<T*>(p); }
};
template <class T> struct argument<T, T const&> {
    using erased = void const*;
    static auto typed(void const* p) -> T const& { return *static_cast<T const*>(p); }
};
template <class T> struct argument<T, T const*> {
    using erased = void const*;
    static auto typed(void const* p) -> T const* { return static_cast<T const*>(p); }
};

template <class R, class... A>
template <class T, class... B>
auto hook<R(A...)>::call_plain(hook const& self, A... a) -> R {
    auto* const typed = reinterpret_cast<R (*)(B...)>(self.function_);
    return typed(argument<T, B>::typed(static_cast<A&&>(a))...);
}

/// A function of objects of type `T` as one of their addresses; none of none.
template <class T, class R, class... A>
[[nodiscard]] auto erase(R (*f)(A...)) -> hook<R(typename argument<T, A>::erased...)> {
    auto out = hook<R(typename argument<T, A>::erased...)>();
    out.template bind<T>(f);
    return out;
}

} // namespace berth::api::detail
