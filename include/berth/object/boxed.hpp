#pragma once

/// \file
/// An optional value in a place of its own: eight bytes when absent, and copied and compared as a value.

#include <utility>

namespace berth::object {

/// An optional `T` on the heap. For the many members of API objects that are seldom set: an absent one costs
/// a pointer. Copies are deep, comparison is by value, and `T` may be incomplete where the member is
/// declared.
template <class T> class boxed {
public:
    using value_type = T;

    boxed() = default;
    boxed(T value) : value_(new T(std::move(value))) {}
    boxed(boxed const& other) : value_(other.value_ == nullptr ? nullptr : new T(*other.value_)) {}
    boxed(boxed&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
    auto operator=(boxed other) noexcept -> boxed& {
        std::swap(value_, other.value_);
        return *this;
    }
    ~boxed() { delete value_; }

    [[nodiscard]] auto has_value() const -> bool { return value_ != nullptr; }
    explicit operator bool() const { return value_ != nullptr; }

    auto operator*() -> T& { return *value_; }
    auto operator*() const -> T const& { return *value_; }
    auto operator->() -> T* { return value_; }
    auto operator->() const -> T const* { return value_; }
    /// A pointer to the value, or null.
    [[nodiscard]] auto get() const -> T const* { return value_; }

    /// The value, made first if absent.
    auto engage() -> T& {
        if (value_ == nullptr) value_ = new T();
        return *value_;
    }
    auto reset() -> void { delete std::exchange(value_, nullptr); }

    friend auto operator==(boxed const& a, boxed const& b) -> bool {
        if (a.value_ == nullptr || b.value_ == nullptr) return a.value_ == b.value_;
        return *a.value_ == *b.value_;
    }

private:
    T* value_ = nullptr;
};

} // namespace berth::object
