#pragma once

/// \file
/// The bodies of `berth/object/detail/difference.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/difference.hpp>
#include <berth/object/detail/sharing.hpp>
#include <berth/object/detail/type_owner.hpp>
#include <berth/object/detail/values.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <tuple>
#include <utility>

namespace berth::object::detail {

/// Calls `f(type, offset)` for all that a value consists of and that is no record, until it answers false.
template <class F> auto each_leaf(type_info const& t, std::uint32_t at, F& f) -> bool {
    if (t.layout != storage::record) return f(t, at);
    for (auto const& m : t.members)
        if (!each_leaf(*m.of, at + m.offset, f)) return false;
    return t.unknown_at == type_info::no_unknown || f(type_of_unknown(), at + t.unknown_at);
}

/// The type of what lies at an offset in a value and is no record.
inline auto leaf_at(type_info const& whole, std::uint32_t at) -> type_info const& {
    auto const* t = &whole;
    while (t->layout == storage::record) {
        if (at == t->unknown_at) return type_of_unknown();
        auto const* m = t->members.data();
        while (at - m->offset >= m->of->bytes) ++m; // also if it lies before: the difference wraps around
        at -= m->offset;
        t = m->of;
    }
    return *t;
}

/// A member that is no record, of a value or of an element of one of its lists.
struct difference::leaf {
    /// Marks where a list is of which an element has the member. The next number tells the element, and where
    /// in it the member is.
    static constexpr auto of_element = std::uint32_t{1} << 31U;
    static constexpr auto most_elements = std::uint32_t{1} << 16U;

    type_info const* of = nullptr;
    type_info const* element = nullptr; ///< null: it is a member of the value
    std::uint32_t offset = 0;           ///< of the member in the value, or of the list
    std::uint32_t which = 0;            ///< the element, times `most_elements`, and the offset in it

    [[nodiscard]] auto numbers() const -> std::size_t { return element == nullptr ? 1 : 2; }
    [[nodiscard]] auto in(void const* value) const -> void const* {
        if (element == nullptr) return step(value, offset);
        auto const& all = as<erased_list>(step(value, offset));
        return step(all.at(*element, which / most_elements), which % most_elements);
    }
    /// The same, to be written to.
    [[nodiscard]] auto reach(void* value) const -> void* {
        if (element == nullptr) return step(value, offset);
        auto& all = as<erased_list>(step(value, offset));
        all.own(*element);
        return step(all.at(*element, which / most_elements), which % most_elements);
    }
};

/// What the memory begins with. Behind it are the other numbers that say where members are, the owner of the
/// type if it has one, and then the members.
struct difference::head {
    type_info const* type;
    std::uint16_t count;
    std::uint16_t numbers;
    std::uint32_t first_number;

    [[nodiscard]] auto number(std::size_t n) -> std::uint32_t& {
        return as<std::uint32_t>(step(&first_number, n * sizeof(std::uint32_t)));
    }
};

/// Where the next part lies in the memory of a difference.
struct difference::layout {
    using owner = std::shared_ptr<type_owner const>;

    std::size_t at;

    explicit layout(std::size_t numbers)
        : at(offsetof(head, first_number) + numbers * sizeof(std::uint32_t)) {}

    auto place(std::size_t bytes, std::size_t alignment) -> std::size_t {
        auto const begin = (at + alignment - 1) / alignment * alignment;
        at = begin + bytes;
        return begin;
    }
    auto place(type_info const& t) -> std::size_t { return place(t.bytes, t.alignment); }
    auto place_owner() -> std::size_t { return place(sizeof(owner), alignof(owner)); }
};

/// The members that one value has otherwise than another one.
class difference::leaves {
public:
    leaves(void const* value, void const* other) : value_(value), other_(other) {}

    /// Finds them; false if they are too many. `into_lists`: also in elements of lists.
    auto find(type_info const& type, bool into_lists) -> bool {
        auto compare = [&](type_info const& of, std::uint32_t at) {
            if (is_same(of, step(value_, at), step(other_, at))) return true;
            return (into_lists && of.layout == storage::list && find_in_elements(*of.contained, at)) ||
                   add({&of, nullptr, at, 0});
        };
        return each_leaf(type, 0, compare);
    }

    [[nodiscard]] auto value() const -> void const* { return value_; }
    [[nodiscard]] auto numbers() const -> std::size_t { return numbers_; }
    [[nodiscard]] auto all() const -> std::span<leaf const> { return std::span(found_).first(count_); }

private:
    auto add(leaf const& l) -> bool {
        if (count_ == found_.size() || l.of->alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__) return false;
        found_[count_++] = l;
        numbers_ += l.numbers();
        return true;
    }
    /// Finds those in elements of a list, unless to keep the list takes no more than to keep them.
    auto find_in_elements(type_info const& element, std::uint32_t at) -> bool {
        auto const& mine = as<erased_list>(step(value_, at));
        auto const& others = as<erased_list>(step(other_, at));
        if (element.layout != storage::record || mine.size != others.size) return false;
        if (mine.size > leaf::most_elements || element.bytes > leaf::most_elements) return false;
        auto const before = std::pair(count_, numbers_);
        auto const whole =
            sizeof(erased_list) + head_before(element) + std::size_t{mine.size} * element.bytes;
        auto bytes = std::size_t{0};
        auto n = std::uint32_t{0};
        auto compare = [&](type_info const& of, std::uint32_t inner) {
            auto const l = leaf{&of, &element, at, n * leaf::most_elements + inner};
            if (is_same(of, l.in(value_), l.in(other_))) return true;
            bytes += 2 * sizeof(std::uint32_t) + of.bytes;
            return bytes < whole && add(l);
        };
        for (; n < mine.size; ++n) {
            if (each_leaf(element, 0, compare)) continue;
            std::tie(count_, numbers_) = before;
            return false;
        }
        return true;
    }

    void const* value_;
    void const* other_;
    std::array<leaf, 64> found_{};
    std::size_t count_ = 0;
    std::size_t numbers_ = 0;
};

template <class F> auto difference::each(std::size_t count, F f) const -> void {
    auto const& type = *memory_->type;
    auto next = layout(memory_->numbers);
    if (type.owner != nullptr) next.place_owner();
    auto number = std::size_t{0};
    for (std::size_t n = 0; n < count; ++n) {
        auto l = leaf{nullptr, nullptr, memory_->number(number++), 0};
        if ((l.offset & leaf::of_element) != 0) {
            l.offset &= ~leaf::of_element;
            l.which = memory_->number(number++);
            l.element = leaf_at(type, l.offset).contained;
            l.of = &leaf_at(*l.element, l.which % leaf::most_elements);
        } else {
            l.of = &leaf_at(type, l.offset);
        }
        f(l, step(memory_, next.place(*l.of)));
    }
}

BERTH_DECL auto difference::between(type_info const& type, void const* value, void const* other,
                                    std::size_t most) -> difference {
    for (auto const into_lists : {true, false}) { // a list alone is short, however long it is
        auto found = leaves(value, other);
        if (!found.find(type, into_lists)) continue;
        if (auto out = made_of(type, found, most)) return out;
    }
    return {};
}

BERTH_DECL auto difference::made_of(type_info const& type, leaves const& found, std::size_t most)
    -> difference {
    auto const all = found.all();
    auto end = layout(found.numbers());
    if (type.owner != nullptr) end.place_owner();
    for (auto const& l : all) end.place(*l.of);
    if (end.at > most) return {};

    auto* const raw = ::operator new(std::max(end.at, sizeof(head)));
    auto out = difference();
    out.memory_ = new (raw)
        head{&type, static_cast<std::uint16_t>(all.size()), static_cast<std::uint16_t>(found.numbers()), 0};
    auto next = layout(found.numbers());
    if (type.owner != nullptr)
        new (step(raw, next.place_owner())) layout::owner(type.owner->shared_from_this());
    auto number = std::size_t{0};
    for (auto const& l : all) {
        out.memory_->number(number++) = l.element == nullptr ? l.offset : l.offset | leaf::of_element;
        if (l.element != nullptr) out.memory_->number(number++) = l.which;
    }
    auto made = std::size_t{0};
    try {
        for (; made < all.size(); ++made)
            copy(*all[made].of, step(raw, next.place(*all[made].of)), all[made].in(found.value()));
    } catch (...) {
        out.free(made);
        throw;
    }
    return out;
}

BERTH_DECL auto difference::put_into(void* value) const -> void {
    each(memory_->count, [value](leaf const& l, void* kept) { l.of->assign(l.reach(value), kept); });
}

BERTH_DECL auto difference::free(std::size_t made) noexcept -> void {
    auto owner = layout::owner(); // ends after what it describes
    if (memory_->type->owner != nullptr) {
        auto next = layout(memory_->numbers);
        auto& kept = as<layout::owner>(step(memory_, next.place_owner()));
        owner = std::move(kept);
        std::destroy_at(&kept);
    }
    each(made, [](leaf const& l, void* kept) { destroy(*l.of, kept); });
    ::operator delete(std::exchange(memory_, nullptr));
}

BERTH_DECL auto difference::free() noexcept -> void { free(memory_->count); }

} // namespace berth::object::detail
