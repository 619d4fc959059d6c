#pragma once

/// \file
/// A vector of described values whose code is shared by all element types.

#include <berth/object/detail/erased_list.hpp>

#include <compare>
#include <concepts>
#include <initializer_list>
#include <iterator>
#include <utility>
#include <vector>

namespace berth::object {

/// The elements of a list in API objects: contiguous, 16 bytes when empty, otherwise a standard sequence
/// container. Growing, copying, comparing and destroying is code that walks the element's description, so a
/// program has it once and not once per element type. `T` may be incomplete where a member is declared.
///
/// Lists of an `any_object` share their elements with their copies until one of them is changed (or asked for
/// a place to write to, as `begin` of a list that is not const is): then it gets its own.
///
/// Iterators are pointers; what invalidates those of `std::vector` invalidates these. What may fail (a copy
/// that finds no memory) leaves the list as it was.
template <class T> class list {
public:
    using value_type = T;
    using size_type = std::size_t;
    using difference_type = std::ptrdiff_t;
    using reference = T&;
    using const_reference = T const&;
    using pointer = T*;
    using const_pointer = T const*;
    using iterator = T*;
    using const_iterator = T const*;
    using reverse_iterator = std::reverse_iterator<iterator>;
    using const_reverse_iterator = std::reverse_iterator<const_iterator>;

    list() noexcept = default;
    explicit list(std::size_t n) { resize(n); }
    list(std::size_t n, T const& value) { assign(n, value); }
    list(std::initializer_list<T> from) { append(from.begin(), from.end()); }
    template <std::input_iterator I, std::sentinel_for<I> S> list(I first, S last) { append(first, last); }
    list(std::vector<T> const& from) { append(from.begin(), from.end()); }
    list(list const& from) : base_(detail::info_of<T>(), from.base_) {}
    list(list&& from) noexcept : base_(std::exchange(from.base_, {})) {}
    auto operator=(list from) noexcept -> list& {
        swap(from);
        return *this;
    }
    ~list() { base_.free(detail::info_of<T>()); }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return base_.size; }
    [[nodiscard]] auto empty() const noexcept -> bool { return base_.size == 0; }
    [[nodiscard]] auto capacity() const noexcept -> std::size_t { return base_.capacity; }
    [[nodiscard]] static constexpr auto max_size() -> std::size_t { return detail::erased_list::max_size; }
    auto data() -> T* {
        base_.own(detail::info_of<T>());
        return static_cast<T*>(base_.elements);
    }
    auto data() const noexcept -> T const* { return static_cast<T const*>(base_.elements); }
    auto begin() -> iterator { return data(); }
    auto end() -> iterator { return data() + base_.size; }
    auto begin() const noexcept -> const_iterator { return data(); }
    auto end() const noexcept -> const_iterator { return data() + base_.size; }
    auto cbegin() const noexcept -> const_iterator { return begin(); }
    auto cend() const noexcept -> const_iterator { return end(); }
    auto rbegin() -> reverse_iterator { return reverse_iterator(end()); }
    auto rend() -> reverse_iterator { return reverse_iterator(begin()); }
    auto rbegin() const noexcept -> const_reverse_iterator { return const_reverse_iterator(end()); }
    auto rend() const noexcept -> const_reverse_iterator { return const_reverse_iterator(begin()); }
    auto operator[](std::size_t n) -> T& { return data()[n]; }
    auto operator[](std::size_t n) const -> T const& { return data()[n]; }
    /// As `std::vector` has it: throws `std::out_of_range`.
    auto at(std::size_t n) -> T& { return data()[detail::check_index(base_, n)]; }
    auto at(std::size_t n) const -> T const& { return data()[detail::check_index(base_, n)]; }
    auto front() -> T& { return *begin(); }
    auto front() const -> T const& { return *begin(); }
    auto back() -> T& { return *(end() - 1); }
    auto back() const -> T const& { return *(end() - 1); }

    auto reserve(std::size_t n) -> void { base_.reserve(detail::info_of<T>(), n); }
    auto clear() noexcept -> void {
        if (base_.is_shared()) base_.free(detail::info_of<T>());
        else base_.truncate(detail::info_of<T>(), 0);
    }
    auto resize(std::size_t n) -> void { base_.resize(detail::info_of<T>(), n); }
    /// The value may be an element of this list.
    auto push_back(T value) -> void { base_.take(detail::info_of<T>(), size(), &value); }
    template <class... A> auto emplace_back(A&&... a) -> T& {
        if constexpr (sizeof...(A) == 0) return *static_cast<T*>(base_.grow(detail::info_of<T>()));
        else {
            push_back(T{std::forward<A>(a)...});
            return back();
        }
    }
    auto pop_back() -> void { base_.truncate(detail::info_of<T>(), size() - 1); }
    auto insert(const_iterator at, T value) -> iterator {
        auto const n = static_cast<std::size_t>(at - cbegin());
        base_.take(detail::info_of<T>(), n, &value);
        return begin() + n;
    }
    template <std::input_iterator I, std::sentinel_for<I> S>
    auto insert(const_iterator at, I first, S last) -> iterator {
        auto const n = at - cbegin();
        auto more = list(first, last);
        base_.splice(detail::info_of<T>(), static_cast<std::size_t>(n), more.base_);
        return begin() + n;
    }
    auto erase(const_iterator at) -> iterator { return erase(at, at + 1); }
    auto erase(const_iterator first, const_iterator last) -> iterator {
        auto const n = first - cbegin();
        base_.erase(detail::info_of<T>(), static_cast<std::size_t>(n),
                    static_cast<std::size_t>(last - first));
        return begin() + n;
    }
    auto assign(std::size_t n, T const& value) -> void {
        auto made = list();
        made.reserve(n);
        for (std::size_t i = 0; i < n; ++i) made.push_back(value);
        swap(made);
    }
    template <std::input_iterator I, std::sentinel_for<I> S> auto assign(I first, S last) -> void {
        auto made = list(first, last);
        swap(made);
    }
    auto swap(list& other) noexcept -> void { std::swap(base_, other.base_); }
    friend auto swap(list& a, list& b) noexcept -> void { a.swap(b); }

    /// Removes the elements that a predicate chooses; says how many.
    template <std::predicate<T const&> P> friend auto erase_if(list& l, P chosen) -> std::size_t {
        auto const& type = detail::info_of<T>();
        auto kept = std::size_t{0};
        for (std::size_t i = 0; i < l.size(); ++i)
            if (!chosen(std::as_const(l)[i])) l.base_.swap_elements(type, kept++, i);
        auto const gone = l.size() - kept;
        l.base_.truncate(type, kept);
        return gone;
    }

    friend auto operator==(list const& a, list const& b) -> bool {
        return detail::equal_lists(detail::info_of<T>(), a.base_, b.base_);
    }

private:
    template <class I, class S> auto append(I first, S last) -> void {
        // A constructor that fails runs no destructor.
        auto made = detail::list_owner(detail::info_of<T>());
        for (; first != last; ++first) {
            auto value = T(*first);
            made.elements.take(made.type, made.elements.size, &value);
        }
        std::swap(base_, made.elements);
    }

    detail::erased_list base_;
};

} // namespace berth::object

// Describes what is in it; that needs the class above.
#include <berth/object/reflect.hpp> // IWYU pragma: keep
