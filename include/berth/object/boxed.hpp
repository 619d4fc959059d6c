#pragma once

/// \file
/// An optional value in a place of its own: eight bytes when absent, and copied and compared as a value.

#include <berth/object/detail/erased_list.hpp>

#include <utility>

namespace berth::object {

/// An optional described value on the heap. For the many members of API objects that are seldom set: an
/// absent one costs a pointer. Copies are deep, comparison is by value, and `T` may be incomplete where the
/// member is declared. All boxes share the code that copies, compares and destroys them.
///
/// Boxes of an `any_object` share their value with their copies, as its lists do, until one of them is asked
/// for a place to write to (as `*` and `->` of a box that is not const are): then it gets its own. A copy
/// that finds no memory leaves the box as it was.
template <class T> class boxed {
public:
    using value_type = T;

    boxed() noexcept = default;
    boxed(T value) : value_(detail::make_boxed(detail::info_of<T>(), &value)) {}
    boxed(boxed const& other) : value_(detail::copy_boxed(detail::info_of<T>(), other.value_)) {}
    boxed(boxed&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
    auto operator=(boxed other) noexcept -> boxed& {
        std::swap(value_, other.value_);
        return *this;
    }
    ~boxed() { detail::free_boxed(detail::info_of<T>(), value_); }

    [[nodiscard]] auto has_value() const noexcept -> bool { return value_ != nullptr; }
    explicit operator bool() const noexcept { return value_ != nullptr; }

    auto operator*() -> T& { return *operator->(); }
    auto operator*() const -> T const& { return *static_cast<T const*>(value_); }
    auto operator->() -> T* {
        detail::own_boxed(detail::info_of<T>(), value_);
        return static_cast<T*>(value_);
    }
    auto operator->() const -> T const* { return static_cast<T const*>(value_); }
    /// A pointer to the value, or null.
    [[nodiscard]] auto get() const noexcept -> T const* { return static_cast<T const*>(value_); }

    /// The value, made first if absent.
    auto engage() -> T& {
        if (value_ == nullptr) value_ = detail::make_boxed(detail::info_of<T>());
        return **this;
    }
    auto reset() noexcept -> void {
        detail::free_boxed(detail::info_of<T>(), std::exchange(value_, nullptr));
    }

    friend auto operator==(boxed const& a, boxed const& b) -> bool {
        return detail::equal_boxed(detail::info_of<T>(), a.value_, b.value_);
    }

private:
    void* value_ = nullptr;
};

} // namespace berth::object

// Describes what is in it; that needs the class above.
#include <berth/object/reflect.hpp> // IWYU pragma: keep
