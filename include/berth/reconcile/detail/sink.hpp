#pragma once

/// \file
/// A reference to somebody who hears something, whoever it is.

#include <memory>
#include <type_traits>

namespace berth::reconcile::detail {

/// Refers to a callable, which must outlive it: no allocation, one indirect call.
template <class... Args> class sink {
public:
    template <class F>
        requires(!std::is_same_v<std::remove_cvref_t<F>, sink> &&
                 std::is_invocable_v<std::remove_reference_t<F>&, Args...>)
    sink(F&& f) // NOLINT(google-explicit-constructor): it is that callable
        : context_(const_cast<void*>(static_cast<void const*>(std::addressof(f)))),
          call_([](void* c, Args... args) {
              static_cast<void>((*static_cast<std::remove_reference_t<F>*>(c))(static_cast<Args>(args)...));
          }) {}

    auto operator()(Args... args) const -> void { call_(context_, static_cast<Args>(args)...); }

private:
    void* context_;
    auto (*call_)(void*, Args...) -> void;
};

} // namespace berth::reconcile::detail
