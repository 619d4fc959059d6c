#pragma once

/// \file
/// `result<T>`: a value or an `error`, which the compiler does not let anybody overlook.

#include <berth/core/error.hpp>

#include <expected>
#include <new>
#include <type_traits>
#include <utility>

namespace berth {

template <class T> class result;

namespace detail {

struct nothing {}; // what a `result<void>` keeps

template <class T> inline constexpr bool is_a_result = false;
template <class T> inline constexpr bool is_a_result<result<T>> = true;
template <class T, class E> inline constexpr bool is_a_result<std::expected<T, E>> = true;
template <class E> inline constexpr bool is_a_result<std::unexpected<E>> = true;

template <class U, class T>
concept value_for =
    not std::is_void_v<T> and
    (std::is_same_v<std::remove_cvref_t<U>, T> or
     (not is_a_result<std::remove_cvref_t<U>> and
      not std::is_same_v<std::remove_cvref_t<U>, std::in_place_t> and std::is_constructible_v<T, U>));

template <class U, class T>
concept other_value_for =
    not std::is_same_v<U, T> and (std::is_void_v<T> ? std::is_void_v<U> : std::is_constructible_v<T, U>);

} // namespace detail

/// Either a `T` or an `error`. Functions of Berth return this instead of throwing. It reads as
/// `std::expected<T, error>`, and converts from and to it, but is `[[nodiscard]]` itself: whoever calls a
/// function that may fail and does not look at what it returns is warned. What only looks at the value goes
/// on with `and_then`, `transform` and `or_else`, with every standard library. Moves leave the value or the
/// error moved from; `*`, `->` and `error()` ask for what is there.
template <class T> class [[nodiscard(
    "it may be an error; where that does not matter, say static_cast<void>")]] result {
    static_assert(not std::is_reference_v<T>,
                  "a result holds a value: return a pointer instead of a reference");
    using stored = std::conditional_t<std::is_void_v<T>, detail::nothing, T>;
    static constexpr bool nothrow = std::is_nothrow_move_constructible_v<stored>;

public:
    using value_type = T;
    using error_type = berth::error;
    using unexpected_type = std::unexpected<berth::error>;

    result() noexcept(std::is_nothrow_default_constructible_v<stored>)
        requires std::is_default_constructible_v<stored>
        : value_(), good_(true) {}

    template <class U = T>
        requires detail::value_for<U, T>
    explicit(not std::is_convertible_v<U, T>) result(U&& value)
        : value_(std::forward<U>(value)), good_(true) {}

    template <class... Arguments>
    explicit result(std::in_place_t, Arguments&&... arguments)
        : value_(std::forward<Arguments>(arguments)...), good_(true) {}

    result(unexpected_type why) noexcept : error_(std::move(why).error()), good_(false) {}

    result(std::unexpect_t, berth::error why) noexcept : error_(std::move(why)), good_(false) {}

    result(result const& other)
        requires std::is_copy_constructible_v<stored>
    {
        take(other);
    }
    result(result&& other) noexcept(nothrow) { take(std::move(other)); }

    /// From a result of something that a `T` can be made from.
    template <class U>
        requires detail::other_value_for<U, T>
    explicit(not std::is_convertible_v<U, T>) result(result<U> other) {
        take(std::move(other));
    }

    template <class U>
        requires(std::is_same_v<U, T> or detail::other_value_for<U, T>)
    explicit(not std::is_convertible_v<U, T>) result(std::expected<U, berth::error> other) {
        take(std::move(other));
    }

    auto operator=(result const& other) -> result&
        requires std::is_copy_constructible_v<stored>
    {
        return *this = result(other);
    }

    /// Where the move of a `T` throws, an internal error is left.
    auto operator=(result&& other) noexcept(nothrow) -> result& {
        if (this == __builtin_addressof(other)) return *this;
        drop();
        if constexpr (nothrow) {
            take(std::move(other));
        } else {
            try {
                take(std::move(other));
            } catch (...) {
                put_error(
                    berth::error{.code = error_code::internal, .message = "a move threw", .details = {}});
                throw;
            }
        }
        return *this;
    }

    ~result() { drop(); }

    [[nodiscard]] auto has_value() const noexcept -> bool { return good_; }
    explicit operator bool() const noexcept { return good_; }

    [[nodiscard]] auto operator*() const& noexcept -> std::add_lvalue_reference_t<stored const> {
        return value_;
    }
    [[nodiscard]] auto operator*() & noexcept -> stored& { return value_; }
    [[nodiscard]] auto operator*() && noexcept -> stored&& { return std::move(value_); }
    [[nodiscard]] auto operator->() const noexcept -> stored const* { return __builtin_addressof(value_); }
    [[nodiscard]] auto operator->() noexcept -> stored* { return __builtin_addressof(value_); }

    /// The value; throws a `std::bad_expected_access<error>` where there is none.
    auto value() const& -> stored const& { return ensured(*this); }
    auto value() & -> stored& { return ensured(*this); }
    auto value() && -> stored&& { return std::move(ensured(*this)); }

    [[nodiscard]] auto error() const& noexcept -> berth::error const& { return error_; }
    [[nodiscard]] auto error() & noexcept -> berth::error& { return error_; }
    [[nodiscard]] auto error() && noexcept -> berth::error&& { return std::move(error_); }

    template <class U> [[nodiscard]] auto value_or(U&& otherwise) const& -> T {
        return good_ ? value_ : static_cast<T>(std::forward<U>(otherwise));
    }
    template <class U> [[nodiscard]] auto value_or(U&& otherwise) && -> T {
        return good_ ? std::move(value_) : static_cast<T>(std::forward<U>(otherwise));
    }

    operator std::expected<T, berth::error>() const& { return given(*this); }
    operator std::expected<T, berth::error>() && { return given(std::move(*this)); }

    /// What `next` returns for the value (for nothing, if `T` is void), which is a result too; or the error.
    template <class Next> [[nodiscard]] auto and_then(Next&& next) const& { return after(*this, next); }
    template <class Next> [[nodiscard]] auto and_then(Next&& next) && {
        return after(std::move(*this), next);
    }

    /// What `change` makes of the value (of nothing, if `T` is void), as a result; or the error.
    template <class Change> [[nodiscard]] auto transform(Change&& change) const& {
        return changed(*this, change);
    }
    template <class Change> [[nodiscard]] auto transform(Change&& change) && {
        return changed(std::move(*this), change);
    }

    /// The value; or what `other`, a function to the same type of result, returns for the error.
    template <class Other> [[nodiscard]] auto or_else(Other&& other) const& -> result {
        return good_ ? *this : result(other(error_));
    }
    template <class Other> [[nodiscard]] auto or_else(Other&& other) && -> result {
        return good_ ? std::move(*this) : result(other(std::move(error_)));
    }

    friend auto operator==(result const& a, result const& b) -> bool {
        if (a.good_ != b.good_) return false;
        if constexpr (std::is_void_v<T>) return a.good_ or a.error_ == b.error_;
        else return a.good_ ? a.value_ == b.value_ : a.error_ == b.error_;
    }
    template <class U>
        requires(not std::is_void_v<T> and not detail::is_a_result<U>)
    friend auto operator==(result const& a, U const& value) -> bool {
        return a.good_ and a.value_ == value;
    }
    friend auto operator==(result const& a, unexpected_type const& b) -> bool {
        return not a.good_ and a.error_ == b.error();
    }

private:
    template <class U> friend class result;

    template <class... Arguments> void put_value(Arguments&&... arguments) {
        ::new (static_cast<void*>(__builtin_addressof(value_))) stored(std::forward<Arguments>(arguments)...);
        good_ = true;
    }
    template <class Why> void put_error(Why&& why) {
        ::new (static_cast<void*>(__builtin_addressof(error_))) berth::error(std::forward<Why>(why));
        good_ = false;
    }
    template <class Other> void take(Other&& other) {
        if (not other.has_value()) put_error(std::forward<Other>(other).error());
        else if constexpr (std::is_void_v<T>) put_value();
        else put_value(*std::forward<Other>(other));
    }
    void drop() noexcept {
        if (good_) value_.~stored();
        else error_.~error();
    }

    template <class Self> static auto ensured(Self& self) -> auto& {
        if (not self.good_) throw std::bad_expected_access<berth::error>(self.error_);
        return self.value_;
    }
    template <class Self> static auto given(Self&& self) -> std::expected<T, berth::error> {
        if (not self.good_) return std::unexpected(std::forward<Self>(self).error());
        if constexpr (std::is_void_v<T>) return {};
        else return *std::forward<Self>(self);
    }
    template <class Self, class F> static auto asked(Self&& self, F& f) -> decltype(auto) {
        if constexpr (std::is_void_v<T>) return f();
        else return f(*std::forward<Self>(self));
    }
    template <class Self, class Next> static auto after(Self&& self, Next& next) {
        using answer = std::remove_cvref_t<decltype(asked(std::forward<Self>(self), next))>;
        static_assert(detail::is_a_result<answer>, "and_then takes a function that returns a result");
        return self.good_ ? answer(asked(std::forward<Self>(self), next))
                          : answer(std::unexpect, std::forward<Self>(self).error());
    }
    template <class Self, class Change> static auto changed(Self&& self, Change& change) {
        using value = std::remove_cvref_t<decltype(asked(std::forward<Self>(self), change))>;
        if (not self.good_) return result<value>(std::unexpect, std::forward<Self>(self).error());
        if constexpr (std::is_void_v<value>) {
            asked(std::forward<Self>(self), change);
            return result<value>();
        } else {
            return result<value>(asked(std::forward<Self>(self), change));
        }
    }

    union {
        stored value_;
        berth::error error_;
    };
    bool good_;
};

} // namespace berth
