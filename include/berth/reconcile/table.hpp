#pragma once

/// \file
/// The objects of one kind, found by name and by named indexes: what a cache keeps and a test is made of.

#include <berth/core/config.hpp>
#include <berth/reconcile/detail/buckets.hpp>
#include <berth/reconcile/detail/flat_index.hpp>
#include <berth/reconcile/detail/hash.hpp>
#include <berth/reconcile/detail/shared_array.hpp>
#include <berth/reconcile/index.hpp>

#include <range/v3/range_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::reconcile {

/// An object of a known kind as a table has it: a view that lives as long as the table is not changed. False
/// if there is none.
template <object::kind_type T> class seen {
public:
    seen() = default;
    explicit seen(object::object_ref const* ref) : ref_(ref) {}

    explicit operator bool() const { return ref_ != nullptr; }
    auto operator*() const -> T const& { return ref_->object.template as<T>(); }
    auto operator->() const -> T const* { return &ref_->object.template as<T>(); }
    /// The object, or null.
    [[nodiscard]] auto get() const -> T const* { return ref_ == nullptr ? nullptr : operator->(); }
    [[nodiscard]] auto revision_of() const -> object::revision { return ref_->rev; }
    [[nodiscard]] auto ref() const -> object::object_ref const& { return *ref_; }
    /// A handle that outlives the table.
    [[nodiscard]] auto keep() const -> object::stored<T> { return object::stored<T>(*ref_); }

private:
    object::object_ref const* ref_ = nullptr;
};

template <class T> class objects;

namespace detail {

/// What a range of objects of kind `T` gives.
template <class T> auto as_seen(object::object_ref const& ref) -> decltype(auto) {
    if constexpr (std::is_void_v<T>) return (ref);
    else return seen<T>(&ref);
}

} // namespace detail

/// Objects of one kind by their names, with named indexes; the ones over the namespace and the controlling
/// owner are always there. Costs about 100 bytes per object beyond the shared object itself. Not
/// synchronized.
///
/// A table is a value whose copies share what they have in common: copying it takes a few pointers per index,
/// and the next change of either copies the pages that it touches. So a copy that is read by another thread
/// stays as it is, whatever becomes of the table.
///
/// The order in which objects are seen is that of their arrival as far as nothing was deleted, and the same
/// in every run with the same history.
class table {
public:
    explicit table(object::type_info const& type);

    [[nodiscard]] auto type() const -> object::type_info const& { return *type_; }
    [[nodiscard]] auto resource() const -> object::resource_name const& { return *type_->resource; }
    [[nodiscard]] auto size() const -> std::size_t { return names_.size(); }

    /// The object of this name, or null.
    [[nodiscard]] auto find(std::string_view namespace_, std::string_view name) const
        -> object::object_ref const* {
        auto const slot = slot_of(namespace_, name);
        return slot == detail::nowhere ? nullptr : &slots_[slot];
    }
    [[nodiscard]] auto find(object::key const& k) const -> object::object_ref const* {
        return find(k.namespace_, k.name);
    }

    /// Puts an object at its name. Answers what was there before (empty: nothing).
    auto put(object::object_ref ref) -> object::object_ref;

    /// Removes the object of this name. Answers what was there.
    auto erase(std::string_view namespace_, std::string_view name) -> object::object_ref;

    /// Adds an index; a second one of the same name changes nothing. What is there already is indexed.
    auto add_index(index what) -> void;
    [[nodiscard]] auto has_index(std::string_view name) const -> bool { return find_index(name) != nullptr; }

    /// All objects. `T` is their kind, or `void` for `object_ref`s.
    template <class T = void> [[nodiscard]] auto all() const -> objects<T>;
    /// The objects with this value in an index. An index that does not exist has no values: see `has_index`.
    template <class T = void>
    [[nodiscard]] auto where(std::string_view index_name, std::string_view value) const -> objects<T>;

    auto reserve(std::size_t objects) -> void;

    /// The table as it is now: a copy that is the same one until something changes. Needs the right to
    /// change the table.
    [[nodiscard]] auto keep() -> std::shared_ptr<table const> const& {
        if (!kept_) kept_ = std::shared_ptr<table const>(new table(*this));
        return kept_;
    }
    /// Whether this is what `keep` would answer.
    [[nodiscard]] auto is_kept_as(table const* copy) const -> bool {
        return copy != nullptr && kept_.get() == copy;
    }

    /// Shows at most `count` objects from a place on; 0 is the first. Answers the place to go on at, 0 at the
    /// end. What comes and goes in between is seen or not; what stays is seen once.
    template <class F> auto visit(std::uint32_t from, std::size_t count, F const& f) const -> std::uint32_t {
        auto at = occupied(from);
        for (; at != detail::nowhere && count > 0; --count, at = occupied(at + 1)) f(slots_[at]);
        return at == detail::nowhere ? 0 : at;
    }

private:
    template <class T> friend class objects;

    [[nodiscard]] auto slot_of(std::string_view namespace_, std::string_view name) const -> std::uint32_t;
    /// The first slot from `at` on that holds an object, or `nowhere`.
    [[nodiscard]] auto occupied(std::uint32_t at) const -> std::uint32_t {
        while (at < slots_.size() && !slots_[at]) ++at;
        return at < slots_.size() ? at : detail::nowhere;
    }
    [[nodiscard]] auto find_index(std::string_view name) const -> detail::buckets const*;

    object::type_info const* type_;
    detail::shared_array<object::object_ref> slots_;
    detail::shared_array<std::uint32_t> free_;
    detail::shared_flat_index names_;
    std::vector<detail::buckets> indexes_;
    std::shared_ptr<table const> kept_; ///< what `keep` answered; none after a change
};

/// Some objects of a table, as a forward range of `seen<T>`, or of `object_ref` if `T` is `void`. Valid as
/// long as the table is not changed. It is a view to the standard library and to range-v3:
///
///     world.owned_by<pod>(set) | ranges::views::filter([](auto p) { return is_ready(*p); })
template <class T> class objects : public ranges::view_base {
public:
    class iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = decltype(detail::as_seen<T>(std::declval<object::object_ref const&>()));
        using value_type = std::remove_cvref_t<reference>;

        iterator() = default;
        iterator(table const& in, detail::buckets const* links, std::uint32_t at)
            : table_(&in), links_(links), at_(at) {
            find_link();
        }

        auto operator*() const -> reference {
            return detail::as_seen<T>(table_->slots_[link_ == nullptr ? at_ : link_->slot]);
        }
        auto operator++() -> iterator& {
            at_ = link_ == nullptr ? table_->occupied(at_ + 1) : link_->next;
            find_link();
            return *this;
        }
        auto operator++(int) -> iterator {
            auto const before = *this;
            ++*this;
            return before;
        }
        friend auto operator==(iterator const& a, iterator const& b) -> bool { return a.at_ == b.at_; }

    private:
        auto find_link() -> void {
            if (links_ != nullptr && at_ != detail::nowhere) link_ = &links_->at(at_);
        }

        table const* table_ = nullptr;
        detail::buckets const* links_ = nullptr;
        detail::buckets::link const* link_ = nullptr; ///< the one at `at_`, found once
        std::uint32_t at_ = detail::nowhere;
    };

    objects() = default;
    /// All objects of a table.
    explicit objects(table const& t) : begin_(t, nullptr, t.occupied(0)), size_(t.size()) {}
    /// Those with a value in an index.
    objects(table const& t, detail::buckets const& in, std::string_view value)
        : objects(t, in, in.members_of(value)) {}

    [[nodiscard]] auto begin() const -> iterator { return begin_; }
    [[nodiscard]] auto end() const -> iterator { return {}; }
    [[nodiscard]] auto empty() const -> bool { return size_ == 0; }
    [[nodiscard]] auto size() const -> std::size_t { return size_; }

private:
    objects(table const& t, detail::buckets const& in, detail::buckets::members which)
        : begin_(t, &in, which.first), size_(which.count) {}

    iterator begin_;
    std::size_t size_ = 0;
};

} // namespace berth::reconcile

// What it hands out belongs to the table, so that a copy of the range is as good as the range.
template <class T> inline constexpr bool std::ranges::enable_view<berth::reconcile::objects<T>> = true;
template <class T> inline constexpr bool std::ranges::enable_borrowed_range<berth::reconcile::objects<T>> =
    true;
template <class T> inline constexpr bool ranges::enable_borrowed_range<berth::reconcile::objects<T>> = true;

namespace berth::reconcile {

template <class T> auto table::all() const -> objects<T> { return objects<T>(*this); }

template <class T> auto table::where(std::string_view index_name, std::string_view value) const
    -> objects<T> {
    auto const* in = find_index(index_name);
    return in == nullptr ? objects<T>() : objects<T>(*this, *in, value);
}

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/table.ipp>
#endif
